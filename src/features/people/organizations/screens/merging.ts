import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { revision } from '../../../../core/cards/form.ts';
import { redraws } from '../../../../core/cards/redraw.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { ORGANIZATION_IDS } from '../../../../core/guide/index.ts';
import { Id } from '../../../../core/id.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { BodyChoice } from '../../screens/schema.ts';
import type { BodyInFull } from '../store/body-records.ts';
import type { Organizations } from '../store/organizations.ts';
import { bodyCard } from './body-cards.ts';

interface BodyServices {
  readonly organizations: Organizations;
}

const OTHER = 'Écrivez le nom de l’organisme qui reste, comme il est au registre.';
const AskMerge = z.object({ body: Id, other: z.string(OTHER).trim().min(2, OTHER).max(120, OTHER) });
const Merge = z.object({ body: Id, revision: revision(), into: Id, intoRevision: revision() });
const Contact = z.object({ body: Id, contact: z.string().min(1).max(200) });
const Kind = z.object({
  body: Id,
  revision: revision(),
  kind: z.enum([...ORGANIZATION_IDS, 'other'], 'Choisissez un genre.'),
  rcti: z.enum(['yes', 'no'], 'Dites si l’article 48 du RCTI s’applique.'),
});

const bodyDrawn = async (
  _turn: ActionTurn,
  { body }: { readonly body: string },
  { organizations }: BodyServices,
  word: string,
): Promise<Card> => bodyCard(await organizations.body(body), word);

const thingsOf = ({ members, waiting, tenants, aliases }: BodyInFull): string =>
  [
    count(members, 'personne confirmée', 'personnes confirmées'),
    count(waiting, 'demande'),
    count(tenants, 'locataire associé', 'locataires associés'),
    count(aliases.length, 'autre nom', 'autres noms'),
  ].join(' · ');

/** Before two bodies are one: what each is, and what becomes of it. */
const mergeCard = (from: BodyInFull, into: BodyInFull): Card => ({
  template: 'people/merge',
  summary: `Fusionner ${from.name} avec ${into.name} ? Confirmez ou revenez.`,
  view: {
    body: from.id,
    revision: from.revision,
    into: into.id,
    intoRevision: into.revision,
    from: escapeMarkdown(from.name),
    fromThings: thingsOf(from),
    to: escapeMarkdown(into.name),
    toThings: thingsOf(into),
  },
});

export const removeContact = action(
  'people.removeContact',
  Contact,
  redraws(
    (turn, { body, contact }, { organizations }: BodyServices) =>
      organizations.removeContact(turn.person, body, contact),
    bodyDrawn,
    'Ce contact n’est plus au registre.',
  ),
  'staff',
);

/** The body that stays is named as people name it: what is like it is proposed. */
export const askMerge = forgiving(
  comesBack(BodyChoice, bodyDrawn),
  action(
    'people.askMerge',
    AskMerge,
    async (turn, { body, other }, { organizations }: BodyServices) => {
      const found = await organizations.bodyNamed(other);
      if (!found) {
        const near = await organizations.near(other);
        const names = near.filter(({ id }) => id !== body).map(({ name }) => `« ${name} »`);
        throw new CourtierError(
          'refused',
          `Aucun organisme ne porte ce nom.${names.length > 0 ? ` Peut-être ${names.join(' ou ')} ?` : ''}`,
          undefined,
          { field: 'other' },
        );
      }
      if (found.id === body)
        throw new CourtierError(
          'refused',
          'C’est le même organisme : écrivez le nom de l’autre.',
          undefined,
          {
            field: 'other',
          },
        );
      const [from, into] = await Promise.all([organizations.body(body), organizations.body(found.id)]);
      turn.update(mergeCard(from, into));
    },
    'staff',
  ),
);

export const merge = action(
  'people.merge',
  Merge,
  redraws(
    (turn, input, { organizations }: BodyServices) => organizations.mergeBodies(turn.person, input),
    (turn, { into }, services: BodyServices, word) => bodyDrawn(turn, { body: into }, services, word),
    (outcome) =>
      outcome === 'done'
        ? 'Les deux organismes n’en font plus qu’un. L’ancien nom y mène.'
        : 'L’un des deux a changé entre-temps : rien n’est fusionné. Voici celui qui reste.',
  ),
  'staff',
);

export const confirmKind = forgiving(
  comesBack(BodyChoice, bodyDrawn),
  action(
    'people.confirmKind',
    Kind,
    redraws(
      (turn, { body, revision: seen, kind, rcti }, { organizations }: BodyServices) =>
        organizations.confirmKind(turn.person, body, seen, { kind, rcti: rcti === 'yes' }),
      bodyDrawn,
      (outcome) =>
        outcome === 'done'
          ? 'C’est noté. Les prochains dossiers de cet organisme partent de là, et ses membres ne le changent plus.'
          : 'Quelqu’un vient de changer cet organisme. Le voici.',
    ),
    'staff',
  ),
);

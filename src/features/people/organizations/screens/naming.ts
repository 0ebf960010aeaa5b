import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { AliasAdding, AliasRemoval, BodyChoice, BodySearch, Renaming } from '../../screens/schema.ts';
import type { PeopleServices } from '../../services.ts';
import { bodiesCard, bodyCard } from './body-cards.ts';

export const bodies = action(
  'people.bodies',
  BodySearch,
  draws(async (_turn, { search, searched = search, page }, { organizations }: PeopleServices) =>
    bodiesCard(await organizations.bodiesPage(searched, page), searched),
  ),
  'staff',
);

const bodyDrawn = async (
  _turn: ActionTurn,
  { body }: { readonly body: string },
  { organizations }: PeopleServices,
  word: string,
): Promise<Card> => bodyCard(await organizations.body(body), word);

export const openBody = action('people.openBody', BodyChoice, draws(bodyDrawn), 'staff');

export const renameBody = forgiving(
  comesBack(BodyChoice, (turn, input, services: PeopleServices) => bodyDrawn(turn, input, services, '')),
  action(
    'people.renameBody',
    Renaming,
    redraws(
      async (turn, { body, revision, name }, { organizations }: PeopleServices) => {
        if ((await organizations.rename(turn.person, body, revision, name)) === 'stale')
          throw new CourtierError('refused', "Quelqu'un vient de changer ce nom. Le voici.");
      },
      bodyDrawn,
      "C'est noté. L'ancien nom mène encore à cet organisme.",
    ),
    'staff',
  ),
);

export const addAlias = action(
  'people.addAlias',
  AliasAdding,
  redraws(
    (turn, { body, alias }, { organizations }: PeopleServices) =>
      organizations.alias(turn.person, body, alias),
    bodyDrawn,
    "C'est noté : ce nom mène à cet organisme.",
  ),
  'staff',
);

export const removeAlias = action(
  'people.removeAlias',
  AliasRemoval,
  redraws(
    (turn, { body, removed }, { organizations }: PeopleServices) =>
      organizations.unalias(turn.person, body, removed),
    bodyDrawn,
    'Ce nom ne mène plus à cet organisme.',
  ),
  'staff',
);

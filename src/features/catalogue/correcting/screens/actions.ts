import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { redraws } from '../../../../core/cards/redraw.ts';
import { wrongField } from '../../../../core/cards/refused.ts';
import { warnsFirst } from '../../../../core/cards/warning-first.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/manifest.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import { teamNotice } from '../../../../core/routes/notices.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import * as schema from '../../screens/schema.ts';
import { type Corrected, MOVED } from '../store/making.ts';
import type { Correction } from '../store/records.ts';
import * as cards from './cards.ts';

interface CorrectionServices extends CatalogueServices {
  readonly house: Pick<House, 'holdersOf'>;
}

/** The kind under which corrections wait for a second person. */
export const CORRECTION = 'correction';

const STALE = 'Quelqu’un s’en est occupé entre-temps : voici où en est cette correction.';

/** A correction as it stands: a form for whoever wrote it and has it in hand, its state for everybody else. */
export async function correctionOf(
  row: Correction,
  { catalogue }: Pick<CatalogueServices, 'catalogue'>,
  reader: PersonKey | undefined,
  word = '',
) {
  const { correcting } = catalogue;
  const wrong = (await correcting.wrongOf(row)) ?? row.content;
  const undone = row.state === 'dropped' ? undefined : await correcting.undoneOf(row, wrong);
  const theirs = reader !== undefined && isSame(row, reader);
  return theirs && (row.state === 'draft' || row.state === 'returned')
    ? cards.correctCard(row, { wrong, undone, word }, correcting.needsApproval)
    : cards.correctionCard(row, { wrong, undone, word });
}

const asItStands = async (
  turn: ActionTurn,
  { correction }: { readonly correction: string },
  services: Pick<CatalogueServices, 'catalogue'>,
  word: string,
) => correctionOf(await services.catalogue.correcting.find(correction), services, turn.person, word);

/** Done, or said: what was typed comes back on the correction as it stands. */
function settled(outcome: Corrected): Corrected {
  if (outcome.kind === 'stale') throw new CourtierError('refused', STALE);
  if (outcome.kind === 'moved') throw new CourtierError('refused', MOVED);
  return outcome;
}

/** What a colleague has in hand is asked about first; what was typed is not lost. */
const warned = warnsFirst(
  schema.KnownCorrection,
  ({ correction }) => ({ kind: CORRECTION, id: correction }),
  (turn, input, services: CorrectionServices, word) => asItStands(turn, input, services, word),
);

const MISTAKE =
  'Un prix ne change que le premier jour ouvrable d’un mois (guide, section 3.2). Si celui-ci était faux dès sa publication, dites-le ; sinon, publiez une nouvelle version.';

export const correct = forgiving(
  comesBack(schema.KnownCorrection, asItStands),
  action(
    'catalogue.correct',
    schema.Correct,
    redraws(
      async (turn, { correction, revision, reason, mistake }, { catalogue }: CorrectionServices) => {
        const { correcting } = catalogue;
        if ((await correcting.find(correction)).price && !mistake) throw wrongField('mistake', MISTAKE);
        return settled(await correcting.correct(turn.person, correction, revision, reason));
      },
      asItStands,
      ({ row }) =>
        row.state === 'proposed'
          ? 'L’approbation est demandée dans le canal de l’équipe. Rien n’a encore changé.'
          : 'La fiche est corrigée, dès maintenant.',
    ),
    'staff',
  ),
);

export const approveCorrection = warned(
  action(
    'catalogue.approveCorrection',
    schema.SeenCorrection,
    redraws(
      async (turn, { correction, revision }, { catalogue }: CorrectionServices) =>
        settled(await catalogue.correcting.approve(turn.person, correction, revision)),
      asItStands,
      'La correction est approuvée : elle vaut dès maintenant.',
    ),
    'staff',
  ),
);

export const returnCorrection = warned(
  action(
    'catalogue.returnCorrection',
    schema.ReturnCorrection,
    redraws(
      async (turn, { correction, revision, comment }, { catalogue }: CorrectionServices) =>
        settled(await catalogue.correcting.giveBack(turn.person, correction, revision, comment)),
      asItStands,
      'La personne qui l’a écrite en est informée.',
    ),
    'staff',
  ),
);

export const dropCorrection = warned(
  action(
    'catalogue.dropCorrection',
    schema.SeenCorrection,
    redraws(
      async (turn, { correction, revision }, { catalogue }: CorrectionServices) =>
        settled(await catalogue.correcting.drop(turn.person, correction, revision)),
      asItStands,
      'La fiche reste telle qu’elle est.',
    ),
    'staff',
  ),
);

type Shown = Pick<CatalogueServices, 'catalogue'>;

/** The staff's channel: a correction that a second person is to approve, as it stands. */
export const approval = teamNotice(
  { kind: 'catalogue.approval', policy: 'surely', hours: 'any', pausable: false, priority: 1 },
  schema.OfCorrection,
  async ({ correction }, _recipient, services: Shown) =>
    correctionOf(await services.catalogue.correcting.find(correction), services, undefined),
);

/** Whoever wrote a correction: what somebody else decided of it; nothing once it is past. */
export const decision = teamNotice(
  { kind: 'catalogue.decision', policy: 'surely', hours: 'any', pausable: false, priority: 1 },
  schema.Decision,
  async ({ correction, revision }, recipient, services: Shown) => {
    const row = await services.catalogue.correcting.find(correction);
    if (row.revision !== revision) return undefined;
    const word = row.state === 'made' ? `Approuvée par ${row.reviewerName}.` : '';
    return correctionOf(row, services, recipient.kind === 'person' ? recipient : undefined, word);
  },
);

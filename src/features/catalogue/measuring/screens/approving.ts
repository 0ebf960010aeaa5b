import type { Card } from '../../../../core/card.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { warnsFirst } from '../../../../core/cards/warning-first.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { House } from '../../../../core/manifest.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import { type NoticeRules, teamNotice } from '../../../../core/routes/notices.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import type { Changed } from '../../../../core/rows/revised.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import { byBroker } from '../../../../core/time/due.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import * as schema from '../../screens/schema.ts';
import type { MeasureProposal, MeasureProposals } from '../store/proposing.ts';
import { proposalCard, proposedText } from './proposal-card.ts';

type Shown = Pick<CatalogueServices, 'catalogue'>;
interface Services extends CatalogueServices {
  readonly house: Pick<House, 'holdersOf'>;
}

/** The kind under which suspensions and withdrawals wait for a second person. */
export const MEASURE = 'measure';

/** Business days in which a second person means to read one: a mark of the broker's. */
export const MEASURE_DAYS = 1;

const STALE = 'Quelqu’un s’en est occupé entre-temps : voici où cela en est.';

async function cardOf(row: MeasureProposal, { catalogue }: Shown, mine: boolean, word = ''): Promise<Card> {
  const fiche = await catalogue.publishedInForce(row.supplierId);
  if (!fiche) throw notFound();
  return proposalCard(row, fiche, mine, word);
}

/** One as it stands, for whoever looks at it. */
export async function proposalOf(
  { person }: Pick<ActionTurn, 'person'>,
  { proposal }: { readonly proposal: string },
  services: Shown,
  word = '',
): Promise<Card> {
  const row = await services.catalogue.measureProposals.find(proposal);
  return cardOf(row, services, isSame(row, person), word);
}

export const measureCardOf = async (id: string, services: Shown): Promise<Card> =>
  cardOf(await services.catalogue.measureProposals.find(id), services, false);

export const showProposal = action(
  'catalogue.measureProposal',
  schema.KnownMeasure,
  draws((turn, input, services: Services) => proposalOf(turn, input, services)),
  'staff',
);

/** What a colleague has in hand is asked about first; what was typed is not lost. */
const warned = warnsFirst(
  schema.KnownMeasure,
  ({ proposal }) => ({ kind: MEASURE, id: proposal }),
  (turn, input, services: Services, word) => proposalOf(turn, input, services, word),
);

function settled({ kind, row }: Changed<MeasureProposal>): MeasureProposal {
  if (kind === 'stale') throw new CourtierError('refused', STALE);
  return row;
}

const step = <T extends typeof schema.SeenMeasure>(
  verb: string,
  input: T,
  act: (
    turn: ActionTurn,
    input: T['_output'],
    proposals: MeasureProposals,
  ) => Promise<Changed<MeasureProposal>>,
  word: string,
) =>
  warned(
    action(
      verb,
      input,
      redraws(
        async (turn, given, { catalogue }: Services) =>
          settled(await act(turn, given, catalogue.measureProposals)),
        (turn, given, services, said) => proposalOf(turn, given, services, said),
        word,
      ),
      'staff',
    ),
  );

export const approveMeasure = step(
  'catalogue.approveMeasure',
  schema.SeenMeasure,
  ({ person }, { proposal, revision }, proposals) => proposals.approveMeasure(person, proposal, revision),
  'C’est approuvé. Ceux qui suivent ces offres, ou s’appuient sur elles, en sont avisés.',
);
export const dropMeasure = step(
  'catalogue.dropMeasure',
  schema.SeenMeasure,
  ({ person }, { proposal, revision }, proposals) => proposals.giveUp(person, proposal, revision),
  'Rien ne change au catalogue.',
);
export const returnMeasure = step(
  'catalogue.returnMeasure',
  schema.ReturnMeasure,
  ({ person }, { proposal, revision, comment }, proposals) =>
    proposals.giveBack(person, proposal, revision, comment),
  'La personne qui l’a demandé en est informée.',
);
export const askMeasureAgain = step(
  'catalogue.askMeasureAgain',
  schema.AskMeasureAgain,
  ({ person }, { proposal, revision, reason }, proposals) =>
    proposals.askMeasureAgain(person, proposal, revision, reason),
  'L’approbation est demandée dans le canal de l’équipe. Rien n’a encore changé.',
);

const rules: Omit<NoticeRules, 'kind'> = { policy: 'surely', hours: 'any', pausable: false, priority: 1 };

export const notices = [
  /** The staff's channel: what a second person is to approve, as it stands. */
  teamNotice(
    { kind: 'catalogue.measureApproval', ...rules },
    schema.OfMeasure,
    ({ measure }, _to, services: Shown) => measureCardOf(measure, services),
  ),
  /** Whoever asked for it: what somebody else decided; nothing once it is past. */
  teamNotice(
    { kind: 'catalogue.measureDecision', ...rules },
    schema.MeasureDecision,
    async ({ measure, revision }, _to, services: Shown) => {
      const row = await services.catalogue.measureProposals.find(measure);
      return row.revision === revision ? cardOf(row, services, true) : undefined;
    },
  ),
];

/** Suspensions and withdrawals that wait for a second person. */
export async function measureWaits({
  catalogue,
  days,
}: Shown & { readonly days: BusinessDays }): Promise<Wait[]> {
  const rows = await catalogue.measureProposals.awaiting();
  const view = await catalogue.current();
  return rows.map((row) => {
    const fiche = view.supplier(row.supplierId);
    return {
      id: row.id,
      title: `${row.kind === 'suspended' ? 'Suspension' : 'Retrait'} à approuver : ${fiche?.supplier.name ?? row.supplierId}`,
      text: fiche ? `${proposedText(row, fiche)} ${row.reason}` : row.reason,
      person: row.name,
      since: row.updatedAt,
      due: {
        ...byBroker('MEASURE_DAYS, dans le code'),
        on: days.add(brokerDate(row.updatedAt), MEASURE_DAYS),
      },
    };
  });
}

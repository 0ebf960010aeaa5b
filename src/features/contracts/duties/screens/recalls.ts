import type { Card } from '../../../../core/card.ts';
import { notFound } from '../../../../core/errors.ts';
import { dayWords, type Recall, type RecallRoute } from '../../../../core/recalls.ts';
import { pastText } from '../../../../core/time/due.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import type { Followed } from '../../recording/store/records.ts';
import type { ContractServices } from '../../screens/services.ts';
import type { Duty } from '../rules/duty.ts';
import { stateOf } from '../rules/duty.ts';
import { isRecalled, nextRecall, recallOn } from '../rules/recalling.ts';
import { dutyThing } from '../store/nearing.ts';
import { dutyCard } from './duty.ts';
import { whenText } from './standing.ts';

type Services = Pick<ContractServices, 'contracts'>;

/** Days after it was done when a duty is no more in the list of what is recalled. */
const DONE_DAYS = 14;

/** What is new of a duty today, in a word or two: the card is read beside yesterday's. */
function newsOf({ due, kind }: Duty, today: Temporal.PlainDate): string {
  if (kind === 'termination' && Temporal.PlainDate.compare(due.on, today) >= 0)
    return 'Aussitôt la résiliation effective';
  const words = dayWords(due.on, today);
  if (Temporal.PlainDate.compare(due.on, today) >= 0) return words;
  return due.source === 'guide' ? `En retard ${words.toLowerCase()}` : `Repère passé ${words.toLowerCase()}`;
}

function recallOf(followed: Followed, duty: Duty, { contracts }: Services): Recall {
  const { contract, done } = followed;
  const today = contracts.today();
  const row = done.get(duty.id);
  const state = stateOf(duty, row !== undefined, today, contracts.rules);
  return {
    thing: dutyThing(contract.id, duty.id),
    of: `${contract.title} · ${contract.supplierName}`,
    within: 'contract',
    what: duty.title,
    stands: state === 'late' || state === 'passed' ? pastText(duty.due) : whenText(duty),
    news: newsOf(duty, today),
    state: row ? 'done' : 'open',
    on: duty.due.on,
    step: recallOn(duty, today, contracts.recalling(followed)),
    next: row ? undefined : nextRecall(duty, today, contracts.recalling(followed)),
  };
}

/** The duties of a person's contracts, open or done of late. */
async function recallsOf(
  person: Parameters<RecallRoute<Services>['of']>[0],
  services: Services,
): Promise<readonly Recall[]> {
  const since = services.contracts.today().subtract({ days: DONE_DAYS }).toString();
  const followed = await services.contracts.remindedOf(person);
  return followed.flatMap((each) =>
    each.duties
      .filter((duty) => isRecalled(duty) && (each.done.get(duty.id)?.doneOn ?? since) >= since)
      .map((duty) => recallOf(each, duty, services)),
  );
}

/** The card of a duty, by its contract and its own id. */
async function openDuty(
  { person }: Pick<ActionTurn, 'person'>,
  id: string,
  { contracts }: Services,
): Promise<Card> {
  const cut = id.indexOf(':');
  const followed = await contracts.followed(id.slice(0, cut), person);
  const found = followed.duties.find((duty) => duty.id === id.slice(cut + 1));
  if (!found) throw notFound();
  return dutyCard(followed, found, contracts);
}

/** What a contract's people are reminded of (guide 4.1 to 4.12). */
export const recalls: RecallRoute<Services> = {
  due: ({ contracts }) => contracts.dueDuties(),
  of: recallsOf,
  open: openDuty,
};

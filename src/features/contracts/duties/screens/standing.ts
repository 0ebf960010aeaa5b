import { frenchDate } from '../../../../core/clock.ts';
import { dueText } from '../../../../core/due.ts';
import type { Contracts } from '../../recording/store/contracts.ts';
import type { Followed } from '../../recording/store/records.ts';
import { type Duty, type DutyState, stateOf } from '../rules/duties.ts';

export const STATES: Record<DutyState, string> = {
  done: 'Fait',
  late: 'En retard',
  passed: 'Repère passé',
  soon: 'Bientôt',
  coming: 'À venir',
};
const URGENCY: Record<DutyState, number> = { late: 0, soon: 1, passed: 2, coming: 3, done: 4 };

export interface Standing {
  readonly duty: Duty;
  readonly state: DutyState;
  readonly doneOn: string | undefined;
}

/** When a duty is due, and whose word that is; what the guide wants « aussitôt » says so. */
export const whenText = ({ kind, due }: Duty): string =>
  kind === 'termination' ? `Aussitôt la résiliation effective, le ${frenchDate(due.on)}` : dueText(due);

/** A contract's duties, the late ones first, then as they come. */
export function standingOf(
  { duties, done }: Followed,
  { rules, today }: Pick<Contracts, 'rules' | 'today'>,
): Standing[] {
  return duties
    .map((duty) => ({
      duty,
      state: stateOf(duty, done.has(duty.id), today(), rules),
      doneOn: done.get(duty.id)?.doneOn,
    }))
    .sort(
      (a, b) =>
        URGENCY[a.state] - URGENCY[b.state] || Temporal.PlainDate.compare(a.duty.due.on, b.duty.due.on),
    );
}

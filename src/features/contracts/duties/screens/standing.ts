import { frenchDate } from '../../../../core/clock.ts';
import { dueText } from '../../../../core/time/due.ts';
import type { Contracts } from '../../recording/store/contracts.ts';
import type { Followed } from '../../recording/store/records.ts';
import { type Duty, type DutyState, stateOf } from '../rules/duty.ts';

export const STATES: Record<DutyState, string> = {
  done: 'Fait',
  unsaid: 'À préciser',
  late: 'En retard',
  passed: 'Repère passé',
  soon: 'Bientôt',
  coming: 'À venir',
};
const URGENCY: Record<DutyState, number> = { late: 0, soon: 1, passed: 2, unsaid: 3, coming: 4, done: 5 };

export interface DutyStanding {
  readonly duty: Duty;
  readonly state: DutyState;
  readonly doneOn: string | undefined;
  /** Why there was nothing to do. */
  readonly whyNot: string | null | undefined;
  /** Whether nobody said when. */
  readonly undated: boolean;
}

/** When a duty is due, and whose word that is; what the guide wants « aussitôt » says so. */
export const whenText = ({ kind, due }: Duty): string =>
  kind === 'termination' ? `Aussitôt la résiliation effective, le ${frenchDate(due.on)}` : dueText(due);

/** A contract's duties, the late ones first, then as they come. */
export function standingOf(
  { duties, done }: Followed,
  { rules, today }: Pick<Contracts, 'rules' | 'today'>,
): DutyStanding[] {
  return duties
    .map((duty) => ({
      duty,
      state: stateOf(duty, done.has(duty.id), today(), rules),
      doneOn: done.get(duty.id)?.doneOn,
      whyNot: done.get(duty.id)?.whyNot,
      undated: done.get(duty.id)?.undated ?? false,
    }))
    .sort(
      (a, b) =>
        URGENCY[a.state] - URGENCY[b.state] || Temporal.PlainDate.compare(a.duty.due.on, b.duty.due.on),
    );
}

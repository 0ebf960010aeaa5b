import type { Person } from '../../../../core/turn.ts';
import type { BroadcastOutcome, Records } from '../../store/records.ts';
import { type What, withMore, without } from '../rules/chosen.ts';

/**
 * What a draft is for or about, one by one. Two of the team may choose at the same time, whatever each saw: what one
 * adds takes nothing from the other.
 */
export const buildChoosing = ({ change }: Pick<Records, 'change'>) => ({
  /** Adds some to a draft; `stale` where it is none any more. */
  addChosen: (staff: Person, id: string, what: What, more: readonly string[]): Promise<BroadcastOutcome> =>
    change(staff, id, 'any', 'edit', (row) => withMore(row, what, more)),

  /** Takes one away from a draft. */
  removeChosen: (staff: Person, id: string, what: What, item: string): Promise<BroadcastOutcome> =>
    change(staff, id, 'any', 'edit', (row) => without(row, what, item)),
});

import { isDeepStrictEqual } from 'node:util';
import { notFound } from '../../../../core/errors.ts';
import type { Person } from '../../../../core/turn.ts';
import { fingerprintOf, isCleared, type Words, wordsOf } from '../../approving/rules/approval.ts';
import type { Draft } from '../../screens/schema.ts';
import type { Dispatch } from '../../sending/store/dispatch.ts';
import { type Broadcast, type BroadcastOutcome, broadcastKeyOf, type Records } from '../../store/records.ts';
import { contentOf } from './drafting.ts';

/** A broadcast that was sent: its words changed everywhere, or taken back. */
export function buildCorrections(
  records: Records,
  { noticeOf }: Dispatch,
  linkHosts: readonly string[],
  /** Where a second person must approve. */
  propose:
    | ((staff: Person, id: string, revision: number, words: Words) => Promise<BroadcastOutcome>)
    | undefined,
) {
  const { db, clock, queue, deliveries, hold, change } = records;

  const correctionOf = (row: Broadcast, how: 'edit' | 'delete') => ({
    ...noticeOf(row, clock.now()),
    key: `${broadcastKeyOf(row)}/${how}/${row.edition}`,
    subject: { broadcast: row.id, edition: row.edition },
  });

  return {
    /** Stops what is not sent, and deletes what was. */
    withdraw: (staff: Person, id: string, revision: number): Promise<BroadcastOutcome> =>
      change(
        staff,
        id,
        revision,
        'withdraw',
        ({ edition }) => ({ edition: edition + 1 }),
        async (tx, row) => {
          await deliveries.cancel(tx, broadcastKeyOf(row));
          await queue.enqueue(tx, 'broadcasts.correct', { broadcast: id, edition: row.edition });
        },
      ),

    /**
     * Changes the words of what was sent: those who wait get the new ones, those who have it see it change. Where a
     * second person must approve, nothing changes before.
     */
    async correct(staff: Person, draft: Draft): Promise<BroadcastOutcome> {
      const content = contentOf(draft, linkHosts);
      if (!draft.broadcast) throw notFound();
      const words = wordsOf(content);
      if (propose) return propose(staff, draft.broadcast, draft.revision ?? 0, words);
      return change(
        staff,
        draft.broadcast,
        draft.revision ?? 0,
        'correct',
        (row) =>
          isDeepStrictEqual(words, wordsOf(row))
            ? undefined
            : { ...words, edition: row.edition + 1, cleared: fingerprintOf({ ...row, ...words }) },
        (tx, { id, edition }) => queue.enqueue(tx, 'broadcasts.correct', { broadcast: id, edition }),
      );
    },

    /**
     * Edits or deletes what is posted, and has it followed. What is being sent at this moment is taken at the next call: true while
     * there is some.
     */
    async applyCorrection(id: string, edition: number): Promise<boolean> {
      const applied = await db.transaction(async (tx) => {
        const row = await hold(tx, id);
        if (row.edition !== edition || (row.state === 'released' && !isCleared(row))) return false;
        const how = row.state === 'withdrawn' ? 'delete' : 'edit';
        await deliveries.correct(tx, correctionOf(row, how), broadcastKeyOf(row), how);
        await queue.enqueue(tx, 'broadcasts.follow', { broadcast: id });
        return true;
      });
      return applied && (await deliveries.counts(broadcastKeyOf({ id }))).sending > 0;
    },

    /** How far the last correction or withdrawal is. */
    correction: (row: Broadcast) =>
      deliveries.counts(correctionOf(row, row.state === 'withdrawn' ? 'delete' : 'edit').key),
  };
}

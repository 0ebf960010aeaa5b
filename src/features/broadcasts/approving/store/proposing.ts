import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { notFound } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Broadcast, BroadcastOutcome, Records } from '../../store/records.ts';
import { corrections } from '../../tables.ts';
import { fingerprintOf, type Words, wordsOf } from '../rules/approval.ts';
import type { Correction, Reviewing } from './reviewing.ts';

/** Corrections of what was sent, where a second person must approve them: until then, what was approved stays. */
export function buildProposing({ queue, now, change }: Records, reviewing: Reviewing) {
  const { refuseCorrector, review, lastReview, correctionOf, askApproval, tellDecision } = reviewing;

  async function proposed(tx: Tx, id: string): Promise<Correction> {
    const held = await correctionOf(id, tx);
    if (!held) throw notFound();
    return held;
  }
  const isReturned = async (tx: Tx, row: Broadcast, held: Correction): Promise<boolean> =>
    (await lastReview(row.id, { ...row, ...wordsOf(held) }, held.at, tx))?.verdict === 'returned';
  const drop = (tx: Tx, id: string) => tx.delete(corrections).where(eq(corrections.broadcastId, id));

  return {
    /** Writes other words beside those that were sent, and asks for their approval. The same words again change nothing, unless they were given back. */
    propose: (staff: Person, id: string, revision: number, words: Words): Promise<BroadcastOutcome> =>
      change(
        staff,
        id,
        revision,
        'propose',
        async (row, tx) => {
          const held = await correctionOf(id, tx);
          if (isDeepStrictEqual(wordsOf(held ?? row), words) && !(held && (await isReturned(tx, row, held))))
            return undefined;
          const { tenantId, objectId, name } = staff;
          const set = { ...words, tenantId, objectId, name, at: now() };
          await tx
            .insert(corrections)
            .values({ broadcastId: id, ...set })
            .onConflictDoUpdate({ target: corrections.broadcastId, set });
          return {};
        },
        askApproval,
      ),

    /** Another member of the staff approves a correction, and it is made everywhere. */
    accept: (staff: Person, id: string, revision: number): Promise<BroadcastOutcome> =>
      change(
        staff,
        id,
        revision,
        'accept',
        async (row, tx) => {
          const held = await proposed(tx, id);
          await refuseCorrector(tx, id, staff);
          const corrected = { ...row, ...wordsOf(held) };
          await review(tx, row, corrected, staff, 'approved');
          await drop(tx, id);
          await tellDecision(tx, { ...row, revision: revision + 1 }, held, staff);
          return { ...wordsOf(held), edition: row.edition + 1, cleared: fingerprintOf(corrected) };
        },
        (tx, { edition }: Broadcast) => queue.enqueue(tx, 'broadcasts.correct', { broadcast: id, edition }),
      ),

    /** Gives a correction back to whoever wrote it, who may change it. */
    giveBack: (staff: Person, id: string, revision: number, comment: string): Promise<BroadcastOutcome> =>
      change(staff, id, revision, 'giveBack', async (row, tx) => {
        const held = await proposed(tx, id);
        await review(tx, row, { ...row, ...wordsOf(held) }, staff, 'returned', comment);
        await tellDecision(tx, { ...row, revision: revision + 1 }, held, staff);
        return {};
      }),

    /** A correction is given up: what was sent stays as it is. */
    dropCorrection: (staff: Person, id: string, revision: number): Promise<BroadcastOutcome> =>
      change(staff, id, revision, 'drop', async (_row, tx) => {
        await proposed(tx, id);
        await drop(tx, id);
        return {};
      }),
  };
}

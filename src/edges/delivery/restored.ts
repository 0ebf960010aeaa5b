import type { Query } from '../../core/ports/db.ts';

/**
 * After the data of an earlier moment were put back: what was due since then may have been sent by the assistant that is
 * lost. It is not sent again: it is listed, for the staff to decide. How many there are.
 */
export async function listPossiblyTold(query: Query, nowMs: number): Promise<number> {
  const { rows } = await query(
    `update deliveries set state = 'unknown', reason = 'restored', lease = null, leased_at = null, changed_at = $1
     where state in ('pending', 'sending') and due_at <= $1 returning id`,
    [new Date(nowMs).toISOString()],
  );
  return rows.length;
}

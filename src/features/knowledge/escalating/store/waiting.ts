import { and, eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { revisedRows } from '../../../../core/rows/revised.ts';
import { escalationAskers as askers, escalations as table } from '../../tables.ts';
import { isWaiting } from '../rules.ts';
import { type Escalation, STAYED } from './escalation-records.ts';

/**
 * Closes a question, which is held, once nobody waits for it any more; the row as it is then, either way. Whoever had
 * taken it stays named, and sees why it is closed.
 */
export async function closeIfNobodyWaits(tx: Tx, clock: Clock, row: Escalation): Promise<Escalation> {
  if (!isWaiting(row.status)) return row;
  const waiting = await tx.$count(askers, and(eq(askers.escalationId, row.id), STAYED));
  if (waiting > 0) return row;
  return revisedRows(table, clock).write(tx, row, { status: 'closed', cancelledAt: asDate(clock.now()) });
}

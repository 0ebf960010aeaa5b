import { sql } from 'drizzle-orm';
import type { Tx } from './ports.ts';

/**
 * Waits until no other transaction works on the same thing, and holds it until this one ends: what is counted or looked
 * for is then still so when it is written. For limits and for rows that do not exist yet; a row is locked with `for update`.
 */
export const serialize = (tx: Tx, ...thing: readonly string[]): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify(thing)}, 0))`);

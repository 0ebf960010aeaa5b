import { sql } from 'drizzle-orm';
import type { Tx } from '../ports/db.ts';

/**
 * Waits until no other transaction works on the same thing, and holds it until this one ends: what is counted or looked
 * for is then still so when it is written. For limits and for rows that do not exist yet; a row is locked with `for update`.
 */
export const serialize = (tx: Tx, ...thing: readonly string[]): Promise<unknown> => serializeAll(tx, [thing]);

/** `serialize` of several things, in one order, whoever waits for some of them at the same time. */
export const serializeAll = (tx: Tx, things: readonly (readonly string[])[]): Promise<unknown> => {
  const names = sql.param(things.map((thing) => JSON.stringify(thing)));
  return tx.execute(sql`
    select pg_advisory_xact_lock(lock) from (
      select distinct hashtextextended(name, 0) as lock from unnest(${names}::text[]) as name order by 1
    ) locks`);
};

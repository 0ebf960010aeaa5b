import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { systemClock } from '../../../src/core/clock.ts';
import { openPostgres } from '../../../src/edges/storage/postgres.ts';
import { broadcast, engine, silent, TENANT } from '../../support/delivery.ts';
import { migratedPostgres } from '../../support/postgres.ts';

// A ledger that knows other notices, whose statistics say so, and a crowd that came since: a new notice is written for
// all of it in a time that grows with the crowd, and not with its square.

const FORMER = 30_000;
const FEW = 2_000;
const MANY = 16_000;

jest.setTimeout(300_000);
let server: Awaited<ReturnType<typeof migratedPostgres>>;
let storage: ReturnType<typeof openPostgres>;

beforeAll(async () => {
  server = await migratedPostgres();
  storage = openPostgres(server.url, silent);
  await storage.db.execute(sql`
    insert into deliveries (notice, about, kind, subject, tenant_id, object_id, priority, state, due_at, changed_at)
    select 'former:' || n % 30, 'former', 'broadcast', '{}', ${TENANT}, 'former-' || n, 2, 'sent', now(), now()
    from generate_series(1, ${FORMER}) n`);
  await storage.db.execute(sql`create table crowd (n int primary key)`);
  await storage.db.execute(sql`analyze`);
  await storage.db.execute(sql`insert into crowd select generate_series(1, ${MANY})`);
});
afterAll(async () => {
  await storage.close();
  await server.stop();
});

/**
 * How many rows of the ledger's index of states are passed over to tell so many of a notice; the conditions have the
 * planner expect one person, as those of a real audience do.
 */
async function passed(key: string, most: number): Promise<number> {
  const { alone } = engine({ db: storage.db, clock: systemClock });
  const read = async () => {
    await storage.db.execute(sql`select pg_stat_force_next_flush()`);
    const { rows } = (await storage.db.execute(
      sql`select idx_tup_read::float as n from pg_stat_all_indexes where indexrelname = 'deliveries_state'`,
    )) as unknown as { rows: { n: number }[] };
    return rows[0]?.n ?? Number.NaN;
  };
  const before = await read();
  await alone.address(
    broadcast({ key, about: key }),
    sql`select ${TENANT}::text as tenant_id, 'person-' || n as object_id, '' as conversation_id from crowd
      where n <= ${most} and n + 0 = n and n - 0 = n and n * 1 = n`,
  );
  return (await read()) - before;
}

test('telling eight times as many passes over no more of the ledger for each', async () => {
  const few = await passed('broadcast:few', FEW);
  const many = await passed('broadcast:many', MANY);
  expect(many).toBeLessThanOrEqual(16 * few + MANY);
  const { deliveries } = engine({ db: storage.db, clock: systemClock });
  expect((await deliveries.counts('broadcast:many')).pending).toBe(MANY);
});

import { sql } from 'drizzle-orm';
import { systemClock } from '../src/core/clock.ts';
import type { Db } from '../src/core/ports/db.ts';
import { depthOf, healthOf } from '../src/edges/delivery/health.ts';
import { lanesDue } from '../src/edges/delivery/reserve.ts';
import { openPostgres } from '../src/edges/storage/postgres.ts';
import { silent } from '../test/support/delivery.ts';
import { migratedPostgres } from '../test/support/postgres.ts';
import { median, row } from './figures.ts';
import { CONTRACTS, DELIVERIES, fillOffice, PEOPLE } from './large-office.ts';

const REPEATS = 5;

/** What a year of a large office weighs in PostgreSQL, and what looking at it and forgetting a month of it take. */
export async function benchOffice(): Promise<void> {
  const server = await migratedPostgres();
  const storage = openPostgres(server.url, silent);
  try {
    const { db } = storage;
    await fillOffice(db);
    console.log(
      `\nA year of an office in PostgreSQL: ${PEOPLE} people, ${CONTRACTS} contracts, ${DELIVERIES} deliveries`,
    );
    row('', 'rows', 'table (MB)', 'indexes (MB)');
    for (const table of ['people', 'conversations', 'contracts', 'deliveries']) await weigh(db, table);
    const { rows } = (await db.execute(
      sql`select pg_database_size(current_database()) / 1e6 as mb`,
    )) as unknown as { rows: { mb: number }[] };
    console.log(`The whole database: ${Number(rows[0]?.mb).toFixed(0)} MB`);
    row('\nmilliseconds, with so many rows', 'median');
    row('what is due (each second)', await repeated(() => lanesDue(db, new Date())));
    row('what /metrics says of deliveries', await repeated(() => depthOf(db, systemClock)));
    row('« santé »', await repeated(() => healthOf(db, systemClock)));
    await forgetting(db);
  } finally {
    await storage.close();
    await server.stop();
  }
}

async function weigh(db: Db, table: string): Promise<void> {
  const name = sql.identifier(table);
  const { rows } = (await db.execute(sql`
    select (select count(*)::int from ${name}) as n, pg_table_size(${table}::regclass)::float / 1e6 as own,
      pg_indexes_size(${table}::regclass)::float / 1e6 as indexes`)) as unknown as {
    rows: { n: number; own: number; indexes: number }[];
  };
  const [{ n, own, indexes } = { n: 0, own: 0, indexes: 0 }] = rows;
  row(table, String(n), own, indexes);
}

/** What the nightly job does when a month has passed its time, beside what dropping a part of the table would. */
async function forgetting(db: Db): Promise<void> {
  const month = sql`changed_at < now() - interval '335 days'`;
  await db.execute(sql`create table month as select * from deliveries where ${month}`);
  const [dropped] = [await timed(() => db.execute(sql`drop table month`))];
  const deleted = await timed(() => db.execute(sql`delete from deliveries where ${month}`));
  const vacuumed = await timed(() => db.execute(sql`vacuum deliveries`));
  row('a month forgotten: delete', deleted);
  row('then vacuum', vacuumed);
  row('beside dropping a table of a month', dropped);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function repeated(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < REPEATS; n++) times.push(await timed(work));
  return median(times);
}

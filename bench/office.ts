import { sql } from 'drizzle-orm';
import { systemClock } from '../src/core/clock.ts';
import type { Db } from '../src/core/ports.ts';
import { depthOf, healthOf } from '../src/edges/delivery/health.ts';
import { lanesDue } from '../src/edges/delivery/reserve.ts';
import { openPostgres } from '../src/edges/storage/postgres.ts';
import { silent, TENANT } from '../test/support/delivery.ts';
import { migratedPostgres } from '../test/support/postgres.ts';
import { median, row } from './figures.ts';

const PEOPLE = 50_000;
const CONTRACTS = 20_000;
const DELIVERIES = 1_500_000;
const DAYS = 365;
/** Written by one statement. */
const PIECE = 100_000;
const REPEATS = 5;
const DUE = 2_000;

/** What a year of a large office weighs in PostgreSQL, and what looking at it and forgetting a month of it take. */
export async function benchOffice(): Promise<void> {
  const server = await migratedPostgres();
  const storage = openPostgres(server.url, silent);
  try {
    const { db } = storage;
    await fill(db);
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

async function fill(db: Db): Promise<void> {
  await db.execute(sql`
    insert into people (tenant_id, object_id, name, first_seen, last_seen)
    select ${TENANT}, 'person-' || n, 'Personne ' || n, now(), now() from generate_series(1, ${PEOPLE}) n`);
  await db.execute(sql`
    insert into conversations (id, kind, tenant_id, person_id, service_url, bot_id, bot_name, seen_at)
    select 'a:' || md5(n::text) || md5(n::text), 'personal', ${TENANT}, 'person-' || n,
      'https://smba.trafficmanager.net/ca/', '28:bot', 'Courtier', now()
    from generate_series(1, ${PEOPLE}) n`);
  await db.execute(sql`
    insert into contracts (id, title, supplier_id, supplier_name, offers, signed_on, starts_on, ends_on, amount_cents,
      rcti, created_tenant, created_id, created_at, updated_at)
    select gen_random_uuid(), 'Contrat ' || n, 'fournisseur-' || n % 200, 'Fournisseur ' || n % 200, '[]',
      current_date - 200, current_date - 180, current_date + 700, 1000000, true, ${TENANT}, 'person-' || n, now(), now()
    from generate_series(1, ${CONTRACTS}) n`);
  await db.execute(sql`insert into delivery_lanes (tenant_id, next_at) values (${TENANT}, now())`);
  // Sent day after day for a year, to each person in turn; those of today are due.
  for (let from = 0; from < DELIVERIES; from += PIECE)
    await db.execute(sql`
      insert into deliveries (notice, about, kind, subject, tenant_id, object_id, priority, state, due_at, changed_at,
        posted_in, activity_id)
      select 'reminders.day:' || n / ${PEOPLE}, 'day:' || n / ${PEOPLE}, 'reminders.day', '{"day":"2026-11-23"}',
        ${TENANT}, 'person-' || n % ${PEOPLE}, 1, case when n < ${DUE} then 'pending' else 'sent' end, at, at,
        'a:' || md5((n % ${PEOPLE})::text) || md5((n % ${PEOPLE})::text), '1' || n
      from (
        select n, now() - n * ${DAYS}::float / ${DELIVERIES} * interval '1 day' as at
        from generate_series(${from}::bigint, ${from + PIECE - 1}::bigint) n) moments`);
  await db.execute(sql`vacuum analyze`);
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

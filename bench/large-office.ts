import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Db } from '../src/core/ports/db.ts';
import { openPostgres } from '../src/edges/storage/postgres.ts';
import { silent, TENANT } from '../test/support/delivery.ts';
import { type Database, migratedPostgres } from '../test/support/postgres.ts';
import { runOn } from '../test/support/postgres-server.ts';

/** The part of a large office that is made: all of it, or less where OFFICE_SHARE says so, for a quick look. */
const SHARE = Number(process.env.OFFICE_SHARE ?? 1);
const part = (n: number): number => Math.max(100, Math.round(n * SHARE));

export const PEOPLE = part(50_000);
export const CONTRACTS = part(20_000);
export const DELIVERIES = part(1_500_000);
export const SUPPLIERS = 200;
const DAYS = 365;
/** Written by one statement. */
const PIECE = 100_000;
const DUE = 2_000;

/** The database that copies are made of, where one was made for several measures. */
export const TEMPLATE = 'BENCH_OFFICE';
const MADE = 'bench_office';

/** How much there is of what grows. */
export interface Sizes {
  readonly people: number;
  readonly contracts: number;
  readonly deliveries: number;
}
const LARGE: Sizes = { people: PEOPLE, contracts: CONTRACTS, deliveries: DELIVERIES };

/** A year of a large office: people in chats, contracts signed on any day of the last two years and a half, deliveries of every day. */
export async function fillOffice(db: Db, { people, contracts, deliveries }: Sizes = LARGE): Promise<void> {
  await db.execute(sql`
    insert into people (tenant_id, object_id, name, first_seen, last_seen)
    select ${TENANT}, 'person-' || n, 'Personne ' || n, now(), now() from generate_series(1, ${people}) n`);
  await db.execute(sql`
    insert into conversations (id, kind, tenant_id, person_id, service_url, bot_id, bot_name, seen_at)
    select 'a:' || md5(n::text) || md5(n::text), 'personal', ${TENANT}, 'person-' || n,
      'https://smba.trafficmanager.net/ca/', '28:bot', 'Courtier', now()
    from generate_series(1, ${people}) n`);
  await db.execute(sql`
    insert into contracts (id, title, supplier_id, supplier_name, offers, signed_on, starts_on, ends_on, amount_cents,
      rcti, created_tenant, created_id, created_at, updated_at)
    select gen_random_uuid(), 'Contrat ' || n, 'fournisseur-' || n % ${SUPPLIERS}, 'Fournisseur ' || n % ${SUPPLIERS},
      '[]', day, day + 20, day + 1100, 1000000, true, ${TENANT}, 'person-' || n, day + 5, day + 5
    from generate_series(1, ${contracts}) n cross join lateral (select current_date - 30 - n * 7 % 900 as day) signed`);
  await db.execute(sql`insert into delivery_lanes (tenant_id, next_at) values (${TENANT}, now())`);
  // Sent day after day for a year, to each person in turn; those of today are due.
  for (let from = 0; from < deliveries; from += PIECE)
    await db.execute(sql`
      insert into deliveries (notice, about, kind, subject, tenant_id, object_id, priority, state, due_at, changed_at,
        posted_in, activity_id)
      select 'reminders.day:' || n / ${people}, 'day:' || n / ${people}, 'reminders.day', '{"day":"2026-11-23"}',
        ${TENANT}, 'person-' || n % ${people}, 1, case when n < ${DUE} then 'pending' else 'sent' end, at, at,
        'a:' || md5((n % ${people})::text) || md5((n % ${people})::text), '1' || n
      from (
        select n, now() - n * ${DAYS}::float / ${deliveries} * interval '1 day' as at
        from generate_series(${from}::bigint, ${Math.min(from + PIECE, deliveries) - 1}::bigint) n) moments`);
  await db.execute(sql`vacuum analyze`);
}

/** Makes the large office on a server, once, for `office()` in this process and in those that it starts. */
export async function makeTemplate(server: string): Promise<void> {
  await runOn(server, `create database ${MADE} template migrated`);
  const url = Object.assign(new URL(server), { pathname: MADE }).toString();
  const storage = openPostgres(url, silent, { patienceMs: PATIENCE_MS });
  try {
    await fillOffice(storage.db);
  } finally {
    await storage.close();
  }
  process.env[TEMPLATE] = server;
}
const PATIENCE_MS = 600_000;

/** A large office of one's own: a copy of the one that was made, or a new one. */
export async function office(): Promise<Database> {
  const server = process.env[TEMPLATE];
  if (server) {
    const name = `office_${randomUUID().replaceAll('-', '')}`;
    await runOn(server, `create database ${name} template ${MADE} strategy file_copy`);
    return {
      url: Object.assign(new URL(server), { pathname: name }).toString(),
      stop: async () => void (await runOn(server, `drop database ${name} with (force)`)),
    };
  }
  const made = await migratedPostgres();
  const storage = openPostgres(made.url, silent);
  await fillOffice(storage.db);
  await storage.close();
  return made;
}

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { systemClock } from '../../../src/core/clock.ts';
import type { Storage } from '../../../src/edges/storage/index.ts';
import { openPostgres } from '../../../src/edges/storage/postgres.ts';
import { empty } from '../../support/database.ts';
import { broadcast, chatOf, engine, silent, TENANT } from '../../support/delivery.ts';
import { heldHeap } from '../../support/heap.ts';
import { silenceable } from '../../support/postgres.ts';
import { startPostgres } from '../../support/postgres-server.ts';
import { print } from '../../support/print.ts';
import { openTeamsServer, type TeamsServer } from '../../support/teams-server.ts';

// On a real PostgreSQL, with several engines at work at once, in real time.

const PEOPLE = 600;
const RATE = 200;
/** The published limit is a fifth above the rate that we keep by default: 30 and 25 a second. */
const LIMIT = 1.2 * RATE;

let server: Awaited<ReturnType<typeof startPostgres>>;
let storage: Storage;
let teams: TeamsServer;
let engines: { pump: { stop(): Promise<void> } }[];

beforeAll(async () => {
  server = await startPostgres();
  storage = openPostgres(server.migrated, silent);
});
afterAll(async () => {
  await storage.close();
  await server.stop();
});
beforeEach(async () => {
  await empty(storage);
  engines = [];
  teams = await openTeamsServer({ perSecond: LIMIT });
});
afterEach(async () => {
  await Promise.all(engines.map(({ pump }) => pump.stop()));
  await teams.close();
});

function started(on = storage, changes: object = {}) {
  const parts = engine({ db: on.delivery, clock: systemClock, rate: RATE, ...changes });
  engines.push(parts);
  parts.pump.start();
  return parts;
}

/** People whom the database itself writes down. */
async function crowd(people = PEOPLE): Promise<void> {
  await storage.db.execute(sql`
    insert into conversations (id, kind, tenant_id, person_id, service_url, bot_id, bot_name, seen_at)
    select 'chat-' || n, 'personal', ${TENANT}, 'person-' || n, ${teams.url}, '28:bot', 'Courtier', now()
    from generate_series(1, ${people}) n`);
}
const everybody = sql`select tenant_id, person_id as object_id, '' as conversation_id from conversations`;

/** Resolves when nothing is pending or under way. */
async function settled({ deliveries }: ReturnType<typeof started>, key = 'broadcast:1') {
  for (;;) {
    const counts = await deliveries.counts(key);
    if (counts.pending + counts.sending === 0) return counts;
    await new Promise((done) => setTimeout(done, 50));
  }
}

const report = (what: string, counts: object) =>
  print(
    `${what}: ${JSON.stringify(counts)}; received ${teams.accepted().length}, twice ${teams.duplicates()}, ` +
      `over a limit ${JSON.stringify(teams.violations)}, ${teams.calls.length} requests`,
  );

test('three engines share the work and the limits: everyone is told once, and no limit is passed', async () => {
  await crowd();
  const [parts] = [started(), started(), started()];
  if (!parts) throw new Error('not started');
  await parts.alone.address(broadcast(), everybody);
  const counts = await settled(parts);
  report('three engines', counts);
  expect(counts.sent).toBe(PEOPLE);
  expect(teams.duplicates()).toBe(0);
  expect(teams.violations).toEqual({ conversation: 0, tenant: 0, early: 0 });
  expect(teams.invalid).toEqual([]);
});

test.each([
  ['with Retry-After', { 'retry-after': '2' }],
  ['without', {}],
])('a storm of 429 %s loses nobody, and nothing is sent before its time', async (what, headers) => {
  await crowd();
  const until = Date.now() + 3_000;
  let refused = 0;
  teams.replan(({ at }) => {
    if (at >= until) return undefined;
    refused++;
    return { status: 429, headers };
  });
  const [parts] = [started(), started()];
  if (!parts) throw new Error('not started');
  await parts.alone.address(broadcast(), everybody);
  const counts = await settled(parts);
  report(`429 storm ${what}, ${refused} refused`, counts);
  expect(counts.sent).toBe(PEOPLE);
  expect(teams.duplicates()).toBe(0);
  expect(teams.violations).toEqual({ conversation: 0, tenant: 0, early: 0 });
});

test('a connector that is silent for some does not hold up the others', async () => {
  await crowd();
  const quiet = new Set(Array.from({ length: 20 }, (_, n) => chatOf(n + 1)));
  teams.replan(({ conversation }) => (quiet.has(conversation) ? 'silence' : undefined));
  const parts = started();
  const start = performance.now();
  await parts.alone.address(broadcast(), everybody);
  await teams.has(PEOPLE - quiet.size);
  // One after the other, the silent ones alone would take two hundred seconds.
  expect(performance.now() - start).toBeLessThan(60_000);
  const counts = await settled(parts);
  report('silence', counts);
  expect(counts).toMatchObject({ sent: PEOPLE - quiet.size, unknown: quiet.size });
});

test('a database that stops and comes back loses nothing, and the work goes on', async () => {
  await crowd();
  const other = openPostgres(server.migrated, silent);
  const parts = started(other);
  try {
    await parts.alone.address(broadcast(), everybody);
    await teams.has(200);
    await server.restart(() => new Promise((done) => setTimeout(done, 3_000)));
    const counts = await settled({
      ...parts,
      deliveries: engine({ db: storage.db, clock: systemClock }).deliveries,
    });
    report('the database stopped', counts);
    expect(counts.sent + counts.unknown).toBe(PEOPLE);
    expect(counts.sent).toBe(teams.accepted().length);
    expect(teams.duplicates()).toBe(0);
  } finally {
    await parts.pump.stop();
    await other.close();
  }
});

test('connections that go silent without being closed are given up, and the work goes on', async () => {
  await crowd();
  const way = await silenceable(server.migrated);
  const other = openPostgres(way.url, silent, { patienceMs: 2_000 });
  const parts = started(other);
  try {
    await parts.alone.address(broadcast(), everybody);
    await teams.has(200);
    way.silence();
    const counts = await settled({
      ...parts,
      deliveries: engine({ db: storage.db, clock: systemClock }).deliveries,
    });
    report('silent connections', counts);
    expect(counts.sent + counts.unknown).toBe(PEOPLE);
    expect(counts.sent).toBe(teams.accepted().length - counts.unknown);
    expect(teams.duplicates()).toBe(0);
  } finally {
    await parts.pump.stop();
    await other.close();
    await way.close();
  }
});

test('the database’s connections cut in the middle lose nothing and send nothing twice', async () => {
  await crowd();
  const other = openPostgres(server.migrated, silent);
  const parts = started(other);
  try {
    await parts.alone.address(broadcast(), everybody);
    await teams.has(200);
    for (let n = 0; n < 3; n++) {
      await storage.db.execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'courtier' and pid <> pg_backend_pid()`,
      );
      await teams.has(300 + n * 100);
    }
    const counts = await settled({
      ...parts,
      deliveries: engine({ db: storage.db, clock: systemClock }).deliveries,
    });
    report('connections cut', counts);
    expect(counts.sent + counts.unknown).toBe(PEOPLE);
    expect(counts.sent).toBe(teams.accepted().length);
    expect(teams.duplicates()).toBe(0);
  } finally {
    await parts.pump.stop();
    await other.close();
  }
});

/** What the heap grows by, in megabytes, from nothing until five hundred of so many recipients are told. */
async function grownBy(people: number): Promise<number> {
  await empty(storage);
  await crowd(people);
  const parts = engine({ db: storage.delivery, clock: systemClock, rate: RATE });
  const before = heldHeap();
  await parts.alone.address(broadcast(), everybody, 'held');
  expect(await parts.deliveries.reach('broadcast:1')).toMatchObject({ people, reachable: people });
  await parts.alone.unhold('broadcast:1');
  await parts.alone.address(broadcast(), everybody);
  parts.pump.start();
  engines.push(parts);
  // While all the others are still to be told. What a moment has under way comes and goes; a ledger would stay.
  const held: number[] = [];
  for (let moments = 3; moments > 0; moments--) {
    await teams.has(teams.accepted().length + 170);
    teams.forget();
    held.push(heldHeap());
  }
  await parts.alone.cancel('broadcast:1');
  const grown = (Math.min(...held) - before) / 1e6;
  const { sent, cancelled } = await settled(parts);
  expect(sent + cancelled).toBe(people);
  return grown;
}

test('thirty thousand recipients are addressed without one of them in memory', async () => {
  // The first crowd takes away what the tests before it left, and brings what any crowd does.
  await grownBy(1_000);
  const [few, many] = [await grownBy(1_000), await grownBy(30_000)];
  print(`the heap grew by ${few.toFixed(1)} MB for 1,000 recipients, by ${many.toFixed(1)} MB for 30,000`);
  // A ledger in memory would weigh some fifteen megabytes.
  expect(many - Math.max(0, few)).toBeLessThan(8);
});

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { Storage } from '../../../src/edges/storage/index.ts';
import { fakeClock } from '../../support/clock.ts';
import { empty } from '../../support/database.ts';
import { broadcast, chatOf, engine, introduce, personOf, TENANT } from '../../support/delivery.ts';
import { type Database, openPatiently, postgresOfWorker } from '../../support/postgres.ts';
import { askedBy, countStatements } from '../../support/statements.ts';
import { openTeamsServer, type TeamsServer } from '../../support/teams-server.ts';

// What is claimed within a tenth of a second is one statement, and so is what is recorded.

const PEOPLE = 50;

let server: Database;
let storage: Storage;
let teams: TeamsServer;
let stopCounting: () => void;

beforeAll(async () => {
  server = await postgresOfWorker();
  storage = openPatiently(server.url, 4);
  stopCounting = countStatements();
});
afterAll(async () => {
  stopCounting();
  await teams.close();
  await storage.close();
  await server.stop();
});
beforeEach(async () => {
  await empty(storage);
  await teams?.close();
  teams = await openTeamsServer({ perSecond: 100_000 });
});

async function addressed(parts: ReturnType<typeof engine>) {
  const to = await introduce(parts.conversations, teams.url, PEOPLE);
  await parts.alone.address(broadcast(), to);
  return parts;
}

/** On a clock that stands still nothing is ever late, however slow the machine. */
const built = (changes: Partial<Parameters<typeof engine>[0]> = {}) =>
  engine({ db: storage.db, clock: fakeClock(), rate: 1_000_000, ...changes });

const told = () =>
  teams
    .accepted()
    .map(({ conversation }) => conversation)
    .sort();
const all = Array.from({ length: PEOPLE }, (_, n) => chatOf(n + 1));

test('fifty messages take fewer statements than there are messages', async () => {
  const { pump, deliveries } = await addressed(built());
  const { statements } = await askedBy(() => pump.drain());
  expect(await deliveries.counts('broadcast:1')).toMatchObject({ sent: PEOPLE, pending: 0 });
  expect(statements).toBeLessThan(PEOPLE);
});

test.each([
  ['was cancelled', sql`update deliveries set state = 'cancelled' where object_id = ${personOf(7).objectId}`],
  [
    'was taken by another worker',
    sql`update deliveries set lease = gen_random_uuid() where object_id = ${personOf(7).objectId}`,
  ],
  [
    'is in a conversation that was paused',
    sql`insert into delivery_pauses (conversation_id, tenant_id, paused_until, refused_at, streak)
      values (${chatOf(7)}, ${TENANT}, '2026-11-23T16:00:00Z', '2026-11-23T15:00:00Z', 1)`,
  ],
])('one that %s meanwhile is not sent, and those that it was claimed with are', async (_what, statement) => {
  const happened = Promise.withResolvers<void>();
  let begun = false;
  const { pump } = await addressed(
    built({
      observe(step) {
        if (step !== 'leased' || begun) return;
        begun = true;
        storage.db.execute(statement).then(() => happened.resolve(), happened.reject);
      },
      sleep: () => happened.promise,
    }),
  );
  await pump.drain();
  expect(told()).toEqual(all.filter((chat) => chat !== chatOf(7)).sort());
});

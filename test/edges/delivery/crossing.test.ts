import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { systemClock } from '../../../src/core/clock.ts';
import { newId } from '../../../src/core/id.ts';
import type { Tx } from '../../../src/core/ports/db.ts';
import type { NoticeRules } from '../../../src/core/routes/notices.ts';
import { claim } from '../../../src/edges/delivery/claim.ts';
import { recordSent } from '../../../src/edges/delivery/record.ts';
import { LEASE_MS, type Lease, reserve } from '../../../src/edges/delivery/reserve.ts';
import { sweep } from '../../../src/edges/delivery/sweep.ts';
import { deliveries } from '../../../src/edges/delivery/tables.ts';
import type { Storage } from '../../../src/edges/storage/index.ts';
import { empty } from '../../support/database.ts';
import { broadcast, engine, introduce, TENANT } from '../../support/delivery.ts';
import { type Database, migratedPostgres, openPatiently } from '../../support/postgres.ts';

// Whoever cancels a notice, or draws it anew, holds its rows one after the other while the pump takes some of them in
// hand and notes what became of them: neither waits for the other while the other waits for them.

const WORKER = newId();
const rules = new Map<string, NoticeRules>([
  ['broadcast', { kind: 'broadcast', policy: 'once', hours: 'any', pausable: false, priority: 2 }],
]);
const hours = { onOrAfter: (at: Temporal.Instant) => at, opening: () => systemClock.now() };

let server: Database;
let storage: Storage;
let leases: readonly Lease[];
const now = () => systemClock.now().epochMilliseconds;

beforeAll(async () => {
  server = await migratedPostgres();
  storage = openPatiently(server.url, 6);
});
afterAll(async () => {
  await storage.close();
  await server.stop();
});

/** Two notices that are due, reserved; held by id, whatever their order. */
beforeEach(async () => {
  await empty(storage);
  const { conversations, alone } = engine({ db: storage.db, clock: systemClock });
  await alone.address(broadcast(), await introduce(conversations, 'http://127.0.0.1:9/', 2));
  const found = await reserve(storage.db, TENANT, WORKER, now(), 10, 250, { rules, hours, rate: 50 });
  leases = found.leases;
  expect(leases).toHaveLength(2);
});

const holds = (tx: Tx, { row }: Lease) =>
  tx.update(deliveries).set({ reason: 'failed' }).where(eq(deliveries.id, row.id));
const stateOf = async ({ row }: Lease) =>
  (await storage.db.select().from(deliveries).where(eq(deliveries.id, row.id)))[0]?.state;
const sent = () => leases.map((lease, n) => ({ lease, activityId: `activity-${n}` }));

test('what somebody is writing is not taken in hand, and the rest is, at once', async () => {
  const [first, second] = leases as [Lease, Lease];
  let claimed: Promise<boolean[]> | undefined;
  await storage.db.transaction(async (tx) => {
    await holds(tx, first);
    // Given back, it waits for them by itself.
    claimed = claim(storage.db, leases, WORKER, now());
    while ((await stateOf(second)) !== 'sending');
    // Were the second held by whoever waits for the first, this would wait for ever.
    await holds(tx, second);
  });
  expect(await claimed).toEqual([false, true]);
  expect([await stateOf(first), await stateOf(second)]).toEqual(['pending', 'sending']);
});

test('what was sent is noted at once, but what somebody is writing, which is noted after them', async () => {
  const [first, second] = leases as [Lease, Lease];
  expect(await claim(storage.db, leases, WORKER, now())).toEqual([true, true]);
  let noted: Promise<void> | undefined;
  await storage.db.transaction(async (tx) => {
    await holds(tx, first);
    noted = recordSent(storage.db, sent(), now());
    while ((await stateOf(second)) !== 'sent');
    await holds(tx, second);
    expect(await stateOf(first)).toBe('sending');
  });
  await noted;
  expect([await stateOf(first), await stateOf(second)]).toEqual(['sent', 'sent']);
});

test('a reminder that was received is not sent again, although its record comes after it was given up', async () => {
  const reminders = new Map<string, NoticeRules>([
    ['broadcast', { kind: 'broadcast', policy: 'surely', hours: 'any', pausable: false, priority: 1 }],
  ]);
  await claim(storage.db, leases, WORKER, now());
  await sweep(storage.db, reminders, now() + LEASE_MS + 1_000);
  expect(await Promise.all(leases.map(stateOf))).toEqual(['pending', 'pending']);
  await recordSent(
    storage.db,
    leases.map((lease, n) => ({ lease, activityId: `activity-${n}` })),
    now(),
  );
  expect(await Promise.all(leases.map(stateOf))).toEqual(['sent', 'sent']);
});

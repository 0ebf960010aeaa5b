import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { type Assembled, assembled } from '../../bench/assembled.ts';
import { answerAll } from '../../bench/evaluations.ts';
import { fillOffice } from '../../bench/large-office.ts';
import { openCampaign } from '../../bench/table/in-office.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { NoticeRules } from '../../src/core/routes/notices.ts';
import { effectId } from '../../src/core/routing/effect.ts';
import { brokerDate } from '../../src/core/time/business-days.ts';
import { buildAddressing } from '../../src/edges/delivery/addressing.ts';
import { claim } from '../../src/edges/delivery/claim.ts';
import { buildConversations } from '../../src/edges/delivery/conversations.ts';
import { buildOwnData } from '../../src/edges/delivery/own-data.ts';
import { recordSent } from '../../src/edges/delivery/record.ts';
import { forgetOld, lanesDue, reserve } from '../../src/edges/delivery/reserve.ts';
import { sweep, sweepMistaken } from '../../src/edges/delivery/sweep.ts';
import { buildInbox } from '../../src/edges/inbox/index.ts';
import { reference, silent, TENANT } from '../support/delivery.ts';
import { alex } from '../support/people.ts';
import { readWhole, statementsOf, tablesOver } from '../support/plans.ts';
import { type Database, migratedPostgres } from '../support/postgres.ts';

// In an office with some thousands of everything, a statement of a turn, of a list or of a message that is sent goes
// by an index: the database is asked how it would go about each, of those that the code really asks.

const SIZES = { people: 6_000, contracts: 2_500, deliveries: 30_000 };
/** From so many rows on, no table is read whole for somebody who waits. */
const MANY = 2_000;
const WORKER = '00000000-0000-4000-8000-000000000001';
const client = { tenantId: TENANT, objectId: 'person-7', name: 'Personne 7' };

let database: Database;
let world: Assembled;
let planner: pg.Client;
let many: ReadonlySet<string>;

beforeAll(async () => {
  database = await migratedPostgres();
  world = await assembled(database.url);
  await fillOffice(world.db, SIZES);
  await openCampaign(world);
  await answerAll(world.db);
  await world.db.execute(sql`vacuum analyze`);
  many = await tablesOver(database.url, MANY);
  planner = new pg.Client({ connectionString: database.url });
  await planner.connect();
});
afterAll(async () => {
  await planner.end();
  await world.close();
  await database.stop();
});

/** What counts everything, and can do nothing else: the conversations there are, the suppliers under contract. */
const COUNTED: Readonly<Record<string, string>> = { santé: 'conversations', campagnes: 'contracts' };

/** What some work would read whole: the table, and the statement. */
async function wholeReads(work: () => Promise<unknown>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const asked of await statementsOf(work))
    for (const table of await readWhole(planner, asked, many)) found.push(`${table}: ${asked.text}`);
  return found;
}

const rules = new Map<string, NoticeRules>([
  ['reminders.day', { kind: 'reminders.day', policy: 'surely', hours: 'any', pausable: false, priority: 1 }],
]);
const hours = {
  onOrAfter: (at: Temporal.Instant) => at,
  opening: () => systemClock.now(),
};

/** One round of what delivers, down to what is noted of the messages; nothing is sent. */
async function delivers(): Promise<void> {
  const { db } = world;
  const now = systemClock.now().epochMilliseconds;
  await lanesDue(db, new Date(now));
  const { leases } = await reserve(db, TENANT, WORKER, now, 50, 250, { rules, hours, rate: 50 });
  expect(leases.length).toBeGreaterThan(1);
  await claim(db, leases, WORKER, now);
  await recordSent(
    db,
    leases.map((lease, n) => ({ lease, activityId: `activity-${n}` })),
    now,
  );
  await sweep(db, rules, now);
  await sweepMistaken(db, [...rules.keys()], now);
  await forgetOld(db, systemClock.now());
}

test('the office has many people, conversations, contracts, messages and evaluations', () => {
  expect([...many]).toEqual(
    expect.arrayContaining(['people', 'conversations', 'contracts', 'deliveries', 'evaluations']),
  );
});

describe('nothing with thousands of rows is read whole', () => {
  test('when a question is answered', async () => {
    const inbox = buildInbox(world.db, systemClock, silent);
    const asks = () => world.says(client, 'Quelle est la durée maximale d’un contrat ?');
    expect(await wholeReads(() => inbox.once(effectId('question'), async () => void (await asks())))).toEqual(
      [],
    );
  });

  test.each([
    'aide',
    'mon dossier',
    'contrats',
    'évaluations',
    'abonnements',
    'mes rappels',
    'mes demandes',
    'à faire',
  ])('when somebody asks for « %s »', async (command) => {
    expect(await wholeReads(() => world.says(client, command))).toEqual([]);
  });

  test.each(['bureau', 'santé', 'tableau de bord', 'fiches', 'campagnes', 'résultats', 'rencontres', 'avis'])(
    'when the staff asks for « %s »',
    async (command) => {
      const found = await wholeReads(() => world.says(alex, command));
      expect(found.filter((read) => !read.startsWith(`${COUNTED[command]}: `))).toEqual([]);
    },
  );

  test('when messages are sent', async () => {
    expect(await wholeReads(delivers)).toEqual([]);
  });

  test('when what somebody was told, and what others were told of them, is erased', async () => {
    const { erase } = buildOwnData(world.db);
    expect(await wholeReads(() => world.db.transaction((tx) => erase(tx, client)))).toEqual([]);
  });

  test('when somebody writes in a channel for the first time of a day', async () => {
    const { remember } = buildConversations(world.db, systemClock);
    const channel = { ...reference('http://127.0.0.1:9/', 1), id: 'channel', kind: 'channel' as const };
    const { personId: _nobody, ...there } = channel;
    expect(await wholeReads(() => remember(there))).toEqual([]);
  });

  test('when what a channel did not receive is passed on to people', async () => {
    const { passOn } = buildAddressing(systemClock, rules);
    const people = sql`select 'tenant' as tenant_id, 'person' as object_id, '' as conversation_id`;
    const work = () => world.db.transaction((tx) => passOn(tx, 'channel', new Date(0), people));
    expect(await wholeReads(work)).toEqual([]);
  });

  test('when somebody’s card of the day is put together', async () => {
    const day = brokerDate(systemClock.now()).toString();
    const compose = () => world.composes('reminders.day', { day, urgent: false }, client);
    expect(await wholeReads(compose)).toEqual([]);
  });
});

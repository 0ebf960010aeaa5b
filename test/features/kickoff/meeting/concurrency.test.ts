import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '../../../../src/core/id.ts';
import type { Queue } from '../../../../src/core/ports/queue.ts';
import { buildDecentHours } from '../../../../src/core/time/decent-hours.ts';
import { PERIODS_FILE, readPeriods } from '../../../../src/core/time/periods.ts';
import { builtInCalendar } from '../../../../src/edges/calendar/index.ts';
import type { Storage } from '../../../../src/edges/storage/index.ts';
import { openPostgres } from '../../../../src/edges/storage/postgres.ts';
import {
  type Choice,
  type ChoiceConclusion,
  choiceFact,
  type Files,
} from '../../../../src/features/acquisitions/index.ts';
import { buildFiles } from '../../../../src/features/acquisitions/store/files.ts';
import type { CatalogueService } from '../../../../src/features/catalogue/index.ts';
import { CONTRACTS_FILE, readContractRules } from '../../../../src/features/contracts/index.ts';
import { buildContracts } from '../../../../src/features/contracts/recording/store/contracts.ts';
import { New } from '../../../../src/features/contracts/screens/schema.ts';
import { MEETINGS_FILE, readMeetingRules } from '../../../../src/features/kickoff/index.ts';
import { Details } from '../../../../src/features/kickoff/meeting/screens/schema.ts';
import { buildKickoffs } from '../../../../src/features/kickoff/meeting/store/kickoffs.ts';
import { buildNotices as buildKickoffNotices } from '../../../../src/features/kickoff/meeting/store/telling.ts';
import { buildAudit } from '../../../../src/features/people/audit/store/audit.ts';
import { buildForgetting } from '../../../../src/features/people/forgetting/store/forgetting.ts';
import { buildBelonging } from '../../../../src/features/people/organizations/store/belonging.ts';
import { days } from '../../../support/catalogue.ts';
import { fakeClock } from '../../../support/clock.ts';
import { CONTRACT } from '../../../support/contracts.ts';
import { empty } from '../../../support/database.ts';
import { engine, silent } from '../../../support/delivery.ts';
import { DETAILS } from '../../../support/kickoff.ts';
import { alex, diane } from '../../../support/people.ts';
import { migratedPostgres } from '../../../support/postgres.ts';
import { rowsOf } from '../../../support/rows.ts';

// On a real PostgreSQL, with its own connections: the database alone keeps the hours apart.

const timeZone = 'America/Toronto';
const clock = fakeClock();
const queue: Queue = { enqueue: async () => {}, publish: async () => {} };
const rules = { ...readMeetingRules(MEETINGS_FILE), horizonDays: 5, proposals: 3 };

let server: Awaited<ReturnType<typeof migratedPostgres>>;
let storage: Storage;
/** What happens while a booking is being written. */
let crash: (() => void) | undefined;

beforeAll(async () => {
  server = await migratedPostgres();
  storage = openPostgres(server.url, silent);
});
afterAll(async () => {
  await storage.close();
  await server.stop();
});
beforeEach(() => empty(storage));

/** Nothing is counted: a day takes more requests than a person makes. */
const quotas = { spend: async () => 'apart' as const };

function built() {
  const { db } = storage;
  const { deliveries } = engine({ db, clock });
  const forgetting = buildForgetting({
    db,
    clock,
    audit: buildAudit(db, clock),
    periods: readPeriods(PERIODS_FILE),
    timeZone,
    retentions: () => [],
    holds: () => [],
  });
  const files = buildFiles({ db, clock, belonging: buildBelonging(db), quotas, forgetting });
  const hours = buildDecentHours(days, timeZone);
  const notices = buildKickoffNotices({ clock, days, deliveries, files, hours, timeZone });
  const audit = buildAudit(db, clock);
  // The notices' kinds are not this test's: nobody is told.
  const told = {
    ...notices,
    client: async () => {},
    staff: async () => {},
    booked: async () => crash?.(),
  };
  const catalogue = {} as CatalogueService;
  const belonging = buildBelonging(db);
  const contracts = buildContracts({
    db,
    clock,
    audit,
    belonging,
    catalogue,
    days,
    files,
    queue,
    quotas,
    rules: readContractRules(CONTRACTS_FILE),
  });
  const kickoffs = buildKickoffs({
    db,
    clock,
    queue,
    audit,
    calendar: builtInCalendar,
    contracts,
    days,
    deliveries,
    files,
    hours,
    notices: told,
    quotas,
    rules,
    timeZone,
  });
  files.concludes('choice', async () => STANDS);
  return { contracts, files, kickoffs };
}

const CHOICE: Choice = {
  supplier: 'airelle',
  name: 'airelle',
  seal: newId(),
  priceCents: '1',
  gapCents: '0',
  lowest: true,
  on: '2026-11-20',
};

/** What the scenarios would conclude: the lowest price, chosen. */
const STANDS: ChoiceConclusion = {
  done: true,
  missing: [],
  choice: CHOICE,
  changes: [],
  movers: [],
  figures: { priceCents: '1', gapCents: '0' },
  offers: [],
  authorization: undefined,
  body: { title: 'Ministère', bound: 'yes' },
  refusal: undefined,
};

/** A file whose choice is made. */
async function chosen(files: Files, name: string): Promise<string> {
  const { id } = await files.create(alex, name, newId());
  await storage.db.transaction(async (tx) => {
    await files.writeFact(tx, id, choiceFact, CHOICE);
  });
  return id;
}

/** So many requests that wait for moments. */
async function requests(n: number) {
  const { files, kickoffs } = built();
  const rows = [];
  for (let i = 0; i < n; i++) {
    const id = await chosen(files, `Dossier ${i}`);
    rows.push((await kickoffs.request(alex, id, Details.parse(DETAILS), newId())).kickoff);
  }
  return { kickoffs, rows };
}

const kept = async () => {
  const counts = sql`
    select count(*)::int as n, (
      select count(*)::int from kickoff_slots a join kickoff_slots b on a.id < b.id
      where a.state <> 'released' and b.state <> 'released'
        and tstzrange(a.starts_at, a.blocked_until) && tstzrange(b.starts_at, b.blocked_until)
    ) as overlaps from kickoff_slots where state <> 'released'`;
  const [row] = await rowsOf(storage.db, counts, z.object({ n: z.number(), overlaps: z.number() }));
  return row;
};

test('fifty proposals at once never keep the same hour for two', async () => {
  const { kickoffs, rows } = await requests(50);
  const outcomes = await Promise.allSettled(
    rows.map(({ id, revision }) => kickoffs.propose(diane, id, revision)),
  );
  const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
  const result = await kept();
  expect(result?.overlaps).toBe(0);
  expect(done).toBeGreaterThan(0);
  // Each that was done keeps the hours that it proposes, as many as were still free; the others keep none.
  expect(result?.n).toBeGreaterThanOrEqual(done);
  expect(result?.n).toBeLessThanOrEqual(done * rules.proposals);
});

test('fifty bookings at once of the same hour make one', async () => {
  const { rows } = await requests(50);
  const at = clock.now().add({ hours: 24 * 14 });
  const outcomes = await Promise.allSettled(
    rows.map(({ id }) =>
      storage.db.execute(sql`
        insert into kickoff_slots (id, kickoff_id, round, state, starts_at, ends_at, blocked_until, expires_at)
        values (${newId()}, ${id}, 1, 'booked', ${at.toString()}::timestamptz, ${at.add({ hours: 1 }).toString()}::timestamptz,
          ${at.add({ minutes: 75 }).toString()}::timestamptz, ${at.toString()}::timestamptz)`),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await kept()).toEqual({ n: 1, overlaps: 0 });
});

test('the two answers that arrive together book once', async () => {
  const { kickoffs, rows } = await requests(10);
  for (const { id, revision } of rows) await kickoffs.propose(diane, id, revision).catch(() => undefined);
  const proposed = (await Promise.all(rows.map(({ id }) => kickoffs.findKickoff(id)))).filter(
    ({ state }) => state === 'proposed',
  );
  await Promise.all(
    proposed.flatMap(async (row) => {
      const chosen = (await kickoffs.slots(row)).map(({ id }) => id);
      return Promise.all(
        ([alex, 'supplier', alex, 'supplier'] as const).map((party) =>
          kickoffs.choose(party, row.id, row.round, chosen),
        ),
      );
    }),
  );
  const after = await Promise.all(proposed.map(({ id }) => kickoffs.findKickoff(id)));
  expect(after.map(({ state }) => state)).toEqual(proposed.map(() => 'booked'));
  expect(await kept()).toEqual({ n: proposed.length, overlaps: 0 });
});

test('a process that ends in the middle of a booking leaves none, and the answers stand', async () => {
  const { kickoffs, rows } = await requests(1);
  const [row] = rows;
  if (!row) throw new Error('no request');
  await kickoffs.propose(diane, row.id, row.revision);
  const proposed = await kickoffs.findKickoff(row.id);
  const chosen = (await kickoffs.slots(proposed)).map(({ id }) => id);
  await kickoffs.choose(alex, row.id, 1, chosen);
  crash = () => {
    throw new Error('killed');
  };
  await expect(kickoffs.choose('supplier', row.id, 1, chosen)).rejects.toThrow('killed');
  crash = undefined;
  expect(await kickoffs.findKickoff(row.id)).toMatchObject({ state: 'proposed', slotId: null });
  await kickoffs.choose('supplier', row.id, 1, chosen);
  expect(await kickoffs.findKickoff(row.id)).toMatchObject({ state: 'booked' });
  expect(await kept()).toEqual({ n: 1, overlaps: 0 });
});

test('the same request sent fifty times at once is one, and each is answered with it', async () => {
  const { files, kickoffs } = built();
  const id = await chosen(files, 'Dossier');
  const effect = newId();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => kickoffs.request(alex, id, Details.parse(DETAILS), effect)),
  );
  expect((await kickoffs.page(1, 10)).total).toBe(1);
  expect(
    new Set(answers.map(({ kickoff: { id: kickoff, revision } }) => `${kickoff} ${revision}`)).size,
  ).toBe(1);
});

test('two people who ask for the meeting of a file at once make one request', async () => {
  const { files, kickoffs } = built();
  const id = await chosen(files, 'Dossier');
  await Promise.all(
    ['premier', 'second'].map((project) =>
      kickoffs.request(alex, id, Details.parse({ ...DETAILS, project }), newId()),
    ),
  );
  const { rows } = await kickoffs.page(1, 10);
  expect(rows).toMatchObject([{ revision: 2, state: 'requested' }]);
});

test('amendments asked for at the same time are numbered one after the other', async () => {
  const { contracts } = built();
  const { id } = await contracts.create(alex, New.parse(CONTRACT), newId(), { name: 'airelle inc.' });
  await Promise.all(
    Array.from({ length: 5 }, (_, at) =>
      contracts.amend(
        alex,
        id,
        { kind: 'quantities', text: `Avenant ${at}`, newEnd: '', newAmount: '' },
        newId(),
      ),
    ),
  );
  const noted = await contracts.amendments(id, alex);
  expect(noted.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
});

import { beforeEach, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { z } from 'zod';
import { asDate } from '../../../src/core/clock.ts';
import { newId } from '../../../src/core/id.ts';
import { startOfDay } from '../../../src/core/time/business-days.ts';
import type { ContractRules } from '../../../src/features/contracts/duties/rules/contract-rules.ts';
import { dutiesOf } from '../../../src/features/contracts/duties/rules/duties.ts';
import { nearingOn } from '../../../src/features/contracts/duties/rules/nearing.ts';
import {
  type Days,
  isRecalled,
  isUrgent,
  recallOn,
} from '../../../src/features/contracts/duties/rules/recalling.ts';
import { dutyThing } from '../../../src/features/contracts/duties/store/nearing.ts';
import { buildReminding } from '../../../src/features/contracts/duties/store/reminding.ts';
import { buildRecords, notedOn } from '../../../src/features/contracts/recording/store/records.ts';
import {
  amendments,
  contracts,
  contractsNow,
  dutiesDone,
  dutiesWanted,
  followers,
  followersNow,
  terminations,
} from '../../../src/features/contracts/tables.ts';
import { day, days } from '../../support/catalogue.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, nadia } from '../../support/people.ts';
import { rowsOf } from '../../support/rows.ts';

// What is to be recalled is asked of those contracts only whose own dates are near, and of fees the database says it by
// itself: all that the rules say of all contracts is in it, and nothing else.

const teams = fakeTeams();
jest.setTimeout(240_000);
beforeEach(() => colleagues(teams, [alex, nadia]));

const TODAY = day('2026-11-23');
const on = (by: number) => TODAY.add({ days: by }).toString();
const by = (text: string) => ({ tenantId: alex.tenantId, objectId: alex.objectId, by: text });

const shift = (min: number, max: number) => fc.integer({ min, max });
const someOf = (...duties: string[]) => fc.subarray(duties);
/** More often than not near the days that are looked at: what is far from them all is left out too easily. */
const around = fc.oneof(shift(-150, 60), shift(-1_200, 60));

const aContract = fc.record({
  signed: around,
  starts: fc.oneof(shift(0, 30), shift(60, 250)),
  lasts: fc.oneof(shift(0, 60), shift(200, 400), shift(0, 1_100)),
  noted: fc.oneof(shift(0, 30), shift(-5, 600)),
  rcti: fc.boolean(),
  ofBody: fc.boolean(),
  followers: fc.subarray([alex, nadia]),
  finalSigned: fc.option(around),
  amendments: fc.array(
    fc.record({ signed: fc.option(around), end: fc.option(fc.oneof(around, shift(200, 400))) }),
    { maxLength: 2 },
  ),
  termination: fc.option(
    fc.record({ notice: around, takes: shift(0, 120), noted: fc.oneof(shift(0, 200), shift(-300, -100)) }),
    {
      freq: 3,
    },
  ),
  done: someOf(
    'copy',
    'publication',
    'exit',
    'fees:2026-07-01',
    'fees:2026-10-01',
    'termination:resiliation',
  ),
  wanted: someOf('copy', 'publication', 'exit', 'fees:2026-04-01', 'fees:2026-07-01', 'fees:2026-10-01'),
  since: around,
});
type Made = typeof aContract extends fc.Arbitrary<infer T> ? T : never;

const rules: fc.Arbitrary<ContractRules> = fc.record({
  exitMonths: fc.constantFrom(9, 1, 24),
  publicationDays: fc.constantFrom(15, 1, 365),
  feeDays: fc.constantFrom(15, 1, 90),
  lastPaymentDays: fc.constantFrom(30, 0, 180),
  remindDays: fc.constantFrom(7, 1, 60),
});

async function write(made: Made, organizationId: string | null): Promise<void> {
  const { db } = teams;
  const contractId = newId();
  const [signedOn, startsOn, endsOn] = [0, made.starts, made.starts + made.lasts].map((after) =>
    on(made.signed + after),
  ) as [string, string, string];
  const at = asDate(startOfDay(day(on(made.signed + made.noted))));
  await db.insert(contracts).values({
    id: contractId,
    organizationId: made.ofBody ? organizationId : null,
    title: 'Contrat',
    supplierId: 'airelle',
    supplierName: 'airelle inc.',
    offers: 'Courriel',
    signedOn,
    startsOn,
    endsOn,
    amountCents: 100,
    rcti: made.rcti,
    finalSignedOn: made.finalSigned === null ? null : on(made.finalSigned),
    createdTenant: alex.tenantId,
    createdId: alex.objectId,
    createdAt: at,
    updatedAt: at,
  });
  for (const { tenantId, objectId } of made.followers)
    await db.insert(followers).values({ contractId, tenantId, objectId });
  for (const [n, { signed, end }] of made.amendments.entries())
    await db.insert(amendments).values({
      id: newId(),
      contractId,
      number: n + 1,
      kind: 'end',
      text: '',
      newEnd: end === null ? null : on(end),
      signedOn: signed === null ? null : on(signed),
      createdAt: at,
    });
  if (made.termination) {
    const { notice, takes, noted } = made.termination;
    await db.insert(terminations).values({
      contractId,
      noticeOn: on(notice),
      effectiveOn: on(notice + takes),
      by: 'client',
      reason: '',
      notedOn: on(notice + noted),
      tenantId: alex.tenantId,
      objectId: alex.objectId,
      name: alex.name,
    });
  }
  for (const duty of made.done)
    await db.insert(dutiesDone).values({ contractId, duty, doneOn: signedOn, ...by('Alex') });
  for (const duty of made.wanted)
    await db.insert(dutiesWanted).values({ contractId, duty, since: on(made.since), ...by('Alex') });
}

const RECALLED = ['amendment', 'copy', 'exit', 'fees', 'finalCopy', 'publication', 'termination'];

const Row = z.object({
  tenant_id: z.string(),
  object_id: z.string(),
  thing: z.string(),
  step_on: z.string(),
  urgent: z.boolean(),
});
const line = ({ object_id, thing, step_on, urgent }: z.output<typeof Row>) =>
  `${thing} ${step_on} ${urgent} ${object_id}`;

/** What `dueDuties` says of a day, and what the rules say of every duty of every contract. */
async function bothOf(today: Temporal.PlainDate, given: ContractRules): Promise<[string[], string[]]> {
  const { db, services } = teams;
  const clock = { now: () => startOfDay(today).add({ hours: 15 }) };
  const records = buildRecords({ ...services, db, clock, rules: given, days });
  const said: string[] = [];
  for await (const due of buildReminding(records).dueDuties())
    said.push(
      ...(
        await rowsOf(
          db,
          sql`select d.tenant_id, d.object_id, d.thing, d.step_on::text, d.urgent from (${due}) d`,
          Row,
        )
      ).map(line),
    );
  const since = today.subtract({ years: 1 }).toString();
  const all = (await db.select().from(contractsNow)).filter(
    ({ endsOn, terminationNotedOn }) => endsOn >= since || (terminationNotedOn ?? '') >= since,
  );
  const whose = Map.groupBy(await db.select().from(followersNow), ({ contractId }) => contractId);
  const due = (await records.followedOf(db, all)).flatMap(({ contract, duties, done }) =>
    duties.flatMap((duty) => {
      if (!isRecalled(duty) || done.has(duty.id)) return [];
      const step = recallOn(duty, today, { rules: given, days, notedOn: notedOn(contract) });
      if (!step) return [];
      return (whose.get(contract.id) ?? []).map(({ tenantId, objectId }) =>
        line({
          tenant_id: tenantId,
          object_id: objectId,
          thing: dutyThing(contract.id, duty.id),
          step_on: step.toString(),
          urgent: isUrgent(duty, today, days),
        }),
      );
    }),
  );
  return [said.sort(), due.sort()];
}

test('law: what is recalled of the contracts that are near is what the rules say of all contracts', async () => {
  const body = await teams.services.belonging.bodyOf(alex);
  let told = 0;
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      rules,
      fc.array(aContract, { minLength: 5, maxLength: 25 }),
      fc.array(shift(-120, 250), { minLength: 4, maxLength: 8 }),
      async (given, made, looked) => {
        await teams.db.execute(sql`truncate contracts cascade`);
        for (const each of made) await write(each, body?.id ?? null);
        for (const n of looked) {
          const [said, due] = await bothOf(TODAY.add({ days: n }), given);
          expect(said).toEqual(due);
          told += due.length;
          for (const each of due) kinds.add(/^contracts:[^:]+:(\w+)/.exec(each)?.[1] ?? '');
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(told).toBeGreaterThan(300);
  expect([...kinds].sort()).toEqual(RECALLED);
});

test('law: what is recalled of a contract that was noted long ago has its dates where the database looks, to the day', () => {
  let recalled = 0;
  const { compare } = Temporal.PlainDate;
  fc.assert(
    fc.property(rules, shift(0, 1_500), shift(-110, 20), fc.boolean(), (given, later, n, ends) => {
      const today = TODAY.add({ days: later });
      const { noted, itself, signed, copied, ends: ending } = nearingOn(today, given, days);
      const endsOn = today.add({ days: n }).add({ months: given.exitMonths });
      const [signedOn, startsOn] = ends
        ? [endsOn.subtract({ years: 3 }), endsOn.subtract({ years: 3 })]
        : [today.add({ days: n - (later % 2) * given.publicationDays }), today.add({ days: 400 })];
      const ground = { signedOn, startsOn, endsOn: ends ? endsOn : startsOn, rcti: true };
      const isIn = (on: Temporal.PlainDate, { from, to }: Days) =>
        compare(from, on) <= 0 && compare(on, to) <= 0;
      const places = {
        copy: isIn(signedOn, copied) && isIn(signedOn, signed),
        publication: isIn(signedOn, signed),
        exit: isIn(ground.endsOn, ending) || isIn(startsOn, itself),
      };
      const all = dutiesOf({ ...ground, finalSignedOn: undefined, amendments: [] }, given, days);
      for (const duty of all) {
        if (duty.kind !== 'copy' && duty.kind !== 'publication' && duty.kind !== 'exit') continue;
        const notedOn = noted.subtract({ days: 1 });
        if (!recallOn(duty, today, { rules: given, days, notedOn })) continue;
        recalled++;
        expect([duty.id, places[duty.kind]]).toEqual([duty.id, true]);
      }
    }),
    { numRuns: 3_000 },
  );
  expect(recalled).toBeGreaterThan(500);
});

test('a contract that ends on the 31st is near on the day when its exit, due on the last of a shorter month, is recalled first', () => {
  const given = { exitMonths: 1, publicationDays: 15, feeDays: 15, lastPaymentDays: 30, remindDays: 7 };
  const [today, endsOn] = [day('2027-02-21'), day('2027-03-31')];
  const ground = { signedOn: day('2025-03-31'), startsOn: day('2025-03-31'), endsOn, rcti: true };
  const exit = dutiesOf({ ...ground, finalSignedOn: undefined, amendments: [] }, given, days).find(
    ({ kind }) => kind === 'exit',
  );
  const { noted, ends } = nearingOn(today, given, days);
  expect(exit && recallOn(exit, today, { rules: given, days, notedOn: ground.signedOn })).toEqual(today);
  expect(Temporal.PlainDate.compare(noted, ground.signedOn)).toBe(1);
  expect(Temporal.PlainDate.compare(endsOn, ends.to)).toBeLessThanOrEqual(0);
});

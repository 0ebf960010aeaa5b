import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { EVERYTHING } from '../../../src/features/office/rules/filter.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { alex, diane } from '../../support/people.ts';
import { askedBy, countStatements } from '../../support/statements.ts';

// A thousand things wait: the list has its pages, and asks the database as often as for ten.

const teams = fakeTeams({ database: 'postgres', shortGuide: true });
let stop = () => {};
beforeAll(() => {
  stop = countStatements();
});
afterAll(() => stop());
jest.setTimeout(120_000);

/** So many complaints, a minute apart. */
const complaints = (n: number) =>
  teams.db.execute(sql`
    insert into contract_comments (id, kind, text, supplier_id, tenant_id, object_id, name, created_at)
    select gen_random_uuid(), 'supplierComplaint', 'Nº ' || n, 'airelle', ${alex.tenantId}, ${alex.objectId}, 'Alex',
      '2026-11-02T12:00:00Z'::timestamptz + n * interval '1 minute'
    from generate_series(1, ${n}) n`);
const page = (at: number) => teams.services.office.list(diane, { ...EVERYTHING, genre: 'comment' }, at, 5);

beforeEach(() => people(teams));

test('a thousand are listed by pages, each once, in their order', async () => {
  await complaints(1_000);
  const { total, pages, counts } = await page(1);
  expect({ total, pages, late: counts.late }).toEqual({ total: 1_000, pages: 200, late: 1_000 });
  const seen = [...(await page(1)).items, ...(await page(2)).items, ...(await page(200)).items];
  expect(new Set(seen.map(({ id }) => id)).size).toBe(15);
  const since = seen.map((item) => item.since.getTime());
  expect(since).toEqual([...since].sort((a, b) => a - b));
  expect((await page(9_999)).page).toBe(200);
});

test('as many statements are asked for a thousand as for ten', async () => {
  await complaints(10);
  const few = await askedBy(() => teams.asks(diane, 'à traiter'));
  await complaints(990);
  const many = await askedBy(() => teams.asks(diane, 'à traiter'));
  expect(many.statements).toBeLessThanOrEqual(few.statements + 1);
  expect(few.statements).toBeLessThan(40);
});

test('two hundred are taken in one gesture', async () => {
  await complaints(200);
  const items = await teams.services.office.standing(new Set(['comment']));
  const outcomes = await teams.services.office.act(diane, { what: 'take' }, items);
  expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true);
  expect((await teams.services.office.list(diane, { ...EVERYTHING, whose: 'mine' }, 1, 5)).total).toBe(200);
});

test('what is told of a morning is read once for all who are told it at once, and anew the next time', async () => {
  await complaints(20);
  const { office } = teams.services;
  await office.standingTogether();
  const alone = await askedBy(() => office.standingTogether());
  const together = await askedBy(() =>
    Promise.all(Array.from({ length: 8 }, () => office.standingTogether())),
  );
  expect(together.statements).toBe(alone.statements);
  await complaints(20);
  expect((await office.standingTogether()).items.length).toBeGreaterThanOrEqual(40);
});

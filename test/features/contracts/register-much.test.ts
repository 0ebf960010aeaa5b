import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { EVERY_CONTRACT } from '../../../src/features/contracts/overseeing/rules/filter.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { alex, diane } from '../../support/people.ts';
import { askedBy, countStatements } from '../../support/statements.ts';

// A thousand contracts: the register has its pages, and asks the database as often as for ten.

const teams = fakeTeams({ database: 'postgres', shortGuide: true });
let stop = () => {};
beforeAll(() => {
  stop = countStatements();
});
afterAll(() => stop());
jest.setTimeout(120_000);
beforeEach(() => people(teams));

/** So many contracts, each signed on a day of its own within two years, with a copy that is late. */
const signed = (n: number) =>
  teams.db.execute(sql`
    insert into contracts (id, organization_id, title, supplier_id, supplier_name, offers, signed_on, starts_on, ends_on,
      amount_cents, rcti, created_tenant, created_id, created_at, updated_at)
    select gen_random_uuid(), (select organization_id from memberships limit 1), 'Contrat ' || n, 'airelle',
      'airelle inc.', 'Courriel', d, d, d + 700, 100 * n, true, ${alex.tenantId}, ${alex.objectId}, d, d
    from generate_series(1, ${n}) n cross join lateral (select '2026-11-01'::date - (n % 700) as d) day`);

test('a thousand are listed by pages, each once, in their order, with what they come to', async () => {
  await signed(1_000);
  const page = (at: number) => teams.services.contracts.register(EVERY_CONTRACT, at, 6);
  const { total, pages, totals } = await page(1);
  expect({ total, pages, totals }).toEqual({
    total: 1_000,
    pages: 167,
    totals: { contracts: 1_000, amountCents: 50_050_000, late: 1_000 },
  });
  const seen = [...(await page(1)).items, ...(await page(2)).items, ...(await page(167)).items];
  expect(new Set(seen.map(({ contract }) => contract.id)).size).toBe(16);
  const ends = seen.map(({ contract }) => contract.endsOn);
  expect(ends).toEqual([...ends].sort());
  const { total: late } = await teams.services.contracts.latePage(EVERY_CONTRACT, 1, 6);
  expect(late).toBe(1_000);
});

test.each(['registre des contrats', 'obligations en retard'])(
  '« %s » asks as many statements for a thousand as for ten',
  async (command) => {
    await signed(10);
    const few = await askedBy(() => teams.asks(diane, command));
    await signed(990);
    const many = await askedBy(() => teams.asks(diane, command));
    expect(many.statements).toBeLessThanOrEqual(few.statements + 1);
    expect(few.statements).toBeLessThan(20);
  },
);

test('all twenty thousand are in the file within a minute', async () => {
  await signed(20_000);
  const rows = (await Array.fromAsync(teams.services.contracts.registerParts(EVERY_CONTRACT))).flat();
  expect(rows).toHaveLength(20_000);
  expect(rows.every(({ lateDuties }) => lateDuties === 1)).toBe(true);
  const ends = rows.map(({ contract }) => contract.endsOn);
  expect(ends).toEqual([...ends].sort());
  const late = (await Array.fromAsync(teams.services.contracts.lateParts(EVERY_CONTRACT))).flat();
  expect(new Set(late.map(({ contract }) => contract.id)).size).toBe(20_000);
});

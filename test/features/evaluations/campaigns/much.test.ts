import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { aContract } from '../../../support/contracts.ts';
import { evaluating } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { diane } from '../../../support/people.ts';
import { askedBy, countStatements } from '../../../support/statements.ts';

// Two hundred contracts of a campaign ask the database as often as ten.

const teams = fakeTeams({ database: 'postgres', shortGuide: true });
const { campaign } = evaluating(teams);
let stop = () => {};
beforeAll(() => {
  stop = countStatements();
});
afterAll(() => stop());
beforeEach(() => people(teams));
jest.setTimeout(120_000);

const SIGNED = { signedOn: '2025-12-20', startsOn: '2026-01-05', endsOn: '2028-12-15', rcti: 'false' };

/** So many contracts that are asked about, all as one; the campaign. */
async function asking(n: number, kind = 'anniversary'): Promise<string> {
  await aContract(teams, SIGNED);
  await teams.db.execute(sql`
    insert into contracts select r.* from (select * from contracts limit 1) c, generate_series(2, ${n}::int) n,
      jsonb_populate_record(null::contracts,
        to_jsonb(c) || jsonb_build_object('id', gen_random_uuid(), 'number', 1000 + n)) r`);
  await teams.db.execute(sql`
    insert into contract_followers select r.* from (select * from contract_followers limit 1) f, contracts c,
      jsonb_populate_record(null::contract_followers, to_jsonb(f) || jsonb_build_object('contract_id', c.id)) r
    on conflict do nothing`);
  return campaign(60, 0, kind);
}
const asked = async (id: string) =>
  (await teams.services.campaigns.asked(id, 'all', 1, 500)).rows.map(({ evaluation }) => evaluation);

/** What it takes to take so many contracts back that were set apart. */
async function takingBack(n: number) {
  const id = await asking(n);
  const ids = (await asked(id)).map((each) => each.id);
  await teams.services.campaigns.exclude(diane, ids, 'En litige');
  return askedBy(async () => {
    expect(await teams.services.campaigns.includeMany(diane, id, ids)).toEqual({
      count: n,
      left: 0,
      unasked: 0,
    });
  });
}

test.each([10, 200])('%i contracts that are taken back at once ask as often as one', async (n) => {
  const { statements } = await takingBack(n);
  expect(statements).toBeLessThanOrEqual(20);
});

test('of many that are taken back, each goes with its own contract as it is now', async () => {
  const id = await asking(3);
  const ids = (await asked(id)).map((each) => each.id);
  await teams.services.campaigns.exclude(diane, ids, 'En litige');
  const [first, second] = await asked(id);
  await teams.db.execute(sql`update contracts set signed_on = '2025-12-18' where id = ${first?.contractId}`);
  await teams.db.execute(sql`update contracts set ends_on = '2026-11-01' where id = ${second?.contractId}`);
  const done = await teams.services.campaigns.includeMany(diane, id, ids);
  expect(done).toEqual({ count: 2, left: 0, unasked: 1 });
  const now = new Map((await asked(id)).map((each) => [each.id, each]));
  expect(now.get(first?.id ?? '')).toMatchObject({ state: 'open', closesOn: '2026-12-18' });
  expect(now.get(second?.id ?? '')).toMatchObject({
    state: 'excluded',
    apartBy: null,
    excludedWhy: 'Le contrat ne se termine plus à la même date.',
  });
});

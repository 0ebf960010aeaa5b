import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { aContract } from '../../support/contracts.ts';
import { people } from '../../support/kickoff.ts';
import { alex, nadia } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import { onTwoProcesses } from '../../support/together.ts';

// A contract is taken away at one process while a colleague notes something of it at another.

const { teams } = onTwoProcesses({ shortGuide: true });
beforeEach(() => people(teams));

const TIMES = 10;

test.each([
  ['an invoice', 'contracts.addInvoice', { paidOn: '2026-11-21', amount: '1' }, sql`contract_invoices`],
  ['a duty', 'contracts.done', { duty: 'copy', on: '2026-11-23' }, sql`contract_duties_done`],
])('%s noted at that moment keeps its contract, or finds it gone', async (_what, verb, form, kept) => {
  for (let n = 0; n < TIMES; n++) {
    const contract = await aContract(teams);
    const [{ card }] = await Promise.all([
      teams.press(nadia, verb, { ...form, contract }),
      teams.other.press(alex, 'contracts.dropContract', { contract, revision: 1 }),
    ]);
    const stands = await countOf(teams, sql`contracts where id = ${contract}::uuid`);
    const noted = await countOf(teams, sql`${kept} k where k.contract_id = ${contract}::uuid`);
    expect(noted).toBe(stands);
    expect(card !== undefined).toBe(stands === 1);
  }
});

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf } from '../../support/rows.ts';
import { judged, type Law, nothing } from '../law.ts';

const cents = (amount: string): number => Number(amount.replace(/[^\d,]/g, '').replace(',', ''));
/** Digits of an amount hold together: a year that stands before it is not of it. */
const AMOUNT = /(\d{1,3}(?:[\u00a0\u202f]\d{3})*,\d\d)[\s\u00a0\u202f]*\$/g;

/** What a card says to be paid in a quarter is the sum of the invoices of that quarter, reckoned by the database. */
export const fees: Law = {
  id: 'fees are of the paid invoices',
  from: 'guide, 4.3',
  async turn({ answered, trouble }, world) {
    if (answered?.template !== 'contracts/invoices' || trouble) return nothing;
    const contract = answered.buttons.map(({ data }) => data.contract).find((id) => typeof id === 'string');
    if (typeof contract !== 'string') return nothing;
    const sums = await rowsOf(
      world.db,
      sql`select sum(amount_cents)::int as n from contract_invoices where contract_id = ${contract}::uuid group by date_trunc('quarter', paid_on)`,
      z.object({ n: z.number() }),
    );
    const told = new Set([...answered.words.matchAll(AMOUNT)].map(([, amount]) => cents(amount ?? '')));
    const missing = sums.find(({ n }) => !told.has(n));
    return judged(
      sums.length,
      missing &&
        `${missing.n} cents were paid in a quarter of contract ${contract}, and the card says ${[...told]}`,
    );
  },
};

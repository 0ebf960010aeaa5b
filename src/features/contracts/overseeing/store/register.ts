import { asc, count, eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import { readPartsOf } from '../../../../core/process/parts.ts';
import { byName } from '../../../../core/rows/columns.ts';
import { bodyTable } from '../../../people/index.ts';
import type { Records } from '../../recording/store/records.ts';
import { contractsNow, invoices } from '../../tables.ts';
import type { RegisterFilter } from '../rules/filter.ts';
import { orderOf } from './conditions.ts';
import { MOST_EXPORTED, type OfBody, type Overview, ofBody, type Registered } from './overview.ts';

/** What a filter lets through, all pages together. */
export interface RegisterTotals {
  readonly contracts: number;
  readonly amountCents: number;
  /** Those that have a late duty. */
  readonly late: number;
}

/** A row of the file of the register. */
export interface RegisterRow extends OfBody {
  readonly lateDuties: number;
  readonly paidCents: number;
}

const MOST_SUPPLIERS = 300;

const Key = z.object({ id: z.string(), lateDuties: z.number(), paidCents: z.number() });

/** The contracts of all bodies, for the staff. Who may ask is for the router, and for whoever opens a link. */
export function buildRegister({ db }: Pick<Records, 'db'>, { through, contractsOf, registeredOf }: Overview) {
  async function totalsOf(where: SQL | undefined, late: SQL): Promise<RegisterTotals> {
    const [row] = await db
      .select({
        contracts: count(),
        amountCents: sql<number>`coalesce(sum(${contractsNow.amountCents}), 0)`.mapWith(Number),
        late: sql<number>`count(*) filter (where ${contractsNow.id} in (select l.contract_id from ${late} l))::int`,
      })
      .from(contractsNow)
      .leftJoin(bodyTable, ofBody)
      .where(where);
    return row ?? { contracts: 0, amountCents: 0, late: 0 };
  }

  /** What a filter lets through, in its order, with the sums of each: the query. */
  async function keysOf(filter: RegisterFilter): Promise<SQL> {
    const { late, where } = await through(filter);
    const duties = db
      .select({ contract: sql`l.contract_id`.as('contract'), n: sql<number>`count(*)::int`.as('n') })
      .from(sql`${late} l`)
      .groupBy(sql`l.contract_id`)
      .as('duties');
    const paid = db
      .select({ contract: invoices.contractId, cents: sql`sum(${invoices.amountCents})`.as('cents') })
      .from(invoices)
      .groupBy(invoices.contractId)
      .as('paid');
    return db
      .select({
        id: contractsNow.id,
        lateDuties: sql`coalesce(${duties.n}, 0)`.as('lateDuties'),
        paidCents: sql`coalesce(${paid.cents}, 0)`.as('paidCents'),
      })
      .from(contractsNow)
      .leftJoin(bodyTable, ofBody)
      .leftJoin(duties, eq(duties.contract, contractsNow.id))
      .leftJoin(paid, eq(paid.contract, contractsNow.id))
      .where(where)
      .orderBy(...orderOf(filter))
      .limit(MOST_EXPORTED)
      .getSQL();
  }

  return {
    /** A page of the contracts of all bodies that a filter lets through, with what all its pages come to. */
    async register(
      filter: RegisterFilter,
      wanted: number,
      size: number,
    ): Promise<Page<Registered> & { readonly totals: RegisterTotals }> {
      const { late, where } = await through(filter);
      const totals = await totalsOf(where, late);
      const page = nearestPage(wanted, totals.contracts, size);
      const ids = await db
        .select({ id: contractsNow.id })
        .from(contractsNow)
        .leftJoin(bodyTable, ofBody)
        .where(where)
        .orderBy(...orderOf(filter))
        .limit(size)
        .offset((page - 1) * size);
      const found = await registeredOf(ids.map(({ id }) => id));
      const rows = ids.flatMap(({ id }) => found.get(id) ?? []);
      return { ...pageAt(rows, page, totals.contracts, size), totals };
    },

    /** All that a filter lets through, for a file, some at a time. */
    async *registerParts(filter: RegisterFilter): AsyncGenerator<readonly RegisterRow[]> {
      yield* readPartsOf(db, await keysOf(filter), Key, async (some) => {
        const contracts = await contractsOf(some.map(({ id }) => id));
        return some.flatMap(({ id, ...sums }) => {
          const found = contracts.get(id);
          return found ? [{ ...found, ...sums }] : [];
        });
      });
    },

    /** The suppliers of contracts, by name: those who left the Catalogue too. */
    contractSuppliers: () =>
      db
        .select({
          id: contractsNow.supplierId,
          name: sql<string>`max(${contractsNow.supplierName})`,
        })
        .from(contractsNow)
        .groupBy(contractsNow.supplierId)
        .orderBy(byName(sql`max(${contractsNow.supplierName})`), asc(contractsNow.supplierId))
        .limit(MOST_SUPPLIERS),
  };
}

import { and, asc, between, count, eq, gte, inArray, isNotNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { readPartsOf } from '../../../../core/process/parts.ts';
import { byName } from '../../../../core/rows/columns.ts';
import type { Person } from '../../../../core/turn.ts';
import { bodyTable } from '../../../people/index.ts';
import type { Quarter } from '../../duties/rules/quarters.ts';
import type { Records } from '../../recording/store/records.ts';
import { contractsNow, invoices } from '../../tables.ts';
import { MOST_EXPORTED, ofBody } from './overview.ts';

const Key = z.object({ id: z.string() });

/** What Courtier knows of a contract in a quarter. */
export interface QuarterContract {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly supplier: string;
  readonly supplierName: string;
  readonly bodyId: string | null;
  readonly body: string | null;
  readonly invoices: number;
  readonly paidCents: number;
  /** Undefined where the deployer gave no rate. */
  readonly feeCents: number | undefined;
}

/** The same of a supplier. */
export interface QuarterSupplier {
  readonly supplier: string;
  readonly name: string;
  readonly bodies: number;
  readonly contracts: number;
  /** Contracts of which nobody noted an invoice. */
  readonly silent: number;
  readonly invoices: number;
  readonly paidCents: number;
  readonly feeCents: number | undefined;
}

export type QuarterTotals = Pick<
  QuarterSupplier,
  'contracts' | 'silent' | 'invoices' | 'paidCents' | 'feeCents'
>;

const sum = (what: SQL) => sql`coalesce(sum(${what}), 0)`.mapWith(Number);

/** What was paid of each contract in a quarter. */
const paidIn = (db: Db, { start, end }: Quarter) =>
  db
    .select({
      contract: invoices.contractId,
      n: sql<number>`count(*)::int`.as('n'),
      cents: sql<number>`sum(${invoices.amountCents})`.as('cents'),
    })
    .from(invoices)
    .where(between(invoices.paidOn, start.toString(), end.toString()))
    .groupBy(invoices.contractId)
    .as('paid');

type Paid = ReturnType<typeof paidIn>;

const ofQuarter = ({ start, end }: Quarter, paid: Paid, lastPaymentDays: number) =>
  or(
    isNotNull(paid.contract),
    and(
      lte(contractsNow.signedOn, end.toString()),
      gte(contractsNow.endsOn, start.subtract({ days: lastPaymentDays }).toString()),
    ),
  );

/** Of each contract apart, as its client is told. */
const feeOf = (cents: SQL, percent: string | undefined): SQL =>
  percent === undefined ? sql`null` : sql`round(coalesce(${cents}, 0) * ${percent}::numeric / 100)`;
const fee = (value: unknown): number | undefined => (value === null ? undefined : Number(value));

const bySupplierAndBody = () => [
  byName(contractsNow.supplierName),
  sql`${byName(bodyTable.name)} nulls last`,
  asc(contractsNow.number),
];

/** The sums of some contracts of a quarter. */
const sums = (paid: Paid, percent: string | undefined) => ({
  contracts: count(),
  silent: sql<number>`count(*) filter (where ${paid.contract} is null)::int`,
  invoices: sum(sql`${paid.n}`),
  paidCents: sum(sql`${paid.cents}`),
  feeCents: sql<unknown>`sum(${feeOf(sql`${paid.cents}`, percent)})`,
});

interface Report {
  readonly quarter: Quarter;
  readonly percent: string | undefined;
  readonly lastPaymentDays: number;
}

/** All contracts of a quarter, or some of them, by supplier and body. */
async function readContracts(
  db: Db,
  { quarter, percent, lastPaymentDays }: Report,
  some?: readonly string[],
): Promise<QuarterContract[]> {
  const paid = paidIn(db, quarter);
  const rows = await db
    .select({
      id: contractsNow.id,
      number: contractsNow.number,
      title: contractsNow.title,
      supplier: contractsNow.supplierId,
      supplierName: contractsNow.supplierName,
      bodyId: contractsNow.organizationId,
      body: bodyTable.name,
      invoices: sql<number>`coalesce(${paid.n}, 0)::int`,
      paidCents: sql`coalesce(${paid.cents}, 0)`.mapWith(Number),
      feeCents: sql<unknown>`${feeOf(sql`${paid.cents}`, percent)}`,
    })
    .from(contractsNow)
    .leftJoin(paid, eq(paid.contract, contractsNow.id))
    .leftJoin(bodyTable, ofBody)
    .where(and(ofQuarter(quarter, paid, lastPaymentDays), some && inArray(contractsNow.id, [...some])))
    .orderBy(...bySupplierAndBody())
    .limit(MOST_EXPORTED);
  return rows.map((row) => ({ ...row, feeCents: fee(row.feeCents) }));
}

/**
 * What was paid in a quarter, as its report counts it: an acquisition is an invoice that was paid (guide 4.3). The
 * contracts are those that ran in it, or that one paid in it.
 */
export function buildQuarters({ db, rules, quotas }: Pick<Records, 'db' | 'rules' | 'quotas'>) {
  const contractsIn = (quarter: Quarter, percent: string | undefined, some?: readonly string[]) =>
    readContracts(db, { quarter, percent, lastPaymentDays: rules.lastPaymentDays }, some);

  return {
    /** Counts a report that somebody dropped. */
    spendReport: (person: Person) => db.transaction((tx) => quotas.spend(tx, person, 'contracts.files')),

    /** A page of the suppliers of a quarter, by name, with what all of them come to. */
    async quarterBySupplier(
      quarter: Quarter,
      percent: string | undefined,
      wanted: number,
      size: number,
    ): Promise<Page<QuarterSupplier> & { readonly totals: QuarterTotals }> {
      const paid = paidIn(db, quarter);
      const where = ofQuarter(quarter, paid, rules.lastPaymentDays);
      const paidOf = eq(paid.contract, contractsNow.id);
      const [all] = await db
        .select({
          ...sums(paid, percent),
          suppliers: sql<number>`count(distinct ${contractsNow.supplierId})::int`,
        })
        .from(contractsNow)
        .leftJoin(paid, paidOf)
        .where(where);
      const { suppliers: total = 0, ...totals } = all ?? {
        contracts: 0,
        silent: 0,
        invoices: 0,
        paidCents: 0,
        feeCents: null,
      };
      const page = nearestPage(wanted, total, size);
      const rows = await db
        .select({
          supplier: contractsNow.supplierId,
          name: sql<string>`max(${contractsNow.supplierName})`,
          bodies: sql<number>`count(distinct ${contractsNow.organizationId})::int`,
          ...sums(paid, percent),
        })
        .from(contractsNow)
        .leftJoin(paid, paidOf)
        .where(where)
        .groupBy(contractsNow.supplierId)
        .orderBy(byName(sql`max(${contractsNow.supplierName})`), asc(contractsNow.supplierId))
        .limit(size)
        .offset((page - 1) * size);
      return {
        ...pageAt(
          rows.map((row) => ({ ...row, feeCents: fee(row.feeCents) })),
          page,
          total,
          size,
        ),
        totals: { ...totals, feeCents: fee(totals.feeCents) },
      };
    },

    /** All contracts of a quarter, by supplier and body. */
    quarterContracts: (quarter: Quarter, percent: string | undefined) => contractsIn(quarter, percent),

    /** The same for a file, some at a time. */
    async *quarterParts(
      quarter: Quarter,
      percent: string | undefined,
    ): AsyncGenerator<readonly QuarterContract[]> {
      const paid = paidIn(db, quarter);
      const keys = db
        .select({ id: contractsNow.id })
        .from(contractsNow)
        .leftJoin(paid, eq(paid.contract, contractsNow.id))
        .leftJoin(bodyTable, ofBody)
        .where(ofQuarter(quarter, paid, rules.lastPaymentDays))
        .orderBy(...bySupplierAndBody())
        .limit(MOST_EXPORTED);
      yield* readPartsOf(db, keys, Key, (some) =>
        contractsIn(
          quarter,
          percent,
          some.map(({ id }) => id),
        ),
      );
    },
  };
}

import { and, count, eq, ne, sql } from 'drizzle-orm';
import { notFound } from '../../../../core/errors.ts';
import { byName } from '../../../../core/rows/columns.ts';
import type { Person } from '../../../../core/turn.ts';
import { acquisitionTable } from '../../../acquisitions/index.ts';
import { actingView, peopleTable } from '../../../people/index.ts';
import { OPEN } from '../../commenting/store/records.ts';
import type { Records } from '../../recording/store/records.ts';
import { comments, contracts, followersNow, invoices } from '../../tables.ts';
import type { Overview, Registered } from './overview.ts';

const MOST_NAMED = 20;

/** A contract with all that is around it, for the staff. */
export interface ContractCase extends Registered {
  /** Who noted it; undefined for one who is not there any more. */
  readonly notedBy: string | undefined;
  /** Those who are reminded of it, whoever noted it first. */
  readonly people: readonly Person[];
  readonly file: { readonly number: number; readonly name: string } | undefined;
  readonly invoices: readonly { readonly paidOn: string; readonly amountCents: number }[];
  /** How many other contracts the body has. */
  readonly others: number;
  /** What its members wrote to the broker, and what of it is open. */
  readonly comments: { readonly sent: number; readonly open: number };
}

/** The case of which a contract is a row: who it is, how to write to them, and their history here. */
export function buildContractCases({ db }: Pick<Records, 'db'>, { registeredOf }: Overview) {
  const peopleOf = ({ id, createdId }: Registered['contract']): Promise<Person[]> =>
    db
      .select({
        tenantId: peopleTable.tenantId,
        objectId: peopleTable.objectId,
        name: peopleTable.name,
      })
      .from(followersNow)
      .innerJoin(
        peopleTable,
        and(eq(peopleTable.tenantId, followersNow.tenantId), eq(peopleTable.objectId, followersNow.objectId)),
      )
      .where(eq(followersNow.contractId, id))
      .orderBy(
        sql`${peopleTable.objectId} = ${createdId} desc`,
        byName(peopleTable.name),
        peopleTable.objectId,
      )
      .limit(MOST_NAMED);

  async function notedBy({ createdTenant, createdId }: Registered['contract']): Promise<string | undefined> {
    const [row] = await db
      .select({ name: peopleTable.name })
      .from(peopleTable)
      .where(and(eq(peopleTable.tenantId, createdTenant), eq(peopleTable.objectId, createdId)));
    return row?.name;
  }

  async function fileOf({ acquisitionId }: Registered['contract']): Promise<ContractCase['file']> {
    if (acquisitionId === null) return undefined;
    const [row] = await db
      .select({ number: acquisitionTable.number, name: acquisitionTable.name })
      .from(acquisitionTable)
      .where(eq(acquisitionTable.id, acquisitionId));
    return row;
  }

  async function othersOf({ id, organizationId }: Registered['contract']): Promise<number> {
    if (organizationId === null) return 0;
    const [row] = await db
      .select({ n: count() })
      .from(contracts)
      .where(and(eq(contracts.organizationId, organizationId), ne(contracts.id, id)));
    return row?.n ?? 0;
  }

  async function commentsOf({ organizationId }: Registered['contract']): Promise<ContractCase['comments']> {
    if (organizationId === null) return { sent: 0, open: 0 };
    const [row] = await db
      .select({ sent: count(), open: sql<number>`count(*) filter (where ${OPEN})::int` })
      .from(comments)
      .innerJoin(
        actingView,
        and(eq(actingView.tenantId, comments.tenantId), eq(actingView.objectId, comments.objectId)),
      )
      .where(eq(actingView.organizationId, organizationId));
    return row ?? { sent: 0, open: 0 };
  }

  return {
    /** A contract of any body as a case; throws `notFound` for one that there is not. */
    async contractCase(id: string): Promise<ContractCase> {
      const found = (await registeredOf([id])).get(id);
      if (!found) throw notFound();
      const { contract } = found;
      return {
        ...found,
        notedBy: await notedBy(contract),
        people: await peopleOf(contract),
        file: await fileOf(contract),
        invoices: await db
          .select({ paidOn: invoices.paidOn, amountCents: invoices.amountCents })
          .from(invoices)
          .where(eq(invoices.contractId, id)),
        others: await othersOf(contract),
        comments: await commentsOf(contract),
      };
    },
  };
}

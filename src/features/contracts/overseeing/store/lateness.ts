import { and, asc, count, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import { readPartsOf } from '../../../../core/process/parts.ts';
import { byName } from '../../../../core/rows/columns.ts';
import { bodyTable, peopleTable } from '../../../people/index.ts';
import { titleOf } from '../../duties/rules/duties.ts';
import type { Records } from '../../recording/store/records.ts';
import { amendments, type Contract, contractsNow, followersNow } from '../../tables.ts';
import type { RegisterFilter } from '../rules/filter.ts';
import { MOST_EXPORTED, type Overview, ofBody } from './overview.ts';

/** A duty whose date of the guide has passed, and of whom it is. */
export interface LateDuty {
  readonly contract: Contract;
  readonly body: string | undefined;
  readonly title: string;
  readonly dueOn: string;
  /** Those who are reminded of it. */
  readonly people: readonly string[];
}

const AMENDMENT = 'amendment:';

const LateRow = z.object({ contract: z.string(), duty: z.string(), dueOn: z.string() });

/** What is late of all bodies, and who is reminded of it, for the staff. */
export function buildLateness({ db }: Pick<Records, 'db'>, { through, contractsOf }: Overview) {
  /** The names of those who are reminded of some contracts. */
  async function followersOf(ids: readonly string[]): Promise<Map<string, string[]>> {
    if (ids.length === 0) return new Map();
    const rows = await db
      .select({ contract: followersNow.contractId, name: peopleTable.name })
      .from(followersNow)
      .innerJoin(
        peopleTable,
        and(eq(peopleTable.tenantId, followersNow.tenantId), eq(peopleTable.objectId, followersNow.objectId)),
      )
      .where(inArray(followersNow.contractId, [...ids]))
      .orderBy(byName(peopleTable.name), peopleTable.objectId);
    const names = Map.groupBy(rows, ({ contract }) => contract);
    return new Map([...names].map(([contract, those]) => [contract, those.map(({ name }) => name)]));
  }

  const lateOf = (late: SQL, where: SQL | undefined) =>
    db
      .select({
        contract: sql<string>`${contractsNow.id}`.as('contract'),
        duty: sql<string>`l.duty`.as('duty'),
        dueOn: sql<string>`l.due_on::text`.as('dueOn'),
      })
      .from(sql`${late} l`)
      .innerJoin(contractsNow, sql`${contractsNow.id} = l.contract_id`)
      .leftJoin(bodyTable, ofBody)
      .where(where)
      .orderBy(sql`l.due_on`, asc(contractsNow.number), sql`l.duty`);

  /** The numbers of some amendments, by their ids. */
  async function numbersOf(duties: readonly string[]): Promise<Map<string, number>> {
    const ids = duties.flatMap((duty) => (duty.startsWith(AMENDMENT) ? [duty.slice(AMENDMENT.length)] : []));
    if (ids.length === 0) return new Map();
    const rows = await db
      .select({ id: amendments.id, number: amendments.number })
      .from(amendments)
      .where(inArray(amendments.id, ids));
    return new Map(rows.map(({ id, number }) => [id, number]));
  }

  async function withTitles(rows: readonly z.infer<typeof LateRow>[]): Promise<LateDuty[]> {
    if (rows.length === 0) return [];
    const ids = [...new Set(rows.map(({ contract }) => contract))];
    const [contracts, people] = [await contractsOf(ids), await followersOf(ids)];
    const numbers = await numbersOf(rows.map(({ duty }) => duty));
    return rows.flatMap(({ contract: id, duty, dueOn }) => {
      const found = contracts.get(id);
      const title = titleOf(duty, numbers);
      return found && title ? [{ ...found, title, dueOn, people: people.get(id) ?? [] }] : [];
    });
  }

  return {
    /** A page of the late duties of the contracts that a filter lets through, the longest late first. */
    async latePage(filter: RegisterFilter, wanted: number, size: number): Promise<Page<LateDuty>> {
      const { late, where } = await through(filter);
      const [counted] = await db
        .select({ total: count() })
        .from(sql`${late} l`)
        .innerJoin(contractsNow, sql`${contractsNow.id} = l.contract_id`)
        .leftJoin(bodyTable, ofBody)
        .where(where);
      const total = counted?.total ?? 0;
      const page = nearestPage(wanted, total, size);
      const rows = await lateOf(late, where)
        .limit(size)
        .offset((page - 1) * size);
      return pageAt(await withTitles(rows), page, total, size);
    },

    /** All the late duties of the contracts that a filter lets through, for a file, some at a time. */
    async *lateParts(filter: RegisterFilter): AsyncGenerator<readonly LateDuty[]> {
      const { late, where } = await through(filter);
      yield* readPartsOf(db, lateOf(late, where).limit(MOST_EXPORTED), LateRow, withTitles);
    },
  };
}

import { eq, inArray, type SQL } from 'drizzle-orm';
import { bodyTable } from '../../../people/index.ts';
import type { Followed, Records } from '../../recording/store/records.ts';
import { type Contract, contractsNow } from '../../tables.ts';
import type { RegisterFilter } from '../rules/filter.ts';
import { matches } from './conditions.ts';
import { buildLateDuties } from './late-duties.ts';

/** More contracts than all bodies have in the years for which they are kept. */
export const MOST_EXPORTED = 30_000;

/** A contract, and the name of its body; undefined for one that was noted for none. */
export interface OfBody {
  readonly contract: Contract;
  readonly body: string | undefined;
}

/** A contract as the staff see it in a list. */
export interface Registered extends Followed {
  /** The name of its body; undefined for one that was noted for none. */
  readonly body: string | undefined;
}

/** How a contract is joined with its body. */
export const ofBody = eq(bodyTable.id, contractsNow.organizationId);

export type Overview = ReturnType<typeof buildOverview>;

/** The contracts of all bodies, whosever they are: what the lists of the staff are made of. */
export function buildOverview(records: Records) {
  const { db, rules, today, followedOf } = records;
  const lateDuties = buildLateDuties(records);

  /** Contracts by id, with the name of their body. */
  async function contractsOf(ids: readonly string[]): Promise<Map<string, OfBody>> {
    const rows = await db
      .select()
      .from(contractsNow)
      .leftJoin(bodyTable, ofBody)
      .where(inArray(contractsNow.id, [...ids]));
    return new Map(
      rows.map(({ contracts_now: contract, organizations }) => [
        contract.id,
        { contract, body: organizations?.name },
      ]),
    );
  }

  return {
    /** What a filter lets through, and the late duties of all contracts. */
    async through(filter: RegisterFilter): Promise<{ late: SQL; where: SQL | undefined }> {
      const late = await lateDuties();
      return { late, where: matches(filter, late, today(), rules.exitMonths) };
    },

    contractsOf,

    /** Contracts by id, with their duties and the name of their body. */
    async registeredOf(ids: readonly string[]): Promise<Map<string, Registered>> {
      if (ids.length === 0) return new Map();
      const found = await contractsOf(ids);
      const followed = await followedOf(
        db,
        [...found.values()].map(({ contract }) => contract),
      );
      return new Map(
        followed.map((each) => [each.contract.id, { ...each, body: found.get(each.contract.id)?.body }]),
      );
    },
  };
}

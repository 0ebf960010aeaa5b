import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Whose } from '../../../../core/rows/prepared.ts';
import { readRows } from '../../../../core/rows/raw.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { plainDate } from '../../../../core/time/days.ts';
import {
  type Audit,
  actingView,
  type Belonging,
  type PersonKey,
  type Quotas,
} from '../../../people/index.ts';
import type { ContractRules } from '../../duties/rules/contract-rules.ts';
import { dutiesOf } from '../../duties/rules/duties.ts';
import { type Duty, sinceEntry } from '../../duties/rules/duty.ts';
import {
  amendments,
  type Contract,
  contracts,
  contractsNow,
  dutiesDone,
  dutiesWanted,
  followers,
} from '../../tables.ts';

export type Done = typeof dutiesDone.$inferSelect;

/** A contract with what was done of its duties. */
export interface Followed {
  readonly contract: Contract;
  readonly duties: readonly Duty[];
  readonly done: ReadonlyMap<string, Done>;
}

export interface RecordParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly belonging: Belonging;
  readonly days: BusinessDays;
  readonly rules: ContractRules;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/** The day when a contract was noted here. */
export const notedOn = ({ createdAt }: Contract): Temporal.PlainDate => brokerDate(createdAt);

/** A contract ends on another day than before, or was corrected; its payload says which: what hangs on it follows. */
export const END_MOVED = 'contracts.endMoved';

const terminationOf = ({ terminationNoticeOn, terminationNotedOn }: Contract) =>
  terminationNoticeOn && terminationNotedOn
    ? { noticeOn: plainDate(terminationNoticeOn), notedOn: plainDate(terminationNotedOn) }
    : undefined;

/** What was said of a contract: an amendment in force, a duty done, or one that was asked for. */
const Said = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('signed'),
    contract: z.string(),
    row: z.object({ id: z.string(), number: z.int(), on: z.string() }),
  }),
  z.object({
    what: z.literal('done'),
    contract: z.string(),
    row: z.object({
      contractId: z.string(),
      duty: z.string(),
      doneOn: z.string(),
      whyNot: z.string().nullable(),
      undated: z.boolean(),
      tenantId: z.string(),
      objectId: z.string(),
      by: z.string(),
    }),
  }),
  z.object({
    what: z.literal('wanted'),
    contract: z.string(),
    row: z.object({ duty: z.string(), since: z.string() }),
  }),
]);

/** All that was said of some contracts. */
function saidOf(db: Db, ids: readonly string[]): Promise<z.output<typeof Said>[]> {
  const theirs = (column: PgColumn) => inArray(column, [...ids]);
  const statement = sql`
    select contract_id as contract, 'signed' as what,
      jsonb_build_object('id', id, 'number', number, 'on', signed_on) as row
    from ${amendments} where ${theirs(amendments.contractId)} and signed_on is not null
    union all
    select contract_id, 'done', jsonb_build_object('contractId', contract_id, 'duty', duty, 'doneOn', done_on,
      'whyNot', why_not, 'undated', undated, 'tenantId', tenant_id, 'objectId', object_id, 'by', by)
    from ${dutiesDone} where ${theirs(dutiesDone.contractId)}
    union all
    select contract_id, 'wanted', jsonb_build_object('duty', duty, 'since', since)
    from ${dutiesWanted} where ${theirs(dutiesWanted.contractId)}`;
  return readRows(db, statement, Said);
}

/** Contracts with what was done and said of their duties, in one query however many they are. */
async function readFollowed(
  db: Db,
  rows: readonly Contract[],
  { rules, days }: Pick<RecordParts, 'rules' | 'days'>,
): Promise<Followed[]> {
  if (rows.length === 0) return [];
  const said = Map.groupBy(
    await saidOf(
      db,
      rows.map(({ id }) => id),
    ),
    (each) => each.contract,
  );
  return rows.map((contract) => {
    const its = said.get(contract.id) ?? [];
    const ground = {
      signedOn: plainDate(contract.signedOn),
      startsOn: plainDate(contract.startsOn),
      endsOn: plainDate(contract.endsOn),
      rcti: contract.rcti,
      finalSignedOn: contract.finalSignedOn ? plainDate(contract.finalSignedOn) : undefined,
      amendments: its.flatMap(({ what, row }) =>
        what === 'signed' ? [{ id: row.id, number: row.number, signedOn: plainDate(row.on) }] : [],
      ),
      termination: terminationOf(contract),
    };
    const since = new Map(
      its.flatMap(({ what, row }) => (what === 'wanted' ? [[row.duty, plainDate(row.since)] as const] : [])),
    );
    const noted = notedOn(contract);
    return {
      contract,
      duties: dutiesOf(ground, rules, days).map((duty) => sinceEntry(duty, noted, since.get(duty.id))),
      done: new Map(its.flatMap(({ what, row }) => (what === 'done' ? [[row.duty, row] as const] : []))),
    };
  });
}

export type Records = ReturnType<typeof buildRecords>;

/** The contracts that a person noted for no body. */
export const notedForNone = (person: Whose): SQL | undefined =>
  and(
    isNull(contractsNow.organizationId),
    isPerson({ tenantId: contractsNow.createdTenant, objectId: contractsNow.createdId }, person),
  );

/** The rows of contracts, for those who may see them. For strangers they do not exist. */
export function buildRecords({ db, clock, audit, belonging, days, rules, quotas }: RecordParts) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now());

  /** A person sees the contracts of the body for which they act now, and those that they noted for none. */
  function visible(person: Whose): SQL | undefined {
    const body = db
      .select({ id: actingView.organizationId })
      .from(actingView)
      .where(isPerson(actingView, person));
    return or(eq(contractsNow.organizationId, body), notedForNone(person));
  }

  async function find(id: string, person: PersonKey): Promise<Contract> {
    return readSeen(db, id, visible(person));
  }

  /** The same, for what is written of it: they see it until the transaction ends. */
  async function findIn(tx: Tx, id: string, person: PersonKey): Promise<Contract> {
    await belonging.heldBodyOf(tx, person);
    return readSeen(tx, id, visible(person));
  }

  async function readSeen(from: Db, id: string, seen: SQL | undefined): Promise<Contract> {
    const [row] = await from
      .select()
      .from(contractsNow)
      .where(and(eq(contractsNow.id, id), seen));
    if (!row) throw notFound();
    return row;
  }

  /** Works on a contract that a person sees, which nobody else changes meanwhile: what is counted of it stays so. */
  async function changing<T>(
    person: PersonKey,
    id: string,
    work: (tx: Tx, contract: Contract) => Promise<T>,
  ): Promise<T> {
    return db.transaction(async (tx) => {
      await belonging.heldBodyOf(tx, person);
      await tx.select({ id: contracts.id }).from(contracts).where(eq(contracts.id, id)).for('no key update');
      // Read once it is held: what others just signed of it is seen.
      return work(tx, await findIn(tx, id, person));
    });
  }

  const followedOf = (from: Db, rows: readonly Contract[]): Promise<Followed[]> =>
    readFollowed(from, rows, { rules, days });

  async function followed(db: Db, contract: Contract): Promise<Followed> {
    const [one] = await followedOf(db, [contract]);
    if (!one) throw notFound();
    return one;
  }

  /** A contract that is being written, as it stands. */
  const readIn = (tx: Tx, id: string): Promise<Contract> => readSeen(tx, id, undefined);

  const touch = (tx: Tx, id: string, set: Partial<typeof contracts.$inferInsert> = {}) =>
    tx
      .update(contracts)
      .set({ ...set, revision: sql`${contracts.revision} + 1`, updatedAt: now() })
      .where(eq(contracts.id, id));

  const follow = (tx: Tx, contractId: string, { tenantId, objectId }: PersonKey) =>
    tx.insert(followers).values({ contractId, tenantId, objectId }).onConflictDoNothing();

  return {
    db,
    audit,
    days,
    quotas,
    rules,
    now,
    today,
    visible,
    find,
    findIn,
    changing,
    followed,
    followedOf,
    readIn,
    touch,
    follow,
  };
}

import { and, eq, or, sql } from 'drizzle-orm';
import type { BusinessDays } from '../../core/business-days.ts';
import { brokerDate } from '../../core/business-days.ts';
import { asDate, type Clock } from '../../core/clock.ts';
import type { ContractRules } from '../../core/contract-rules.ts';
import { notFound } from '../../core/errors.ts';
import type { Db } from '../../core/ports.ts';
import type { Audit, Belonging, PersonKey } from '../people/index.ts';
import { type Duty, dutiesOf } from './duties.ts';
import { amendments, type Contract, contracts, dutiesDone, followers } from './tables.ts';

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
}

const day = (text: string) => Temporal.PlainDate.from(text);

export type Records = ReturnType<typeof buildRecords>;

/** The rows of contracts, for those who may see them. For strangers they do not exist. */
export function buildRecords({ db, clock, audit, belonging, days, rules }: RecordParts) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now());

  /** A person sees the contracts of their body, and those that they noted themselves. */
  async function visible(person: PersonKey) {
    const body = await belonging.bodyOf(person);
    const own = and(eq(contracts.createdTenant, person.tenantId), eq(contracts.createdId, person.objectId));
    return body ? or(eq(contracts.organizationId, body.id), own) : own;
  }

  async function find(id: string, person: PersonKey): Promise<Contract> {
    const [row] = await db
      .select()
      .from(contracts)
      .where(and(eq(contracts.id, id), await visible(person)));
    if (!row) throw notFound();
    return row;
  }

  async function groundOf(tx: Db, contract: Contract) {
    const signed = await tx
      .select()
      .from(amendments)
      .where(and(eq(amendments.contractId, contract.id), sql`${amendments.signedOn} is not null`));
    return {
      signedOn: day(contract.signedOn),
      startsOn: day(contract.startsOn),
      endsOn: day(contract.endsOn),
      rcti: contract.rcti,
      finalSignedOn: contract.finalSignedOn ? day(contract.finalSignedOn) : undefined,
      amendments: signed.flatMap(({ id, number, signedOn }) =>
        signedOn ? [{ id, number, signedOn: day(signedOn) }] : [],
      ),
    };
  }

  async function followed(tx: Db, contract: Contract): Promise<Followed> {
    const duties = dutiesOf(await groundOf(tx, contract), rules, days);
    const done = await tx.select().from(dutiesDone).where(eq(dutiesDone.contractId, contract.id));
    return { contract, duties, done: new Map(done.map((row) => [row.duty, row])) };
  }

  const touch = (tx: Db, id: string, set: Partial<typeof contracts.$inferInsert> = {}) =>
    tx
      .update(contracts)
      .set({ ...set, revision: sql`${contracts.revision} + 1`, updatedAt: now() })
      .where(eq(contracts.id, id));

  const follow = (tx: Db, contractId: string, { tenantId, objectId }: PersonKey) =>
    tx.insert(followers).values({ contractId, tenantId, objectId }).onConflictDoNothing();

  return { db, audit, now, today, visible, find, followed, touch, follow };
}

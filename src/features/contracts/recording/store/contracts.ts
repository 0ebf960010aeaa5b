import { and, asc, count, desc, eq, exists, gt, gte, lt, sql } from 'drizzle-orm';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { guide } from '../../../../core/guide/index.ts';
import type { Deliveries, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { buildAmending } from '../../amending/store.ts';
import { reminderOf } from '../../duties/rules/duties.ts';
import { buildInvoicing } from '../../invoicing/store.ts';
import { buildReferring } from '../../referring/store.ts';
import { type Contract, contracts, dutiesDone, followers, references } from '../../tables.ts';
import { buildNoting } from './noting.ts';
import { buildRecords, type Followed, notedOn, type RecordParts } from './records.ts';

export interface ContractParts extends RecordParts {
  readonly catalogue: CatalogueService;
  readonly deliveries: Deliveries;
}

/** Contracts read at once by the job that reminds. */
const BATCH = 200;

export type Contracts = ReturnType<typeof buildContracts>;

/** What a due duty is about, for its reminders. */
export const dutyKey = (contract: string, duty: string): string => `duty:${contract}:${duty}`;

/** Signed contracts and what they ask of a client (guide 4). For strangers they do not exist. */
export function buildContracts(parts: ContractParts) {
  const { db, audit, deliveries, rules } = parts;
  const records = buildRecords(parts);
  const { today, visible, find, changing, followed, followedOf, touch, follow } = records;

  return {
    rules,
    today,
    find,
    /** The condition, on the table of contracts, that a person sees one. */
    visible,
    changing,
    ...buildInvoicing(records),
    ...buildAmending(records),
    ...buildReferring(records),
    ...buildNoting(parts, records),

    /** A page of the contracts that a person sees, the latest end first. */
    async page(person: PersonKey, page: number, size: number): Promise<{ rows: Followed[]; total: number }> {
      const where = await visible(person);
      const [counted] = await db.select({ total: count() }).from(contracts).where(where);
      const rows = await db
        .select()
        .from(contracts)
        .where(where)
        .orderBy(desc(contracts.endsOn), asc(contracts.number))
        .limit(size)
        .offset((page - 1) * size);
      return { rows: await followedOf(db, rows), total: counted?.total ?? 0 };
    },

    followed: async (id: string, person: PersonKey): Promise<Followed> =>
      followed(db, await find(id, person)),
    /** The same for work without a turn: undefined where the person may not see it any more. */
    async seen(id: string, person: PersonKey): Promise<Followed | undefined> {
      const [row] = await db
        .select()
        .from(contracts)
        .where(and(eq(contracts.id, id), await visible(person)));
      return row && followed(db, row);
    },

    async follows(id: string, { tenantId, objectId }: PersonKey): Promise<boolean> {
      const [row] = await db
        .select({ id: followers.contractId })
        .from(followers)
        .where(
          and(
            eq(followers.contractId, id),
            eq(followers.tenantId, tenantId),
            eq(followers.objectId, objectId),
          ),
        );
      return row !== undefined;
    },

    /** Is reminded of a contract from now on, or not any more. */
    setFollowing: (person: Person, id: string, wanted: boolean): Promise<void> =>
      changing(person, id, async (tx) => {
        if (wanted) await follow(tx, id, person);
        else
          await tx
            .delete(followers)
            .where(
              and(
                eq(followers.contractId, id),
                eq(followers.tenantId, person.tenantId),
                eq(followers.objectId, person.objectId),
              ),
            );
      }),

    /** A duty was done on a day; nobody is reminded of it any more. Done twice, the first stays. */
    complete: (person: Person, id: string, duty: string, on: string): Promise<Followed> =>
      changing(person, id, (tx, contract) => completeIn(tx, person, contract, duty, on)),
    completeIn,

    /** The year's evaluation was submitted: its duty is done, where the contract has it that year. */
    async evaluated(tx: Tx, person: Person, contract: Contract, year: number): Promise<void> {
      const { duties } = await followed(tx, contract);
      const duty = `yearly:${year}`;
      if (duties.some(({ id }) => id === duty))
        await noteDone(tx, person, contract.id, duty, today().toString());
    },

    /** It was not done after all. */
    reopen: (person: Person, id: string, duty: string): Promise<Followed> =>
      changing(person, id, async (tx, contract) => {
        const gone = await tx
          .delete(dutiesDone)
          .where(and(eq(dutiesDone.contractId, id), eq(dutiesDone.duty, duty)))
          .returning({ duty: dutiesDone.duty });
        const final = duty === 'final' && gone.length > 0;
        if (final) await touch(tx, id, { finalSignedOn: null });
        if (gone.length > 0) await audit.record(tx, person, 'contract.reopenDuty', id);
        return followed(tx, final ? { ...contract, finalSignedOn: null } : contract);
      }),

    /** Ends the calendar link that was seen, for a new one; asked for twice, it is one. */
    renewFeed: (person: Person, id: string, seen: number | undefined): Promise<void> =>
      changing(person, id, async (tx, { feed }) => {
        if (seen === undefined || seen === feed) await touch(tx, id, { feed: feed + 1 });
      }),

    /** What a calendar link shows: it names the contract and which of its links it is. */
    async feed(id: string, feed: number): Promise<Followed> {
      const [row] = await db
        .select()
        .from(contracts)
        .where(and(eq(contracts.id, id), eq(contracts.feed, feed)));
      if (!row) throw notFound();
      return followed(db, row);
    },

    /**
     * Tells, of each duty that comes or is late, those who follow its contract: once a week, until it is done. It may
     * run at any time: what was told stays told.
     */
    async remind(): Promise<void> {
      const from = today().subtract({ years: 1 }).toString();
      let after = '00000000-0000-0000-0000-000000000000';
      for (;;) {
        const rows = await db
          .select()
          .from(contracts)
          .where(
            and(
              gt(contracts.id, after),
              gte(contracts.endsOn, from),
              exists(db.select().from(followers).where(eq(followers.contractId, contracts.id))),
            ),
          )
          .orderBy(asc(contracts.id))
          .limit(BATCH);
        const last = rows.at(-1);
        if (!last) return;
        after = last.id;
        for (const each of await followedOf(db, rows)) await remindOf(each);
      }
    },

    async heldOf({ tenantId, objectId }: PersonKey) {
      const mine = and(eq(contracts.createdTenant, tenantId), eq(contracts.createdId, objectId));
      return {
        notes: await db
          .select({ contrat: contracts.number, titre: contracts.title, le: contracts.createdAt })
          .from(contracts)
          .where(mine),
        references: await db
          .select({ joindre: references.contact, le: references.consentedAt })
          .from(references)
          .where(and(eq(references.tenantId, tenantId), eq(references.objectId, objectId))),
        rappeles: await db
          .select({ contrat: contracts.number, titre: contracts.title })
          .from(followers)
          .innerJoin(contracts, eq(contracts.id, followers.contractId))
          .where(and(eq(followers.tenantId, tenantId), eq(followers.objectId, objectId))),
        obligationsFaites: await db
          .select({ contrat: contracts.number, obligation: dutiesDone.duty, le: dutiesDone.doneOn })
          .from(dutiesDone)
          .innerJoin(contracts, eq(contracts.id, dutiesDone.contractId))
          .where(and(eq(dutiesDone.tenantId, tenantId), eq(dutiesDone.objectId, objectId))),
      };
    },

    async erase(tx: Tx, { tenantId, objectId }: PersonKey): Promise<void> {
      await tx
        .delete(followers)
        .where(and(eq(followers.tenantId, tenantId), eq(followers.objectId, objectId)));
      await tx
        .delete(references)
        .where(and(eq(references.tenantId, tenantId), eq(references.objectId, objectId)));
      await tx
        .update(dutiesDone)
        .set({ objectId: '', by: 'Une personne effacée' })
        .where(and(eq(dutiesDone.tenantId, tenantId), eq(dutiesDone.objectId, objectId)));
      await tx
        .update(contracts)
        .set({ createdId: '' })
        .where(and(eq(contracts.createdTenant, tenantId), eq(contracts.createdId, objectId)));
    },

    /** Forgets a contract when the guide keeps its documents no longer (4.12). */
    async purge(): Promise<void> {
      const before = today().subtract({ years: guide().rules.keptYears.value }).toString();
      await db.delete(contracts).where(lt(contracts.endsOn, before));
    },
  };

  async function completeIn(
    tx: Tx,
    person: Person,
    contract: Contract,
    duty: string,
    on: string,
  ): Promise<Followed> {
    const { id, signedOn } = contract;
    const { duties } = await followed(tx, contract);
    const found = duties.find((each) => each.id === duty);
    if (!found) throw notFound();
    if (on < signedOn || on > today().toString())
      throw new CourtierError('refused', 'La date est entre la signature du contrat et aujourd’hui.');
    const noted = await noteDone(tx, person, id, duty, on);
    // The final report goes to the broker within five business days of its signature.
    const final = noted && found.kind === 'final';
    if (final) await touch(tx, id, { finalSignedOn: on });
    return followed(tx, final ? { ...contract, finalSignedOn: on } : contract);
  }

  /** False when it was done before: the first stays. */
  async function noteDone(tx: Tx, person: Person, id: string, duty: string, on: string): Promise<boolean> {
    const { tenantId, objectId, name: by } = person;
    const noted = await tx
      .insert(dutiesDone)
      .values({ contractId: id, duty, doneOn: on, tenantId, objectId, by })
      .onConflictDoNothing()
      .returning({ duty: dutiesDone.duty });
    if (noted.length === 0) return false;
    await deliveries.cancel(tx, dutyKey(id, duty));
    await audit.record(tx, person, `contract.done.${duty.split(':')[0]}`, id);
    return true;
  }

  async function remindOf({ contract, duties, done }: Followed): Promise<void> {
    const notices = duties.flatMap((duty) => {
      // The broker asks for the yearly evaluation by a campaign, which reminds of it (guide 4.9).
      if (done.has(duty.id) || duty.kind === 'yearly') return [];
      const week = reminderOf(duty, today(), rules, notedOn(contract));
      if (week === undefined) return [];
      const about = dutyKey(contract.id, duty.id);
      return {
        kind: 'contracts.duty',
        key: `${about}:${duty.due.on}:${week}`,
        about,
        subject: { contract: contract.id, duty: duty.id, week },
      };
    });
    if (notices.length === 0) return;
    const audience = sql`select ${followers.tenantId}, ${followers.objectId}, '' as conversation_id from ${followers}
      where ${followers.contractId} = ${contract.id}`;
    await db.transaction(async (tx) => {
      for (const notice of notices) await deliveries.address(tx, notice, audience);
    });
  }
}

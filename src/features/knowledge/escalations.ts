import { and, asc, count, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { CourtierError, notFound } from '../../core/errors.ts';
import type { Db, Deliveries, Recipient, Tx } from '../../core/ports.ts';
import { type Changed, revisedRows } from '../../core/revised.ts';
import { serialize } from '../../core/serialize.ts';
import { fold } from '../../core/text.ts';
import type { Person, Turn } from '../../core/turn.ts';
import type { Audit } from '../people/index.ts';
import { after, type EscalationStep } from './escalation-rules.ts';
import type { Status } from './schema.ts';
import { fingerprint } from './search/index.ts';
import { escalationAskers as askers, escalations as table } from './tables.ts';
import { type Arrival, buildTelling } from './telling.ts';
import * as texts from './texts.ts';

export type Escalation = typeof table.$inferSelect;
/** Somebody who asked, and whether the answer reached them. */
export type Asker = Omit<typeof askers.$inferSelect, 'delivery' | 'claimedAt'> & {
  readonly delivery: Arrival;
};

/** A step by somebody who saw the current card, or by somebody who saw an older one. */
export type StepOutcome = { readonly kind: 'done' | 'stale'; readonly escalation: Escalation };

/** Who asked first comes first. */
const IN_ORDER = [asc(askers.askedAt), asc(askers.objectId)];
const PAGE = 5;
const UNTAKEN = { takenByTenant: null, takenById: null, takenByName: null };
const DAILY_LIMIT = 10;
/** How long a claim of the release before is believed. */
const CLAIM_SECONDS = 60;
/** A question and its answer are kept a year after the last step; the entry drawn from it stays. */
const RETENTION_HOURS = 24 * 365;
const STATUSES: Record<Status, Escalation['status'][]> = {
  live: ['open', 'taken'],
  answered: ['answered'],
  closed: ['closed'],
};

/**
 * Questions handed to the broker's staff. Every step carries the revision that its author saw: of two
 * who act at the same moment one wins, the other sees what stands now.
 */
export function buildEscalations(db: Db, clock: Clock, deliveries: Deliveries, audit: Audit) {
  const telling = buildTelling(deliveries);
  const now = () => asDate(clock.now());
  const rows = revisedRows(table, clock);

  async function find(id: string): Promise<Escalation | undefined> {
    const [row] = await db.select().from(table).where(eq(table.id, id));
    return row;
  }

  /** Applies a change if the revision is still the one seen, writes the trail and redraws the staff's card. */
  async function step(
    person: Person,
    id: string,
    revision: number | 'any',
    name: EscalationStep,
    change: (row: Escalation) => Partial<Escalation>,
    then?: (tx: Tx, row: Escalation) => Promise<void>,
  ): Promise<StepOutcome> {
    const { kind, row: escalation } = await db.transaction((tx) =>
      rows.change(tx, id, revision, async (row) => {
        const status = after(row.status, name);
        if (!status) return undefined;
        if (name === 'reopen') await refuseTwin(tx, row);
        const changed = await rows.write(tx, row, { ...change(row), status });
        await then?.(tx, changed);
        await audit.record(tx, person, `escalation.${name}`, id);
        await telling.card(tx, changed);
        return changed;
      }),
    );
    return { kind, escalation };
  }

  /** Of the same words there is one live question: whoever opens or reopens one holds its words until it is written. */
  const holdWords = (tx: Tx, words: string) => serialize(tx, 'escalation', words);

  async function refuseTwin(tx: Tx, row: Escalation): Promise<void> {
    await holdWords(tx, row.fingerprint);
    const [twin] = await tx
      .select({ number: table.number })
      .from(table)
      .where(and(eq(table.fingerprint, row.fingerprint), inArray(table.status, STATUSES.live)));
    if (twin) throw new CourtierError('refused', texts.alreadyOpen(twin.number));
  }

  const askedBy = ({ tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>) =>
    and(eq(askers.tenantId, tenantId), eq(askers.objectId, objectId));

  /** The question that a person asked and that is one of these; undefined when there is none. */
  async function joined(handle: Db, person: Person, which: SQL | undefined): Promise<Escalation | undefined> {
    const [found] = await handle
      .select({ row: table })
      .from(table)
      .innerJoin(askers, and(eq(askers.escalationId, table.id), askedBy(person)))
      .where(which);
    return found?.row;
  }

  async function mayAsk(tx: Tx, person: Person): Promise<void> {
    const day = asDate(clock.now().subtract({ hours: 24 }));
    const [recent] = await tx
      .select({ n: count() })
      .from(askers)
      .where(and(askedBy(person), gte(askers.askedAt, day)));
    if ((recent?.n ?? 0) >= DAILY_LIMIT) throw new CourtierError('refused', texts.tooMany);
  }

  return {
    find,

    get: (id: string): Promise<Escalation> => rows.find(db, id),

    /**
     * Hands a person's words to the staff. The same words from several people are one question; the same person
     * pressing twice changes nothing. Returns the question with its number.
     */
    async open({ person, conversation, effect }: Turn, text: string): Promise<Escalation> {
      return db.transaction(async (tx) => {
        const key = fingerprint(text) || fold(text);
        await serialize(tx, 'escalations', person.tenantId, person.objectId);
        await holdWords(tx, key);
        const live = and(eq(table.fingerprint, key), inArray(table.status, STATUSES.live));
        const already = await joined(tx, person, or(eq(table.id, effect), live));
        if (already) return already;
        await mayAsk(tx, person);
        const at = now();
        const [shared] = await tx
          .update(table)
          .set({ revision: sql`${table.revision} + 1` })
          .where(live)
          .returning();
        const [opened] = shared
          ? [shared]
          : await tx
              .insert(table)
              .values({ id: effect, fingerprint: key, text, createdAt: at, updatedAt: at })
              .onConflictDoNothing()
              .returning();
        if (!opened)
          throw new CourtierError(
            'unavailable',
            "Votre question vient de changer d'état. Veuillez réessayer.",
          );
        await tx.insert(askers).values({
          escalationId: opened.id,
          ...person,
          conversationId: conversation.id,
          text,
          askedAt: at,
        });
        await audit.record(tx, person, 'escalation.open', opened.id);
        await telling.card(tx, opened);
        return opened;
      });
    },

    take: (staff: Person, id: string, revision: number) =>
      step(staff, id, revision, 'take', () => ({
        takenByTenant: staff.tenantId,
        takenById: staff.objectId,
        takenByName: staff.name,
      })),

    release: (staff: Person, id: string, revision: number) =>
      step(staff, id, revision, 'release', () => UNTAKEN),

    /** Answers everyone who asked. */
    answer: (staff: Person, id: string, revision: number, answer: string) =>
      step(
        staff,
        id,
        revision,
        'answer',
        (row) => ({
          answer,
          answeredRevision: row.revision + 1,
          takenByTenant: staff.tenantId,
          takenById: staff.objectId,
          takenByName: staff.name,
        }),
        async (tx, row) => {
          await tx.update(askers).set({ delivery: 'waiting' }).where(eq(askers.escalationId, id));
          await telling.answer(tx, id, row.revision);
        },
      ),

    close: (staff: Person, id: string, revision: number) => step(staff, id, revision, 'close', () => ({})),

    reopen: (staff: Person, id: string, revision: number) =>
      step(staff, id, revision, 'reopen', () => UNTAKEN),

    /** An asker whom the answer did not help; for anyone else the question does not exist. */
    async reopenAs(person: Person, id: string): Promise<Escalation> {
      if (!(await joined(db, person, eq(table.id, id)))) throw notFound();
      return (await step(person, id, 'any', 'reopen', () => UNTAKEN)).escalation;
    },

    async askers(id: string): Promise<Asker[]> {
      const rows = await db
        .select({ asker: askers, answeredRevision: table.answeredRevision })
        .from(askers)
        .innerJoin(table, eq(table.id, askers.escalationId))
        .where(eq(askers.escalationId, id))
        .orderBy(...IN_ORDER);
      const arrival = await telling.arrivals(id, rows[0]?.answeredRevision ?? null);
      return rows.map(({ asker }) => ({ ...asker, delivery: arrival(asker) }));
    },

    /** What was asked by whom an answer is for, or first in the room that it is for; undefined once they are forgotten. */
    async wordsFor(id: string, recipient: Recipient): Promise<Pick<Asker, 'text'> | undefined> {
      const theirs =
        recipient.kind === 'person'
          ? askedBy(recipient)
          : eq(askers.conversationId, recipient.conversationId);
      const [first] = await db
        .select({ text: askers.text })
        .from(askers)
        .where(and(eq(askers.escalationId, id), theirs))
        .orderBy(...IN_ORDER)
        .limit(1);
      return first;
    },

    /** Draws the staff's card of a question as it stands. */
    show: (id: string): Promise<void> =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(table).where(eq(table.id, id)).for('update');
        if (row) await telling.card(tx, row);
      }),

    /** A channel was designated: the questions that wait are posted there, in their order. */
    showWaiting: (): Promise<void> =>
      db.transaction(async (tx) => {
        const rows = await tx
          .select()
          .from(table)
          .where(inArray(table.status, STATUSES.live))
          .orderBy(asc(table.number));
        for (const row of rows) await telling.card(tx, row);
      }),

    /**
     * Takes over an answer that the release before gave and has not sent. When to look again, while one of its
     * processes is sending; what such a process left behind may have been received.
     */
    takeOver: (id: string): Promise<Temporal.Instant | undefined> =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(table).where(eq(table.id, id)).for('update');
        if (row?.status !== 'answered') return undefined;
        const of = (delivery: 'pending' | 'sending') =>
          and(eq(askers.escalationId, id), eq(askers.delivery, delivery));
        const left = asDate(clock.now().subtract({ seconds: CLAIM_SECONDS }));
        await tx
          .update(askers)
          .set({ delivery: 'unknown', claimedAt: null })
          .where(and(of('sending'), or(lt(askers.claimedAt, left), isNull(askers.claimedAt))));
        const ours = await tx.select({ id: askers.objectId }).from(askers).where(of('pending')).for('update');
        if (ours.length > 0) {
          await tx.update(table).set({ answeredRevision: row.revision }).where(eq(table.id, id));
          await telling.answerLeft(tx, id, row.revision);
          await tx.update(askers).set({ delivery: 'waiting' }).where(of('pending'));
        }
        const [sending] = await tx
          .select({ at: askers.claimedAt })
          .from(askers)
          .where(of('sending'))
          .limit(1);
        return sending && clock.now().add({ seconds: CLAIM_SECONDS });
      }),

    /** A page of questions by state, oldest first while they wait, newest first afterwards. */
    async page(status: Status, page: number): Promise<{ rows: Escalation[]; total: number; pages: number }> {
      const matching = inArray(table.status, STATUSES[status]);
      const [counted] = await db.select({ total: count() }).from(table).where(matching);
      const rows = await db
        .select()
        .from(table)
        .where(matching)
        .orderBy(status === 'live' ? asc(table.number) : desc(table.number))
        .limit(PAGE)
        .offset((page - 1) * PAGE);
      const total = counted?.total ?? 0;
      return { rows, total, pages: Math.max(1, Math.ceil(total / PAGE)) };
    },

    /** Marks the entry drawn from a question, in the transaction that publishes it. */
    published: (tx: Tx, id: string, revision: number, entryId: string): Promise<Changed<Escalation>> =>
      rows.change(tx, id, revision, async (row) => {
        if (row.status !== 'answered' || row.entryId !== null) return undefined;
        const changed = await rows.write(tx, row, { entryId });
        await telling.card(tx, changed);
        return changed;
      }),

    async heldOf({ tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>) {
      return db
        .select({
          number: table.number,
          text: askers.text,
          askedAt: askers.askedAt,
          status: table.status,
          answer: table.answer,
        })
        .from(askers)
        .innerJoin(table, eq(table.id, askers.escalationId))
        .where(and(eq(askers.tenantId, tenantId), eq(askers.objectId, objectId)));
    },

    /** The questions that a member of the staff has taken. */
    takenBy: ({ tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>) =>
      db
        .select({ number: table.number, text: table.text, status: table.status })
        .from(table)
        .where(and(eq(table.takenByTenant, tenantId), eq(table.takenById, objectId))),

    /** Forgets who asked; a question that nobody else asked goes with them. */
    async erase(tx: Tx, { tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>): Promise<void> {
      const theirs = and(eq(askers.tenantId, tenantId), eq(askers.objectId, objectId));
      const left = await tx.delete(askers).where(theirs).returning({ id: askers.escalationId });
      for (const { id } of left) {
        // Whoever joins it at this moment is waited for.
        await tx.select({ id: table.id }).from(table).where(eq(table.id, id)).for('update');
        const [other] = await tx
          .select({ id: askers.escalationId })
          .from(askers)
          .where(eq(askers.escalationId, id))
          .limit(1);
        if (!other) await tx.delete(table).where(eq(table.id, id));
      }
      await tx
        .update(table)
        .set(UNTAKEN)
        .where(and(eq(table.takenByTenant, tenantId), eq(table.takenById, objectId)));
    },

    async purge(): Promise<void> {
      await db
        .delete(table)
        .where(lt(table.updatedAt, asDate(clock.now().subtract({ hours: RETENTION_HOURS }))));
    },
  };
}

export type Escalations = ReturnType<typeof buildEscalations>;

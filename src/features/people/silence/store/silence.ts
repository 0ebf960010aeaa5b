import { and, asc, eq, lte, notInArray, type SQL, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Ties } from '../../../../core/routes/keeping.ts';
import { byName } from '../../../../core/rows/columns.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { type Audit, ITSELF } from '../../audit/store/audit.ts';
import { staffAudience } from '../../organizations/store/audience.ts';
import { membershipOf } from '../../organizations/store/membership-records.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { SEEN_EVERY_HOURS } from '../../roster/store/seeing.ts';
import { acting, memberships, organizations, people } from '../../tables.ts';
import { forgottenFrom, NOTICE_DAYS, SILENT_DAYS } from '../rules.ts';

const DAY_HOURS = 24;
/** What is written of a last presence is so much behind it at the most. */
const BEHIND_DAYS = SEEN_EVERY_HOURS / DAY_HOURS;
/** So many are told, or forgotten, in one transaction. */
const PIECE = 200;
/** What the notices to silent people are about. */
const ABOUT = 'silence';

type Row = typeof people.$inferSelect;

/** Somebody who is told that they are to be forgotten. */
export interface Silent {
  readonly lastSeen: Date;
  /** From when on they may be forgotten. */
  readonly from: Date;
  /** For whom they act, or asked to. */
  readonly organization: string | undefined;
}

/** A body all of whose confirmed members are about to be forgotten. */
export interface Emptying {
  readonly organization: string;
  readonly names: readonly string[];
  /** When the last of them may be. */
  readonly from: Date;
}

export interface SilenceParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly ties: () => readonly Ties[];
  /** Who is kept longer because of something else that lasts, as a condition on people. */
  readonly held: () => SQL;
  /** Administrators by configuration: object ids, or `tenant/id`. */
  readonly admins: readonly string[];
}

/** Which rows of people are silent, and whom nothing holds back, as conditions of a query. */
function buildConditions({ clock, deliveries, ties, held, admins }: SilenceParts) {
  const ago = (days: number): Date => asDate(clock.now().subtract({ hours: days * DAY_HOURS }));
  const among = (query: SQL) => sql`exists (select from (${query}) tie
    where tie.tenant_id = ${people}.tenant_id and tie.object_id = ${people}.object_id)`;
  const given = admins.map((id) => id.toLowerCase());
  const isGiven = [sql`${people.objectId}`, sql`${people.tenantId} || '/' || ${people.objectId}`];
  /** A request that nobody decided in all that time waits no more. */
  const waitingForBody = () => sql`select m.tenant_id, m.object_id from ${memberships} m
    where m.state = 'pending' and m.requested_at > ${ago(SILENT_DAYS).toISOString()}::timestamptz`;
  return {
    silentFor: (days: number) => lte(people.lastSeen, ago(days + BEHIND_DAYS)),
    /** They were told, and not seen since. */
    warned: sql`coalesce(${people.warnedAt} > ${people.lastSeen}, false)`,
    warnedFor: (days: number) => lte(people.warnedAt, ago(days)),
    /** What tells them waits still. */
    untold: () => among(deliveries.waiting(ABOUT)),
    /** No role, and nothing that they owe or are owed. */
    free: () =>
      and(
        eq(people.role, 'client'),
        ...(given.length > 0 ? isGiven.map((id) => notInArray(id, given)) : []),
        sql`not (${held()})`,
        ...[waitingForBody(), ...ties()].map((query) => sql`not ${among(query)}`),
      ),
  };
}

/** The rows of these people. */
const those = (table: typeof people | typeof memberships, rows: readonly PersonKey[]): SQL =>
  sql`(${table.tenantId}, ${table.objectId}) in (${sql.join(
    rows.map(({ tenantId, objectId }) => sql`(${tenantId}, ${objectId})`),
    sql`, `,
  )})`;

/**
 * Those who were not seen for two years, whom nothing ties, are forgotten: their name, and for whom they act. They are
 * told a month before. Each conclusion is drawn in the transaction that writes what follows from it, from rows that
 * nobody else changes meanwhile.
 */
export function buildSilence(parts: SilenceParts) {
  const { db, clock, audit, deliveries } = parts;
  const { silentFor, warned, warnedFor, untold, free } = buildConditions(parts);
  const from = (lastSeen: Date, warnedAt: Date) =>
    forgottenFrom(lastSeen, warnedAt, SILENT_DAYS + BEHIND_DAYS);

  /** Some of those to whom a condition applies, the longest silent first; whom another process holds is left to it. */
  const some = (tx: Tx, condition: SQL | undefined): Promise<Row[]> =>
    tx
      .select()
      .from(people)
      .where(and(condition, free()))
      .orderBy(asc(people.lastSeen))
      .limit(PIECE)
      .for('update', { skipLocked: true });

  /** The bodies that are about to lose their last confirmed members, by name. */
  async function emptying(on: Db = db): Promise<(Emptying & { readonly warnedAt: Date })[]> {
    const rows = await on
      .select({
        organization: organizations.name,
        names: sql<string[]>`array_agg(${people.name} order by ${byName(people.name)}, ${people.objectId})`,
        warnedAt: sql`max(${people.warnedAt})`.mapWith(people.warnedAt),
        lastSeen: sql`max(${people.lastSeen})`.mapWith(people.lastSeen),
      })
      .from(acting)
      .innerJoin(people, and(eq(people.tenantId, acting.tenantId), eq(people.objectId, acting.objectId)))
      .innerJoin(organizations, eq(organizations.id, acting.organizationId))
      .groupBy(organizations.id, organizations.name)
      .having(sql`bool_and(${and(warned, silentFor(SILENT_DAYS - NOTICE_DAYS), free())})`)
      .orderBy(byName(organizations.name), asc(organizations.id));
    return rows.map(({ organization, names, warnedAt, lastSeen }) => ({
      organization,
      names,
      warnedAt,
      from: from(lastSeen, warnedAt),
    }));
  }

  /** The staff are told, once a day at most and before anybody is forgotten, of the bodies that this would leave empty. */
  async function tellStaff(tx: Tx, now: Date, day: string): Promise<void> {
    const bodies = await emptying(tx);
    if (!bodies.some(({ warnedAt }) => warnedAt.getTime() === now.getTime())) return;
    await deliveries.address(
      tx,
      { kind: 'people.emptying', key: `silence:${day}/bodies`, about: 'silence/bodies', subject: {} },
      staffAudience(deliveries),
    );
  }

  /** Tells some of those who are to be told, and gives the whole time again to those to whom it could not be told. */
  const warnSome = (): Promise<number> =>
    db.transaction(async (tx) => {
      const due = sql`(not ${warned} or (${warnedFor(NOTICE_DAYS)} and ${untold()}))`;
      const rows = await some(tx, and(silentFor(SILENT_DAYS - NOTICE_DAYS), due));
      if (rows.length === 0) return 0;
      const now = asDate(clock.now());
      const day = brokerDate(clock.now()).toString();
      await tx.update(people).set({ warnedAt: now }).where(those(people, rows));
      const first = rows.filter(({ warnedAt, lastSeen }) => warnedAt === null || warnedAt <= lastSeen);
      await deliveries.address(
        tx,
        { kind: 'people.silence', key: `silence:${day}`, about: ABOUT, subject: {} },
        first.map(recipientOf),
      );
      await tellStaff(tx, now, day);
      return rows.length;
    });

  /** Forgets some of those whose time has passed. */
  const forgetSome = (): Promise<number> =>
    db.transaction(async (tx) => {
      const rows = await some(
        tx,
        and(warned, warnedFor(NOTICE_DAYS), silentFor(SILENT_DAYS), sql`not ${untold()}`),
      );
      if (rows.length === 0) return 0;
      await tx.delete(memberships).where(those(memberships, rows));
      await tx.delete(people).where(those(people, rows));
      await audit.recordAll(
        tx,
        ITSELF,
        'privacy.forget',
        rows.map(({ objectId }) => objectId),
      );
      return rows.length;
    });

  return {
    /** Tells whoever has been silent for nearly two years; who was told already is not told again. */
    async warn(): Promise<void> {
      while ((await warnSome()) === PIECE);
    },

    /** Forgets whoever was told, in pieces: what is done stays done when the process ends in the middle. */
    async forget(): Promise<void> {
      while ((await forgetSome()) === PIECE);
    },

    /** What somebody is told, while it is so. */
    async silenceOf(person: PersonKey): Promise<Silent | undefined> {
      const [row] = await db
        .select({ lastSeen: people.lastSeen, warnedAt: people.warnedAt })
        .from(people)
        .where(and(isPerson(people, person), warned, silentFor(SILENT_DAYS - NOTICE_DAYS), free()));
      if (!row?.warnedAt) return undefined;
      const { lastSeen, warnedAt } = row;
      const membership = await membershipOf(db, person);
      return { lastSeen, from: from(lastSeen, warnedAt), organization: membership?.organization };
    },

    emptying: (): Promise<Emptying[]> => emptying(),
  };
}

export type Silence = ReturnType<typeof buildSilence>;

import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, ne, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { BusinessDays } from '../../core/business-days.ts';
import { asDate, type Clock } from '../../core/clock.ts';
import { CourtierError, notFound } from '../../core/errors.ts';
import { newId } from '../../core/id.ts';
import type { MeetingRules } from '../../core/meeting-rules.ts';
import type { Calendar, Db, Deliveries, Interval, Queue } from '../../core/ports.ts';
import type { Person } from '../../core/turn.ts';
import type { AcquisitionFile, Files } from '../acquisitions/index.ts';
import type { Contracts, Signed } from '../contracts/index.ts';
import type { Audit, PersonKey } from '../people/index.ts';
import { aboutOf, meetingOf, type Notices } from './notices.ts';
import type { Details } from './schema.ts';
import { horizonOf, proposals, withBuffer } from './slots.ts';
import { after, type Event, type State } from './states.ts';
import { mayConfirm, type Party, STEPS, type StepStanding, standingOf } from './steps.ts';
import { confirmations, type Kickoff, kickoffs, type Slot, slots } from './tables.ts';

/** A step by somebody who saw the current card, or an older one. */
export type Outcome = { readonly kind: 'done' | 'stale'; readonly kickoff: Kickoff };

export interface KickoffParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly audit: Audit;
  readonly calendar: Calendar;
  readonly contracts: Contracts;
  readonly days: BusinessDays;
  readonly deliveries: Deliveries;
  readonly files: Files;
  readonly notices: Notices;
  readonly rules: MeetingRules;
  readonly timeZone: string;
}

/** What is known of a file's choice (guide 3.4). */
export interface Ground {
  readonly file: AcquisitionFile;
  /** What is still to be done before the meeting; empty when it may be asked for. */
  readonly missing: readonly string[];
  readonly supplierId: string;
  readonly supplierName: string;
  readonly priceCents: string;
  readonly months: number | undefined;
  readonly rcti: boolean;
}

const ATTEMPTS = 6;
/** Moments that overlap, or a second meeting of a file: what the database refuses. */
const TAKEN = ['23P01', '23505'];
const ENDED: State[] = ['signed', 'cancelled'];

const ARCHIVED = 'Ce dossier est archivé : rouvrez-le pour le changer.';
const NO_CALENDAR = 'L’agenda du Courtier ne répond pas. Réessayez dans quelques minutes.';
const BUSY = 'D’autres réservent au même moment. Réessayez dans un instant.';
const NO_MOMENT =
  'Aucun moment n’est libre dans la période prévue. Changez les plages de l’équipe, ou attendez quelques jours.';

export type Kickoffs = ReturnType<typeof buildKickoffs>;

/** The kickoff meeting and the eleven steps that lead from a choice to a signed contract (guide 3.5). */
export function buildKickoffs(parts: KickoffParts) {
  const { db, clock, queue, audit, calendar, contracts, days, deliveries, files, notices, rules, timeZone } =
    parts;
  const now = () => asDate(clock.now());
  const today = () => clock.now().toZonedDateTimeISO(timeZone).toPlainDate();

  async function find(tx: Db, id: string): Promise<Kickoff> {
    const [row] = await tx.select().from(kickoffs).where(eq(kickoffs.id, id));
    if (!row) throw notFound();
    return row;
  }

  /** The same, nobody else writing until the transaction ends. */
  async function lock(tx: Db, id: string): Promise<Kickoff> {
    const [row] = await tx.select().from(kickoffs).where(eq(kickoffs.id, id)).for('update');
    if (!row) throw notFound();
    return row;
  }

  /** A kickoff, for a member of its file; for anyone else it does not exist. */
  async function forClient(id: string, person: PersonKey, tx: Db = db): Promise<Kickoff> {
    const row = await find(tx, id);
    await files.find(row.acquisitionId, person, tx);
    return row;
  }

  async function write(
    tx: Db,
    row: Kickoff,
    event: Event | undefined,
    set: Partial<typeof kickoffs.$inferInsert>,
  ): Promise<Kickoff> {
    const state = event ? after(row.state, event) : row.state;
    if (!state) throw new CourtierError('refused', 'Cette étape est déjà passée. Rouvrez la rencontre.');
    const [changed] = await tx
      .update(kickoffs)
      .set({ ...set, state, revision: row.revision + 1, updatedAt: now() })
      .where(eq(kickoffs.id, row.id))
      .returning();
    if (!changed) throw notFound();
    return changed;
  }

  /** Changes a kickoff that is still as it was seen. */
  function change(
    person: Person,
    id: string,
    revision: number,
    event: Event,
    work: (tx: Db, row: Kickoff) => Promise<Kickoff>,
  ): Promise<Outcome> {
    return db.transaction(async (tx) => {
      const row = await lock(tx, id);
      if (row.revision !== revision || !after(row.state, event)) return { kind: 'stale', kickoff: row };
      const kickoff = await work(tx, row);
      await audit.record(tx, person, `kickoff.${event}`, id);
      return { kind: 'done', kickoff };
    });
  }

  const confirmed = (tx: Db, id: string) =>
    tx.select().from(confirmations).where(eq(confirmations.kickoffId, id)).orderBy(asc(confirmations.step));

  const standing = async (tx: Db, id: string): Promise<StepStanding[]> =>
    standingOf(await confirmed(tx, id), today(), { rules, days, timeZone });

  async function confirmIn(
    tx: Db,
    row: Kickoff,
    step: number,
    party: Party,
    by: Person | string,
  ): Promise<void> {
    const who =
      typeof by === 'string' ? { by } : { by: by.name, tenantId: by.tenantId, objectId: by.objectId };
    await tx
      .insert(confirmations)
      .values({ kickoffId: row.id, step, party, at: now(), ...who })
      .onConflictDoNothing();
    await report(tx, row);
  }

  /** Says how far the file's last step is. */
  async function report(tx: Db, row: Kickoff): Promise<void> {
    const steps = await standing(tx, row.id);
    const current = steps.find(({ state }) => state === 'current');
    await files.report(tx, row.acquisitionId, 'contract', {
      done: current === undefined,
      missing: current ? [`Étape ${current.step.number} sur ${STEPS.length} : ${current.step.title}.`] : [],
    });
  }

  /** Frees the moments of a kickoff, and those that nobody answered in time. */
  const free = (tx: Db, id?: string) =>
    tx
      .update(slots)
      .set({ state: 'released' })
      .where(
        id === undefined
          ? and(eq(slots.state, 'held'), lte(slots.expiresAt, now()))
          : and(eq(slots.kickoffId, id), ne(slots.state, 'released')),
      );

  /** What is not free: the broker's calendar, and the moments kept for anyone but this kickoff. */
  async function takenFor(id: string): Promise<Interval[]> {
    const horizon = horizonOf(clock.now(), parts);
    const kept = await db
      .select({ start: slots.startsAt, end: slots.blockedUntil })
      .from(slots)
      .where(
        and(
          or(eq(slots.state, 'booked'), and(eq(slots.state, 'held'), gt(slots.expiresAt, now()))),
          ne(slots.kickoffId, id),
          gte(slots.blockedUntil, asDate(horizon.start)),
        ),
      );
    const busy = await calendar.busy(horizon).catch((cause: unknown) => {
      throw new CourtierError('unavailable', NO_CALENDAR, cause);
    });
    return [...busy, ...kept.map(({ start, end }) => ({ start: instant(start), end: instant(end) }))];
  }

  /** Holds the next moments for a kickoff. Somebody may take one at the same time: then it looks again. */
  async function hold(id: string, work: (tx: Db) => Promise<{ row: Kickoff } | undefined>): Promise<Kickoff> {
    for (let attempt = 1; ; attempt++) {
      const taken = await takenFor(id);
      try {
        return await db.transaction(async (tx) => {
          const ready = await work(tx);
          if (!ready) return find(tx, id);
          const { row } = ready;
          const before = await tx.select().from(slots).where(eq(slots.kickoffId, id));
          const refused = before
            .filter(({ client, supplier }) => client === false || supplier === false)
            .map(({ startsAt }) => instant(startsAt));
          await free(tx);
          await free(tx, id);
          const moments = proposals(clock.now(), taken, row.details.never, refused, parts);
          if (moments.length === 0) throw new CourtierError('refused', NO_MOMENT);
          const round = row.round + 1;
          const expires = endOf(days.add(today(), rules.heldDays));
          await tx.insert(slots).values(
            moments.map((moment) => ({
              id: newId(),
              kickoffId: id,
              round,
              startsAt: asDate(moment.start),
              endsAt: asDate(moment.end),
              blockedUntil: asDate(withBuffer(moment, rules).end),
              expiresAt: asDate(expires),
            })),
          );
          const kickoff = await write(tx, row, 'propose', {
            round,
            remark: '',
            slotId: null,
            startsAt: null,
            endsAt: null,
            event: null,
            joinUrl: null,
          });
          await queue.enqueue(tx, 'kickoff.expire', { kickoff: id, round }, expires);
          await notices.client(tx, kickoff, 'choose', `round:${round}`);
          return kickoff;
        });
      } catch (error) {
        if (!isTaken(error)) throw error;
        if (attempt === ATTEMPTS) throw new CourtierError('unavailable', BUSY, error);
      }
    }
  }

  const endOf = (date: Temporal.PlainDate) =>
    date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from('17:00') }).toInstant();

  const roundOf = (tx: Db, { id, round }: Pick<Kickoff, 'id' | 'round'>): Promise<Slot[]> =>
    tx
      .select()
      .from(slots)
      .where(and(eq(slots.kickoffId, id), eq(slots.round, round)))
      .orderBy(asc(slots.startsAt));

  /** Frees the booked hour, in the calendar as well. */
  async function unbook(tx: Db, row: Kickoff): Promise<void> {
    await deliveries.cancel(tx, meetingOf(row));
    if (row.event) await queue.enqueue(tx, 'kickoff.leaveCalendar', { event: row.event });
    await free(tx, row.id);
  }

  /** What the meeting stands on: the choice, and where required, its authorization. */
  async function ground(tx: Db, id: string, person: PersonKey): Promise<Ground> {
    const file = await files.find(id, person, tx);
    const choice = (await files.fact(tx, id, 'choice')).value as
      | { supplier: string; name: string; priceCents: string }
      | undefined;
    const request = (await files.fact(tx, id, 'request')).value as { durationMonths?: number } | undefined;
    const eligibility = (await files.fact(tx, id, 'eligibility')).value as { rcti?: boolean } | undefined;
    const reported = (await files.fact(tx, id, 'step:choice')).value as { missing?: string[] } | undefined;
    const missing = reported?.missing ?? ['Comparez les scénarios et choisissez un fournisseur.'];
    return {
      file,
      missing: file.state === 'open' ? missing : [ARCHIVED],
      supplierId: choice?.supplier ?? '',
      supplierName: choice?.name ?? '',
      priceCents: choice?.priceCents ?? '0',
      months: request?.durationMonths,
      rcti: eligibility?.rcti ?? false,
    };
  }

  /** No moment suits and none is left: the staff take over. */
  const exhausted = (id: string, round: number): Promise<Kickoff> =>
    db.transaction(async (tx) => {
      const row = await lock(tx, id);
      if (row.state !== 'proposed' || row.round !== round) return row;
      await free(tx, id);
      const kickoff = await write(tx, row, 'release', {});
      await notices.staff(tx, kickoff, 'noMoment', `round:${round}`);
      return kickoff;
    });

  /** Proposes the moments that follow those of a round, or gives over to the staff when there are none left. */
  async function advance(id: string, round: number): Promise<Kickoff> {
    try {
      return await hold(id, async (tx) => {
        const row = await lock(tx, id);
        return row.state === 'proposed' && row.round === round ? { row } : undefined;
      });
    } catch (error) {
      if (!(error instanceof CourtierError) || error.kind !== 'refused') throw error;
      return exhausted(id, round);
    }
  }

  return {
    rules,
    today,
    find: (id: string) => find(db, id),
    forClient: (id: string, person: PersonKey) => forClient(id, person),

    /** The kickoff under way, or done, of a file. */
    async ofFile(file: string): Promise<Kickoff | undefined> {
      const [row] = await db
        .select()
        .from(kickoffs)
        .where(and(eq(kickoffs.acquisitionId, file), ne(kickoffs.state, 'cancelled')));
      return row;
    },

    ground: (id: string, person: PersonKey): Promise<Ground> => ground(db, id, person),

    /** Asks for the meeting, or answers what the staff asked: one request of a file at a time. */
    async request(person: Person, fileId: string, details: Details): Promise<Kickoff> {
      return db.transaction(async (tx) => {
        const known = await ground(tx, fileId, person);
        if (known.missing.length > 0)
          throw new CourtierError(
            'refused',
            known.missing[0] ?? 'La rencontre ne peut pas encore être demandée.',
          );
        const [held] = await tx
          .select()
          .from(kickoffs)
          .where(and(eq(kickoffs.acquisitionId, fileId), ne(kickoffs.state, 'cancelled')))
          .for('update');
        const { supplierId, supplierName, rcti } = known;
        if (held) {
          if (!after(held.state, 'answer'))
            throw new CourtierError(
              'refused',
              'La rencontre est déjà en cours : écrivez à l’équipe pour changer la demande.',
            );
          const row = await write(tx, held, 'answer', { details, supplierId, supplierName, rcti });
          await notices.staff(tx, row, 'answered', `revision:${row.revision}`);
          return row;
        }
        const { tenantId: requesterTenant, objectId: requesterId, name: requesterName } = person;
        const [row] = await tx
          .insert(kickoffs)
          .values({
            id: newId(),
            acquisitionId: fileId,
            supplierId,
            supplierName,
            rcti,
            details,
            requesterTenant,
            requesterId,
            requesterName,
            createdAt: now(),
            updatedAt: now(),
          })
          .returning();
        if (!row) throw new Error('kickoff not written');
        await confirmIn(tx, row, 1, 'client', person);
        await files.record(tx, fileId, person, `Rencontre de démarrage demandée avec ${supplierName}.`);
        await notices.staff(tx, row, 'requested', 'requested');
        return row;
      });
    },

    /** A page of the requests that are not ended, the late ones alone if wanted: the latest change first. */
    async page(page: number, size: number): Promise<{ rows: Kickoff[]; total: number }> {
      const where = and(ne(kickoffs.state, 'cancelled'), ne(kickoffs.state, 'signed'));
      const [counted] = await db.select({ total: count() }).from(kickoffs).where(where);
      const rows = await db
        .select()
        .from(kickoffs)
        .where(where)
        .orderBy(desc(kickoffs.updatedAt))
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },

    /** Every kickoff whose steps go on, for finding what is late. */
    underWay: (): Promise<Kickoff[]> =>
      db
        .select()
        .from(kickoffs)
        .where(inArray(kickoffs.state, ['requested', 'asked', 'proposed', 'booked', 'held'])),

    standing: (row: Pick<Kickoff, 'id'>) => standing(db, row.id),
    confirmed: (row: Pick<Kickoff, 'id'>) => confirmed(db, row.id),
    /** The moments proposed now, in order. */
    slots: (row: Kickoff) => roundOf(db, row),

    /** A member of the staff looks after it from now on. */
    take: (staff: Person, id: string): Promise<Kickoff> =>
      db.transaction(async (tx) => {
        const row = await lock(tx, id);
        if (ENDED.includes(row.state)) throw notFound();
        const { tenantId: takenTenant, objectId: takenId, name: takenName } = staff;
        await audit.record(tx, staff, 'kickoff.take', id);
        return write(tx, row, undefined, { takenTenant, takenId, takenName });
      }),

    /** Asks the client for more. */
    ask: (staff: Person, id: string, revision: number, question: string): Promise<Outcome> =>
      change(staff, id, revision, 'ask', async (tx, row) => {
        await confirmIn(tx, row, 2, 'broker', staff);
        const asked = await write(tx, row, 'ask', { question });
        await notices.client(tx, asked, 'asked', `asked:${asked.revision}`);
        return asked;
      }),

    /** Holds moments that suit the broker and the client, and asks both others to choose. */
    async propose(staff: Person, id: string, revision: number): Promise<Outcome> {
      let stale = false;
      const kickoff = await hold(id, async (tx) => {
        const row = await lock(tx, id);
        stale = row.revision !== revision || !after(row.state, 'propose');
        if (stale) return undefined;
        if (row.state === 'booked') await unbook(tx, row);
        await confirmIn(tx, row, 2, 'broker', staff);
        await audit.record(tx, staff, 'kickoff.propose', id);
        return { row };
      });
      return { kind: stale ? 'stale' : 'done', kickoff };
    },

    /**
     * What a party can do of the moments of a round. Once both answered, the first that suits both is booked; where
     * none does, the next ones are proposed. An answer to an older round changes nothing.
     */
    async choose(
      party: 'client' | 'supplier',
      id: string,
      round: number,
      chosen: readonly string[],
      remark = '',
    ): Promise<Outcome> {
      let kind: Outcome['kind'] = 'done';
      const answered = await db.transaction(async (tx) => {
        const row = await lock(tx, id);
        if (row.state !== 'proposed' || row.round !== round) {
          kind = 'stale';
          return { kickoff: row, next: false };
        }
        const moments = (await roundOf(tx, row)).filter(
          ({ state, expiresAt }) => state === 'held' && expiresAt > now(),
        );
        if (moments.length === 0) throw new CourtierError('refused', 'Ces moments ne sont plus réservés.');
        for (const { id: slot } of moments)
          await tx
            .update(slots)
            .set({ [party]: chosen.includes(slot) })
            .where(eq(slots.id, slot));
        const noted = party === 'supplier' ? await write(tx, row, undefined, { remark }) : row;
        const heard = await roundOf(tx, row);
        const all = heard.find(({ state, client, supplier }) => state === 'held' && client && supplier);
        if (all) return { kickoff: await book(tx, noted, all), next: false };
        const both =
          heard.some(({ client }) => client !== null) && heard.some(({ supplier }) => supplier !== null);
        const next = both || chosen.length === 0;
        if (next) await queue.enqueue(tx, 'kickoff.advance', { kickoff: id, round });
        return { kickoff: noted, next };
      });
      if (!answered.next) return { kind, kickoff: answered.kickoff };
      // At once if it can be done; else the job that was enqueued does it.
      const kickoff = await advance(id, round).catch(() => find(db, id));
      return { kind, kickoff };
    },

    advance,

    /** The moments of a round were not answered in time. */
    expire: (id: string, round: number): Promise<void> =>
      db.transaction(async (tx) => {
        const row = await lock(tx, id);
        if (row.state !== 'proposed' || row.round !== round) return;
        await free(tx, id);
        const kickoff = await write(tx, row, 'release', {});
        await notices.staff(tx, kickoff, 'expired', `round:${round}`);
        await notices.client(tx, kickoff, 'expired', `round:${round}`);
      }),

    /** The meeting's hour does not suit any more: other moments are proposed. */
    async move(by: Person | 'supplier', id: string, revision: number): Promise<Outcome> {
      let stale = false;
      const kickoff = await hold(id, async (tx) => {
        const row = await lock(tx, id);
        stale = row.revision !== revision || row.state !== 'booked';
        if (stale) return undefined;
        await tx
          .update(slots)
          .set(by === 'supplier' ? { supplier: false } : { client: false })
          .where(and(eq(slots.kickoffId, id), eq(slots.state, 'booked')));
        await unbook(tx, row);
        if (by !== 'supplier') await audit.record(tx, by, 'kickoff.move', id);
        await notices.staff(tx, row, 'moved', `moved:${row.slotId}`);
        return { row };
      });
      return { kind: stale ? 'stale' : 'done', kickoff };
    },

    /** Gives the meeting up: moments and reminders with it. The file may ask for another one. */
    cancel: (person: Person, id: string, revision: number): Promise<Outcome> =>
      change(person, id, revision, 'cancel', async (tx, row) => {
        await unbook(tx, row);
        await deliveries.cancel(tx, aboutOf(row));
        const cancelled = await write(tx, row, 'cancel', {});
        await files.report(tx, row.acquisitionId, 'contract', { done: false, missing: [] });
        await notices.client(tx, cancelled, 'cancelled', 'cancelled');
        await notices.staff(tx, cancelled, 'cancelled', 'cancelled');
        return cancelled;
      }),

    /** What the calendar answered; forgotten when the meeting moved meanwhile. */
    async entered(id: string, slot: string, event: string, joinUrl: string | undefined): Promise<boolean> {
      const kept = await db
        .update(kickoffs)
        .set({ event, joinUrl: joinUrl ?? null })
        .where(and(eq(kickoffs.id, id), eq(kickoffs.slotId, slot), eq(kickoffs.state, 'booked')))
        .returning({ id: kickoffs.id });
      return kept.length === 1;
    },

    /** « A-t-elle eu lieu ? » : yes opens the next steps, no lets another hour be found. */
    tookPlace: (by: Person, id: string, slot: string, yes: boolean): Promise<Outcome> =>
      db.transaction(async (tx) => {
        const row = await lock(tx, id);
        if (row.state !== 'booked' || row.slotId !== slot) return { kind: 'stale', kickoff: row };
        if (!row.startsAt || row.startsAt > now())
          throw new CourtierError('refused', 'La rencontre n’a pas encore commencé.');
        await audit.record(tx, by, yes ? 'kickoff.held' : 'kickoff.missed', id);
        if (!yes) {
          await unbook(tx, row);
          const kickoff = await write(tx, row, 'release', {
            slotId: null,
            startsAt: null,
            endsAt: null,
            event: null,
            joinUrl: null,
          });
          await notices.staff(tx, kickoff, 'missed', `missed:${slot}`);
          return { kind: 'done', kickoff };
        }
        await deliveries.cancel(tx, meetingOf(row));
        await confirmIn(tx, row, 2, 'broker', by);
        await confirmIn(tx, row, 3, 'broker', by);
        const kickoff = await write(tx, row, 'hold', {});
        await tellTurn(tx, kickoff);
        return { kind: 'done', kickoff };
      }),

    /** Confirms a party's part of the current step. What is not theirs, or not yet, changes nothing. */
    async confirm(party: Party, by: Person | string, id: string, step: number): Promise<Outcome> {
      const outcome = await db.transaction<Outcome>(async (tx) => {
        const row = await lock(tx, id);
        if (row.state !== 'held' || !mayConfirm(await standing(tx, id), step, party))
          return { kind: 'stale', kickoff: row };
        if (step === STEPS.length && !(await contracts.ofFile(row.acquisitionId, tx)))
          throw new CourtierError('refused', 'Notez d’abord le contrat signé.');
        await confirmIn(tx, row, step, party, by);
        if (typeof by !== 'string') await audit.record(tx, by, `kickoff.step${step}.${party}`, id);
        const done = (await standing(tx, id)).every(({ state }) => state === 'done');
        const kickoff = await write(tx, row, done ? 'sign' : undefined, {});
        await tellTurn(tx, kickoff);
        return { kind: 'done', kickoff };
      });
      // Its copy to the broker is a duty of the contract too.
      const contract = await contracts.ofFile(outcome.kickoff.acquisitionId);
      if (outcome.kind === 'done' && outcome.kickoff.state === 'signed' && contract && typeof by !== 'string')
        await contracts.complete(by, contract.id, 'copy', today().toString());
      return outcome;
    },

    /** The contract that came of it, once it is noted. */
    contractOf: (row: Kickoff) => contracts.ofFile(row.acquisitionId),

    /** Notes the contract once both signed it: the eleventh step is then its copy to the broker. */
    async sign(person: Person, id: string, signed: z.output<typeof Signed>): Promise<Outcome> {
      const row = await forClient(id, person);
      if (!mayConfirm(await standing(db, id), STEPS.length, 'client')) return { kind: 'stale', kickoff: row };
      const others = await files.members(row.acquisitionId);
      const { supplierId: supplier, supplierName: name, rcti, details } = row;
      const title = await files.nameOf(row.acquisitionId);
      const offers = details.components;
      await contracts.create(
        person,
        { ...signed, supplier, rcti, title, offers },
        { acquisition: row.acquisitionId, others, name },
      );
      return { kind: 'done', kickoff: row };
    },

    heldOf: ({ tenantId, objectId }: PersonKey) =>
      db
        .select({
          rencontre: kickoffs.number,
          etat: kickoffs.state,
          demande: kickoffs.details,
          le: kickoffs.createdAt,
        })
        .from(kickoffs)
        .where(and(eq(kickoffs.requesterTenant, tenantId), eq(kickoffs.requesterId, objectId))),

    async erase(tx: Db, { tenantId, objectId }: PersonKey): Promise<void> {
      const erased = 'Une personne effacée';
      await tx
        .update(kickoffs)
        .set({ requesterId: '', requesterName: erased })
        .where(and(eq(kickoffs.requesterTenant, tenantId), eq(kickoffs.requesterId, objectId)));
      await tx
        .update(kickoffs)
        .set({ takenTenant: null, takenId: null, takenName: null })
        .where(and(eq(kickoffs.takenTenant, tenantId), eq(kickoffs.takenId, objectId)));
      await tx
        .update(confirmations)
        .set({ objectId: '', by: erased })
        .where(and(eq(confirmations.tenantId, tenantId), eq(confirmations.objectId, objectId)));
    },

    /** Forgets cancelled requests after a year, and moments that were let go. */
    async purge(): Promise<void> {
      const before = asDate(clock.now().subtract({ hours: 24 * 365 }));
      await db.delete(kickoffs).where(and(eq(kickoffs.state, 'cancelled'), lt(kickoffs.updatedAt, before)));
      await db.delete(slots).where(and(eq(slots.state, 'released'), lt(slots.endsAt, before)));
    },
  };

  async function book(tx: Db, row: Kickoff, slot: Slot): Promise<Kickoff> {
    await tx.update(slots).set({ state: 'booked' }).where(eq(slots.id, slot.id));
    await tx
      .update(slots)
      .set({ state: 'released' })
      .where(and(eq(slots.kickoffId, row.id), eq(slots.state, 'held')));
    const { startsAt, endsAt } = slot;
    const kickoff = await write(tx, row, 'book', { slotId: slot.id, startsAt, endsAt });
    await queue.enqueue(tx, 'kickoff.enterCalendar', { kickoff: row.id, slot: slot.id });
    await notices.booked(tx, kickoff);
    return kickoff;
  }

  /** Tells whoever the current step waits for. */
  async function tellTurn(tx: Db, row: Kickoff): Promise<void> {
    const current = (await standing(tx, row.id)).find(({ state }) => state === 'current');
    if (!current) {
      await notices.staff(tx, row, 'signed', 'signed');
      return;
    }
    const mark = `step:${current.step.number}`;
    if (current.waiting.includes('client')) await notices.client(tx, row, 'turn', mark);
    if (current.waiting.some((party) => party !== 'client')) await notices.staff(tx, row, 'turn', mark);
  }
}

const instant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime());

/** The database refused what somebody else took at the same time. */
function isTaken(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return TAKEN.includes(code ?? '') || TAKEN.includes(cause?.code ?? '');
}

import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import { wrongField } from '../../../../core/cards/refused.ts';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { brokerDate, startOfDay } from '../../../../core/time/business-days.ts';
import type { Person, Turn } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import { versionsInForce } from '../../fiche/store/in-force.ts';
import { lockSuppliers } from '../../fiche/store/publishing.ts';
import type { Digests } from '../../following/store/digests.ts';
import type { RelianceNews } from '../../following/store/reliance-news.ts';
import type { Announcements } from '../../publishing/store/announcements.ts';
import { measures } from '../../tables.ts';
import { decidedChange, decidedText, type Measure } from '../rules/measure.ts';
import { type MeasureRow, standing } from './records.ts';

interface MeasuringPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly announcements: Announcements;
  readonly digests: Digests;
  readonly reliance: RelianceNews;
  readonly tellStaffOfDay: (tx: Tx, day: string) => Promise<void>;
}

export interface Decision {
  readonly supplier: string;
  /** Undefined for all of the supplier's. */
  readonly offer: string | undefined;
  readonly kind: Measure['kind'];
  readonly reason: string;
  /** Of a withdrawal: from which day. */
  readonly from: string | undefined;
}

/** What is read of what was decided. */
function reading(db: Db, clock: Clock) {
  const now = () => asDate(clock.now());
  return {
    /** What holds of a supplier, or is to hold: a page, the latest first. */
    async page(supplier: string, wanted: number, size: number): Promise<Page<MeasureRow>> {
      const theirs = standing(now(), [supplier]);
      const total = await db.$count(measures, theirs);
      const page = nearestPage(wanted, total, size);
      const rows = await db
        .select()
        .from(measures)
        .where(theirs)
        .orderBy(sql`${measures.createdAt} desc, ${measures.id}`)
        .limit(size)
        .offset((page - 1) * size);
      return pageAt(rows, page, total, size);
    },

    /** What was decided, in a sentence with its reason; undefined where it is not known. */
    async said(id: string, ended: boolean): Promise<string | undefined> {
      const [row] = await db.select().from(measures).where(eq(measures.id, id));
      if (!row) return undefined;
      const [version] = await versionsInForce(db, now(), [row.supplierId]);
      return version && decidedText(row, version.content, ended);
    },

    /** Of some suppliers, what is decided of all their offers. */
    ofSuppliers: async (suppliers: readonly string[]): Promise<Map<string, MeasureRow>> => {
      if (suppliers.length === 0) return new Map();
      const rows = await db
        .select()
        .from(measures)
        .where(and(standing(now(), suppliers), isNull(measures.offerId)))
        .orderBy(measures.startsAt);
      return new Map(rows.map((row) => [row.supplierId, row]));
    },
  };
}

/** What the broker decided of offers of a fiche, or the end of it. */
interface Decided {
  readonly measure: MeasureRow;
  readonly fiche: Fiche;
  readonly ended: boolean;
}

/** What became of the end of a decision. */
interface Lifted {
  readonly row: MeasureRow;
  /** False when somebody ended it first. */
  readonly done: boolean;
  /** Whether another decision holds now of some of the same offers. */
  readonly held: boolean;
}

/** What else holds of the offers that a measure is about. */
const alsoHolds = ({ supplierId, offerId }: MeasureRow, at: Date) =>
  and(
    standing(at, [supplierId]),
    lte(measures.startsAt, at),
    offerId === null ? undefined : or(isNull(measures.offerId), eq(measures.offerId, offerId)),
  );

/** How what was decided is told. */
function telling({ clock, announcements, digests, reliance, tellStaffOfDay }: MeasuringPorts) {
  /** Those who calculate with the fiches do so again. */
  const changed = (tx: Tx, decided: readonly Decided[]) =>
    announcements.changed(
      tx,
      decided.map(({ measure, fiche, ended }) => ({
        supplier: fiche.supplier.id,
        version: fiche.version,
        previous: fiche.version,
        act: {
          measure: measure.id,
          ended,
          offers: [...(decidedChange(measure, fiche, ended).act?.offers ?? [])],
        },
      })),
    );

  /** Tells followers, those who rely on it and the staff what was decided: once, when it is. */
  async function tell(
    tx: Tx,
    measure: MeasureRow,
    fiche: Fiche,
    ended: boolean,
    wave: string,
  ): Promise<void> {
    const change = decidedChange(measure, fiche, ended);
    await digests.joinDay(tx, change);
    await reliance.tell(tx, wave, change);
    await tellStaffOfDay(tx, brokerDate(clock.now()).toString());
    if (measure.startsAt <= asDate(clock.now())) await changed(tx, [{ measure, fiche, ended }]);
  }

  /** The day of some came: those who calculate with the fiches do so again. */
  async function begin(tx: Tx, due: readonly MeasureRow[]): Promise<void> {
    if (due.length === 0) return;
    const ids = due.map(({ supplierId }) => supplierId);
    const versions = await versionsInForce(tx, asDate(clock.now()), ids);
    const fiches = new Map(versions.map(({ supplierId, content }) => [supplierId, content]));
    const decided = due.flatMap((measure): Decided[] => {
      const fiche = fiches.get(measure.supplierId);
      // An example may be gone meanwhile: nobody calculates with it.
      return fiche ? [{ measure, fiche, ended: false }] : [];
    });
    await changed(tx, decided);
  }

  return { begin, tell };
}

/** From when a decision holds: a suspension, at once; a withdrawal, from its day. */
function startOf({ kind, from }: Decision, clock: Clock): Date {
  const today = brokerDate(clock.now()).toString();
  if (kind === 'suspended' || !from || from === today) return asDate(clock.now());
  if (from < today) throw wrongField('from', 'Donnez la date d’aujourd’hui, ou une date à venir.');
  return asDate(startOfDay(Temporal.PlainDate.from(from)));
}

/** Offers and suppliers that the broker suspends or withdraws, and takes up again: what fiches say stays as it is. */
export function buildMeasuring(ports: MeasuringPorts) {
  const { db, clock, audit, reliance } = ports;
  const { begin, tell } = telling(ports);
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now()).toString();

  async function ficheOf(from: Db, supplier: string): Promise<Fiche> {
    const [version] = await versionsInForce(from, now(), [supplier]);
    if (!version) throw notFound();
    return version.content;
  }

  /** Refuses, beside its field, what cannot be decided: no offer of the catalogue, a day that is past, or decided already. */
  async function mustApply(tx: Tx, decision: Decision): Promise<Fiche> {
    const { supplier, offer, kind } = decision;
    const fiche = await ficheOf(tx, supplier);
    if (offer !== undefined && !fiche.offers.some(({ id, status }) => id === offer && status !== 'withdrawn'))
      throw wrongField('offer', 'Choisissez une offre qui est au catalogue.');
    const same = and(
      standing(now(), [supplier]),
      offer === undefined ? isNull(measures.offerId) : eq(measures.offerId, offer),
      eq(measures.kind, kind),
    );
    if ((await tx.$count(measures, same)) > 0)
      throw new CourtierError('refused', 'C’est déjà décidé : voyez ci-dessus.');
    startOf(decision, clock);
    return fiche;
  }

  /** Decides it, in somebody's name, of a supplier that nobody else changes meanwhile; it is told. */
  async function make(tx: Tx, person: Person, id: string, decision: Decision): Promise<MeasureRow> {
    const fiche = await mustApply(tx, decision);
    const { supplier, offer, kind, reason } = decision;
    const wave = await reliance.wave(tx);
    const startsAt = startOf(decision, clock);
    const [row] = await tx
      .insert(measures)
      .values({
        ...{ id, kind, reason, startsAt, wave },
        supplierId: supplier,
        offerId: offer ?? null,
        madeOn: today(),
        appliedAt: startsAt <= now() ? now() : null,
        createdAt: now(),
      })
      .returning();
    if (!row) throw notFound();
    await audit.record(tx, person, `fiche.${kind === 'suspended' ? 'suspend' : 'withdraw'}`, named(row));
    await tell(tx, row, fiche, false, wave);
    return row;
  }

  return {
    ...reading(db, clock),

    /** Suspends or withdraws, once: what is suspended already is not suspended again. */
    decide: (turn: Turn, decision: Decision): Promise<MeasureRow> =>
      db.transaction(async (tx) => {
        await lockSuppliers(tx, [decision.supplier]);
        const [again] = await tx.select().from(measures).where(eq(measures.id, turn.effect));
        return again ?? make(tx, turn.person, turn.effect, decision);
      }),

    make,
    mustApply,

    /** Ends it: what was suspended or withdrawn is offered again, as its fiche says, unless something else holds of it. */
    lift: (turn: Turn, id: string, endReason: string): Promise<Lifted> =>
      db.transaction(async (tx) => {
        const [found] = await tx.select().from(measures).where(eq(measures.id, id)).for('update');
        if (!found) throw notFound();
        if (found.endedAt) return { row: found, done: false, held: false };
        await lockSuppliers(tx, [found.supplierId]);
        const wave = await reliance.wave(tx);
        const [row] = await tx
          .update(measures)
          .set({
            endedAt: now(),
            endedOn: today(),
            endReason,
            endWave: wave,
            appliedAt: found.appliedAt ?? now(),
          })
          .where(eq(measures.id, id))
          .returning();
        if (!row) throw notFound();
        await audit.record(tx, turn.person, 'fiche.lift', named(row));
        await tell(tx, row, await ficheOf(tx, row.supplierId), true, wave);
        return { row, done: true, held: (await tx.$count(measures, alsoHolds(row, now()))) > 0 };
      }),

    /** The day of a withdrawal came: those who calculate with the fiche do so again. */
    applyDue: (): Promise<void> =>
      db.transaction(async (tx) => {
        const due = await tx
          .update(measures)
          .set({ appliedAt: now() })
          .where(and(isNull(measures.appliedAt), lte(measures.startsAt, now())))
          .returning();
        await begin(tx, due);
      }),
  };
}

const named = ({ supplierId, offerId, id }: MeasureRow): string =>
  [supplierId, offerId, id].filter(Boolean).join(' ');

export type Measuring = ReturnType<typeof buildMeasuring>;

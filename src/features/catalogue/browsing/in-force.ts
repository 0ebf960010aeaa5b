import { asDate, type Clock } from '../../../core/clock.ts';
import type { Db } from '../../../core/ports/db.ts';
import { TooLate, within } from '../../../core/process/within.ts';
import { batched } from '../../../core/rows/batched.ts';
import { databaseTrouble } from '../../../core/rows/database-trouble.ts';

import { nextEffect, revisionOf, versionsInForce } from '../fiche/store/in-force.ts';
import { measured } from '../measuring/rules/measure.ts';
import { measuresOf } from '../measuring/store/records.ts';
import { buildView, type CatalogueView } from './rules/view.ts';

const PATIENCE_MS = 1_000;
/** How long what was read is known to be so, without asking: a little more than from one look of a process to the next. */
const FRESH_MS = 6_000;

const CATALOGUE = 'catalogue';
/** Asked for by many at once, it is asked of the database once. */
const revisionsOf = batched(
  async (from) => [await revisionOf(from)],
  () => CATALOGUE,
);

/** A view of the catalogue, and until when it is in force for lack of a change. */
interface Found {
  readonly until: Date | undefined;
  readonly view: CatalogueView;
}

/** A view, and when it was last seen to be in force. */
interface Kept extends Found {
  readonly revision: string;
  seenAt: number;
}

interface Reading {
  readonly revision: string;
  readonly since: Date;
  readonly found: Promise<Found>;
}

/** The catalogue in force. It is kept in memory until something changes it. */
export function buildInForce(db: Db, clock: Clock, isCommonWord: (word: string) => boolean) {
  let kept: Kept | undefined;
  /** How often something changed here: what was asked for before that has not been seen since. */
  let changes = 0;
  /** What is being read, for whoever else asks through the same handle meanwhile: it is read, and put together, once. */
  const reading = new WeakMap<Db, Reading>();
  const inForce = (now: Date): Kept | undefined => (!kept?.until || now < kept.until ? kept : undefined);

  async function current(from: Db = db): Promise<CatalogueView> {
    const now = asDate(clock.now());
    const asked = changes;
    // What a transaction sees, it may undo.
    const seenAt = () => (asked === changes && from === db ? now.getTime() : Number.NEGATIVE_INFINITY);
    const [revision = ''] = await revisionsOf(from, CATALOGUE);
    const standing = inForce(now);
    if (standing?.revision === revision) {
      standing.seenAt = seenAt();
      return standing.view;
    }
    const found = await readOnce(from, revision, now);
    kept = { revision, ...found, seenAt: seenAt() };
    // A version may have taken effect since whoever read it began.
    return found.until && now >= found.until ? current(from) : found.view;
  }

  async function read(from: Db, now: Date): Promise<Found> {
    const versions = await versionsInForce(from, now);
    const measures = await measuresOf(from);
    const until = await nextEffect(from, now);
    const asDecided = versions.map((version) => ({
      ...version,
      content: measured(version.content, measures, now),
    }));
    return { until, view: buildView(asDecided, isCommonWord) };
  }

  /** The same for all who ask at one moment; whoever comes a second later does not wait for a connection that is lost. */
  async function readOnce(from: Db, revision: string, now: Date): Promise<Found> {
    const known = reading.get(from);
    const joins = known?.revision === revision && now.getTime() - known.since.getTime() < PATIENCE_MS;
    const under = joins ? known : { revision, since: now, found: read(from, now) };
    reading.set(from, under);
    try {
      return await under.found;
    } finally {
      if (reading.get(from) === under) reading.delete(from);
    }
  }

  return {
    /** The catalogue in force now. Within a transaction, pass it on: the embedded database has one connection. */
    current,

    /** Asks what is in force: every few seconds, so that no message has to. */
    refresh: async (): Promise<void> => void (await current()),

    /** Something was published or decided here: whoever reads next asks for it. */
    changed(): void {
      changes++;
      if (kept) kept.seenAt = Number.NEGATIVE_INFINITY;
    },

    /**
     * The catalogue as it was seen a few seconds ago, or else as it is in force; when the database does not answer within
     * a second, the last one known, or undefined.
     */
    async known(): Promise<CatalogueView | undefined> {
      const now = asDate(clock.now());
      const standing = inForce(now);
      if (standing && now.getTime() - standing.seenAt < FRESH_MS) return standing.view;
      try {
        return await within(PATIENCE_MS, () => current());
      } catch (error) {
        if (error instanceof TooLate || databaseTrouble(error)) return kept?.view;
        throw error;
      }
    },
  };
}

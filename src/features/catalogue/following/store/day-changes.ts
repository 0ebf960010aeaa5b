import { asc, eq } from 'drizzle-orm';
import type { Db } from '../../../../core/ports.ts';
import { browse } from '../../browsing/rules/browse.ts';
import { correctedChange } from '../../correcting/rules/news.ts';
import { madeOf } from '../../correcting/store/records.ts';
import { categoriesOf, differenceOf } from '../../fiche/rules/difference.ts';
import { fichesAmong } from '../../fiche/store.ts';
import { type InForce, listOfTopic } from '../../screens/schema.ts';
import { digestChanges } from '../../tables.ts';
import type { DayChange } from '../rules/day-change.ts';

export type { DayChange } from '../rules/day-change.ts';

/** What a change is about: the categories that it touches, all of the fiche's for a new supplier. */
export const topicsOf = ({ fiche, difference }: DayChange): readonly string[] =>
  difference?.categories ?? [...new Set(fiche.offers.flatMap(categoriesOf))];

/** Whether a change touches an offer that a saved list holds now. */
export function touchesList({ fiche, difference }: DayChange, topic: string): boolean {
  const criteria = listOfTopic(topic);
  const touched = difference && new Set(difference.changes.flatMap(({ offer }) => offer ?? []));
  const offers = fiche.offers
    .filter(({ id, status }) => status !== 'withdrawn' && (touched?.has(id) ?? true))
    .map((offer) => ({ offer, fiche }));
  return criteria !== undefined && browse({ offers }, criteria).length > 0;
}

/** What versions that take effect change. */
export async function changesOf(on: Db, events: readonly InForce[]): Promise<DayChange[]> {
  const fiches = await fichesAmong(
    on,
    events.flatMap(({ supplier, version, previous }) => [
      { supplier, version },
      ...(previous === null ? [] : [{ supplier, version: previous }]),
    ]),
  );
  return events.flatMap(({ supplier, version, previous }) => {
    const fiche = fiches(supplier, version);
    const basis = previous === null ? undefined : fiches(supplier, previous);
    return fiche ? [{ fiche, difference: basis && differenceOf(basis, fiche) }] : [];
  });
}

/** A day's changes are the same for all its recipients: read once, and again when one joins them. */
export function buildDayChanges(db: Db): (day: string) => Promise<DayChange[]> {
  let latest: { readonly key: string; readonly changes: Promise<DayChange[]> } | undefined;
  return async (day) => {
    const rows = await db
      .select()
      .from(digestChanges)
      .where(eq(digestChanges.day, day))
      .orderBy(asc(digestChanges.supplierId));
    const corrected = await madeOf(db, { day });
    const key = JSON.stringify([
      rows,
      corrected.map(({ fiche, edition }) => [fiche.supplier.id, fiche.version, edition]),
    ]);
    if (latest?.key !== key) {
      const events = rows.map(({ supplierId, version, previous }) => ({
        supplier: supplierId,
        version,
        previous,
      }));
      const read = {
        key,
        changes: changesOf(db, events).then((changes) => [...changes, ...corrected.map(correctedChange)]),
      };
      latest = read;
      read.changes.catch(() => {
        if (latest === read) latest = undefined;
      });
    }
    return latest.changes;
  };
}

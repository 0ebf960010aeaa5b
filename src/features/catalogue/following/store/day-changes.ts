import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../../core/ports/db.ts';
import { readRows } from '../../../../core/rows/raw.ts';
import { browse } from '../../browsing/rules/browse.ts';
import { correctedChange } from '../../correcting/rules/news.ts';
import { madeOf } from '../../correcting/store/records.ts';
import { categoriesOf, differenceOf } from '../../fiche/rules/difference.ts';
import { fichesAmong } from '../../fiche/store/history.ts';
import { versionsInForce } from '../../fiche/store/in-force.ts';
import { decidedChange } from '../../measuring/rules/measure.ts';
import { decidedOn } from '../../measuring/store/records.ts';
import { InForce, listOfTopic } from '../../screens/schema.ts';
import { corrections, digestChanges, measures } from '../../tables.ts';
import type { DayChange } from '../rules/day-change.ts';

export type { DayChange } from '../rules/day-change.ts';

/** What a change is about: the categories that it touches, all of the fiche's for a new supplier. */
export const topicsOf = ({ fiche, difference }: DayChange): readonly string[] =>
  difference?.categories ?? [...new Set(fiche.offers.flatMap(categoriesOf))];

/** Whether a change touches an offer that a saved list holds now. */
export function touchesList({ fiche, difference, act }: DayChange, topic: string): boolean {
  const criteria = listOfTopic(topic);
  const changed = difference?.changes.flatMap(({ offer }) => offer ?? []);
  const about = act?.offers ?? changed;
  const touched = about && new Set(about);
  const offers = fiche.offers
    .filter(({ id, status }) => status !== 'withdrawn' && (touched?.has(id) ?? true))
    .map((offer) => ({ offer, fiche }));
  return criteria !== undefined && browse({ offers }, criteria).length > 0;
}

/** What was decided of offers, each with the fiche that it is about, as it was published last. */
export async function decidedChanges(
  on: Db,
  decided: Awaited<ReturnType<typeof decidedOn>>,
): Promise<DayChange[]> {
  if (decided.length === 0) return [];
  const at = Math.max(...decided.map(({ measure }) => +(measure.endedAt ?? measure.createdAt)));
  const versions = await versionsInForce(on, new Date(at), [
    ...new Set(decided.map(({ measure }) => measure.supplierId)),
  ]);
  const fiches = new Map(versions.map(({ supplierId, content }) => [supplierId, content]));
  return decided.flatMap(({ measure, ended }) => {
    const fiche = fiches.get(measure.supplierId);
    return fiche ? [decidedChange(measure, fiche, ended)] : [];
  });
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

const Joined = z.object({ events: z.array(InForce), corrected: z.boolean(), decided: z.boolean() });

/** What joined the notice of a day: versions, and whether the broker corrected or decided something. */
async function joinedOn(db: Db, day: string) {
  const [found] = await readRows(
    db,
    sql`
    select coalesce((select jsonb_agg(jsonb_build_object('supplier', supplier_id, 'version', version,
        'previous', previous) order by supplier_id) from ${digestChanges} where day = ${day}), '[]') as events,
      exists (select from ${corrections} where state = 'made' and made_on = ${day}) as corrected,
      exists (select from ${measures} where made_on = ${day} or ended_on = ${day}) as decided`,
    Joined,
  );
  return found ?? { events: [], corrected: false, decided: false };
}

/**
 * A day's changes, what the broker decided first, then what it corrected. They are the same for all its recipients: read
 * once, and again when one joins them.
 */
export function buildDayChanges(db: Db): (day: string) => Promise<DayChange[]> {
  let latest: { readonly key: string; readonly changes: Promise<DayChange[]> } | undefined;
  return async (day) => {
    const joined = await joinedOn(db, day);
    const corrected = joined.corrected ? await madeOf(db, { day }) : [];
    const decided = joined.decided ? await decidedOn(db, { day }) : [];
    const key = JSON.stringify([
      joined.events,
      corrected.map(({ fiche, edition }) => [fiche.supplier.id, fiche.version, edition]),
      decided.map(({ measure, ended }) => [measure.id, ended]),
    ]);
    if (latest?.key !== key) {
      const read = {
        key,
        changes: Promise.all([changesOf(db, joined.events), decidedChanges(db, decided)]).then(
          ([changes, acts]) => [...acts, ...corrected.map(correctedChange), ...changes],
        ),
      };
      latest = read;
      read.changes.catch(() => {
        if (latest === read) latest = undefined;
      });
    }
    return latest.changes;
  };
}

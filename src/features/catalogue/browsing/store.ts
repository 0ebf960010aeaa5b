import { asDate, type Clock } from '../../../core/clock.ts';
import type { Db } from '../../../core/ports/db.ts';
import { brokerDate, startOfDay } from '../../../core/time/business-days.ts';
import { correctionsOf } from '../correcting/store/records.ts';
import { buildSteps } from '../correcting/store/steps.ts';
import { differenceOf } from '../fiche/rules/difference.ts';
import type { Fiche } from '../fiche/rules/fiche.ts';
import { fichesAmong, publishedPage, versionList } from '../fiche/store/history.ts';
import { revisionOf, versionsInForce } from '../fiche/store/in-force.ts';
import { newestVersions } from '../fiche/store/publishing.ts';
import { measured } from '../measuring/rules/measure.ts';
import { measuresOf } from '../measuring/store/records.ts';
import { buildInForce } from './in-force.ts';

/** A line of « Historique des modifications ». */
export interface HistoryLine {
  readonly version: string;
  readonly state: 'inForce' | 'upcoming' | 'past';
  /** What the fiche itself says of its changes. */
  readonly sentences: readonly string[];
  /** What was corrected of it, the oldest first. */
  readonly corrected: readonly { readonly on: string; readonly reason: string; readonly price: boolean }[];
}

/** Reading the published catalogue. */
export function buildCatalogue(db: Db, clock: Clock, isCommonWord: (word: string) => boolean) {
  return {
    ...buildSteps(db),

    ...buildInForce(db, clock, isCommonWord),

    /** The fiches that were in force on a day, now at the latest. */
    async inForceOn(day: string, from: Db = db): Promise<Fiche[]> {
      const evening = startOfDay(Temporal.PlainDate.from(day).add({ days: 1 })).subtract({ seconds: 1 });
      const at = Math.min(evening.epochMilliseconds, clock.now().epochMilliseconds);
      const versions = await versionsInForce(from, new Date(at));
      const measures = await measuresOf(from);
      return versions.map(({ content }) => measured(content, measures, new Date(at)));
    },

    /** A supplier's fiche in force, as it was published or corrected. */
    async publishedInForce(supplier: string): Promise<Fiche | undefined> {
      const versions = await versionsInForce(db, asDate(clock.now()), [supplier]);
      return versions[0]?.content;
    },

    /** The newest version of a supplier, in force or to come. */
    async newestOf(supplier: string): Promise<Fiche | undefined> {
      return (await newestVersions(db, [supplier]))[0];
    },

    /** Every version of a supplier, newest first; none for an unknown one. */
    async history(supplier: string): Promise<HistoryLine[]> {
      const today = brokerDate(clock.now()).toString();
      const versions = await versionList(db, supplier);
      const corrections = await correctionsOf(db, supplier);
      const inForce = versions.find(({ version }) => version <= today)?.version;
      return versions.map(({ version, sentences }) => ({
        version,
        state: version === inForce ? 'inForce' : version > today ? 'upcoming' : 'past',
        sentences,
        corrected: corrections.flatMap(({ fiche, wrong, reason, at }) =>
          fiche.version === version
            ? {
                on: brokerDate(at).toString(),
                reason,
                price: differenceOf(wrong, fiche).changesPrices,
              }
            : [],
        ),
      }));
    },

    /** What changed in a supplier's fiche from a day to another, today at the latest, all together: a sentence each. */
    async changesSince(supplier: string, since: string, until?: string): Promise<string[]> {
      const today = brokerDate(clock.now()).toString();
      const last = until !== undefined && until < today ? until : today;
      const versions = (await versionList(db, supplier)).map(({ version }) => version);
      const newest = versions.find((version) => version <= last);
      const oldest = versions.find((version) => version <= since) ?? versions.at(-1);
      if (!newest || !oldest || newest <= oldest) return [];
      const fiches = await fichesAmong(db, [
        { supplier, version: newest },
        { supplier, version: oldest },
      ]);
      const fiche = fiches(supplier, newest);
      const basis = fiches(supplier, oldest);
      return fiche && basis ? differenceOf(basis, fiche).changes.map(({ sentence }) => sentence) : [];
    },

    /** What each supplier has published, a page of them. */
    published: (page: number, size: number) =>
      publishedPage(db, page, size, brokerDate(clock.now()).toString()),

    isEmpty: async (): Promise<boolean> => (await revisionOf(db)).startsWith('0:'),
  };
}

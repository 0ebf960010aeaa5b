import { batched } from '../../../core/batched.ts';
import { brokerDate, startOfDay } from '../../../core/business-days.ts';
import { asDate, type Clock } from '../../../core/clock.ts';
import { databaseTrouble } from '../../../core/database-trouble.ts';
import type { Db } from '../../../core/ports.ts';
import { TooLate, within } from '../../../core/within.ts';
import { correctionsOf } from '../correcting/store/records.ts';
import { buildSteps } from '../correcting/store/steps.ts';
import { differenceOf } from '../fiche/rules/difference.ts';
import type { Fiche } from '../fiche/rules/fiche.ts';
import * as store from '../fiche/store.ts';
import { measured } from '../measuring/rules/measure.ts';
import { measuresOf } from '../measuring/store/records.ts';
import { buildView, type CatalogueView } from './rules/view.ts';

/** A line of « Historique des modifications ». */
export interface HistoryLine {
  readonly version: string;
  readonly state: 'inForce' | 'upcoming' | 'past';
  /** What the fiche itself says of its changes. */
  readonly sentences: readonly string[];
  /** What was corrected of it, the oldest first. */
  readonly corrected: readonly { readonly on: string; readonly reason: string; readonly price: boolean }[];
}

const PATIENCE_MS = 1_000;
/** How long what was read is known to be so, without asking: a little more than from one look of a process to the next. */
const FRESH_MS = 6_000;

const CATALOGUE = 'catalogue';
/** Asked for by many at once, it is asked of the database once. */
const revisionsOf = batched(
  async (from) => [await store.revisionOf(from)],
  () => CATALOGUE,
);

/** A view of the catalogue, until when it is in force for lack of a change, and when it was last seen to be. */
interface Kept {
  readonly revision: string;
  readonly until: Date | undefined;
  readonly view: CatalogueView;
  seenAt: number;
}

/** Reading the published catalogue. The view in force is kept in memory until something changes it. */
export function buildCatalogue(db: Db, clock: Clock, isCommonWord: (word: string) => boolean) {
  let kept: Kept | undefined;
  const inForce = (now: Date): Kept | undefined => (!kept?.until || now < kept.until ? kept : undefined);

  async function current(from: Db = db): Promise<CatalogueView> {
    const now = asDate(clock.now());
    const [revision = ''] = await revisionsOf(from, CATALOGUE);
    const standing = inForce(now);
    if (standing?.revision === revision) {
      standing.seenAt = now.getTime();
      return standing.view;
    }
    const versions = await store.versionsInForce(from, now);
    const measures = await measuresOf(from);
    const until = await store.nextEffect(from, now);
    const asDecided = versions.map((version) => ({
      ...version,
      content: measured(version.content, measures, now),
    }));
    const view = buildView(asDecided, isCommonWord);
    kept = { revision, until, view, seenAt: now.getTime() };
    return view;
  }

  return {
    ...buildSteps(db),

    /** The catalogue in force now. Within a transaction, pass it on: the embedded database has one connection. */
    current,

    /** The fiches that were in force on a day, now at the latest. */
    async inForceOn(day: string, from: Db = db): Promise<Fiche[]> {
      const evening = startOfDay(Temporal.PlainDate.from(day).add({ days: 1 })).subtract({ seconds: 1 });
      const at = Math.min(evening.epochMilliseconds, clock.now().epochMilliseconds);
      const versions = await store.versionsInForce(from, new Date(at));
      const measures = await measuresOf(from);
      return versions.map(({ content }) => measured(content, measures, new Date(at)));
    },

    /** Asks what is in force: every few seconds, so that no message has to. */
    refresh: async (): Promise<void> => void (await current()),

    /** Something was published or decided here: whoever reads next asks for it. */
    changed(): void {
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

    /** A supplier's fiche in force, as it was published or corrected. */
    async publishedInForce(supplier: string): Promise<Fiche | undefined> {
      const versions = await store.versionsInForce(db, asDate(clock.now()), [supplier]);
      return versions[0]?.content;
    },

    /** The newest version of a supplier, in force or to come. */
    async newestOf(supplier: string): Promise<Fiche | undefined> {
      return (await store.newestVersions(db, [supplier]))[0];
    },

    /** Every version of a supplier, newest first; none for an unknown one. */
    async history(supplier: string): Promise<HistoryLine[]> {
      const today = brokerDate(clock.now()).toString();
      const versions = await store.versionList(db, supplier);
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
      const versions = (await store.versionList(db, supplier)).map(({ version }) => version);
      const newest = versions.find((version) => version <= last);
      const oldest = versions.find((version) => version <= since) ?? versions.at(-1);
      if (!newest || !oldest || newest <= oldest) return [];
      const fiches = await store.fichesAmong(db, [
        { supplier, version: newest },
        { supplier, version: oldest },
      ]);
      const fiche = fiches(supplier, newest);
      const basis = fiches(supplier, oldest);
      return fiche && basis ? differenceOf(basis, fiche).changes.map(({ sentence }) => sentence) : [];
    },

    /** What each supplier has published, a page of them. */
    published: (page: number, size: number) =>
      store.publishedPage(db, page, size, brokerDate(clock.now()).toString()),

    isEmpty: async (): Promise<boolean> => (await store.revisionOf(db)).startsWith('0:'),
  };
}

export type Catalogue = ReturnType<typeof buildCatalogue>;

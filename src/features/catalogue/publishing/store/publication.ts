import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { type BusinessDays, startOfDay } from '../../../../core/time/business-days.ts';
import { ownerProblems } from '../../fiche/rules/check.ts';
import { type Difference, differenceOf } from '../../fiche/rules/difference.ts';
import { type Fiche, fingerprint } from '../../fiche/rules/fiche.ts';
import type { Problem } from '../../fiche/rules/problems.ts';
import { type Context, neighbours, publicationProblems } from '../../fiche/rules/publication.ts';
import { claimOffers, insertVersions, lockSuppliers, releaseOffers } from '../../fiche/store/publishing.ts';
import type { Origin } from '../../fiche/store/versions.ts';
import { contextOf, growing } from './publication-context.ts';

/** What became of one fiche. */
export type PublicationOutcome =
  | {
      readonly kind: 'published';
      readonly fiche: Fiche;
      /** Against the version before; absent for a new supplier. */
      readonly difference: Difference | undefined;
      /** False when the version takes effect later. */
      readonly inForce: boolean;
    }
  | { readonly kind: 'unchanged'; readonly fiche: Fiche }
  | { readonly kind: 'refused'; readonly fiche: Fiche; readonly problems: readonly Problem[] };

const BATCH = 100;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Versions of fiches are written, and never change. */
export function buildPublication(db: Db, clock: Clock, days: BusinessDays) {
  /** Publishes in a transaction of the caller's. Rules are checked again, now that the suppliers are held. */
  async function publishIn(tx: Tx, fiches: readonly Fiche[], origin: Origin): Promise<PublicationOutcome[]> {
    const now = clock.now();
    const suppliers = [...new Set(fiches.map(({ supplier }) => supplier.id))];
    await lockSuppliers(tx, suppliers);
    const claimed = await claimOffers(
      tx,
      fiches.flatMap(({ supplier, offers }) => offers.map(({ id }) => ({ id, supplierId: supplier.id }))),
    );
    const context = growing(
      await contextOf(
        tx,
        clock,
        suppliers,
        fiches.flatMap(({ offers }) => offers.map(({ id }) => id)),
      ),
    );
    const rows: Parameters<typeof insertVersions>[1][number][] = [];
    const outcomes = fiches.map((fiche): PublicationOutcome => {
      const problems = [...ownerProblems(fiche, context), ...publicationProblems(fiche, context, days)];
      if (problems.length > 0) return { kind: 'refused', fiche, problems };
      const { supplier, version } = fiche;
      if (context.published(supplier.id, version)) return { kind: 'unchanged', fiche };
      const { before } = neighbours(context.standing(supplier.id), version);
      const effectiveAt = startOfDay(Temporal.PlainDate.from(version));
      rows.push({
        supplierId: supplier.id,
        version,
        content: fiche,
        fingerprint: fingerprint(fiche),
        effectiveAt: asDate(effectiveAt),
        publishedAt: asDate(now),
        origin,
        announcedAt: origin === 'sample' ? asDate(now) : null,
      });
      context.add(fiche);
      return {
        kind: 'published',
        fiche,
        difference: before && differenceOf(before, fiche),
        inForce: Temporal.Instant.compare(effectiveAt, now) <= 0,
      };
    });
    await insertVersions(tx, rows);
    const kept = new Set(rows.flatMap(({ content }) => content.offers.map(({ id }) => id)));
    await releaseOffers(
      tx,
      claimed.filter((id) => !kept.has(id)),
    );
    return outcomes;
  }

  return {
    publishIn,

    /** The context for checking files, of the whole catalogue. */
    context: (): Promise<Context> => contextOf(db, clock),

    /**
     * Publishes many fiches, in order of their dates, a hundred in a transaction: a crash loses none that
     * was told, and beginning again goes on where it stopped.
     */
    async publish(
      fiches: readonly Fiche[],
      origin: Origin,
      progress: (done: number) => void = () => {},
    ): Promise<PublicationOutcome[]> {
      const ordered = [...fiches].sort((a, b) =>
        a.supplier.id === b.supplier.id
          ? compare(a.version, b.version)
          : compare(a.supplier.id, b.supplier.id),
      );
      const outcomes: PublicationOutcome[] = [];
      for (let start = 0; start < ordered.length; start += BATCH) {
        outcomes.push(
          ...(await db.transaction((tx) => publishIn(tx, ordered.slice(start, start + BATCH), origin))),
        );
        progress(outcomes.length);
      }
      return outcomes;
    },
  };
}

export type Publication = ReturnType<typeof buildPublication>;

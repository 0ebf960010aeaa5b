import { and, eq } from 'drizzle-orm';
import type { Db } from '../../../../core/ports.ts';
import { type Difference, differenceOf } from '../../fiche/rules/difference.ts';
import { type Fiche, fingerprint } from '../../fiche/rules/fiche.ts';
import { versionWithPrevious } from '../../fiche/store.ts';
import { measured, momentsOf } from '../../measuring/rules/measure.ts';
import { measuresOf } from '../../measuring/store/records.ts';
import { ficheVersions } from '../../tables.ts';
import { correctionsOf, type Made } from './records.ts';

/** What led to a version, or to an edition of it. */
export interface Step {
  readonly fiche: Fiche;
  /** Against the one before; absent for a supplier's first. */
  readonly difference: Difference | undefined;
}

const stepOf = ({ fiche, wrong }: Made): Step => ({ fiche, difference: differenceOf(wrong, fiche) });

/** How a version came to be what it is: as it was published, and as it was corrected. */
export function buildSteps(db: Db) {
  const madeOfVersion = async (supplier: string, version: string) =>
    (await correctionsOf(db, supplier)).filter(({ fiche }) => fiche.version === version);

  /** What a version changed against the one before; undefined difference for the first one. */
  async function difference(supplier: string, version: string): Promise<Step | undefined> {
    const found = await versionWithPrevious(db, supplier, version);
    if (!found) return undefined;
    const { fiche, previous } = found;
    return { fiche, difference: previous && differenceOf(previous, fiche) };
  }

  return {
    difference,

    /** What a correction of a version changed: `edition` is the one that it made. */
    async corrected(supplier: string, version: string, edition: number): Promise<Step | undefined> {
      const made = await madeOfVersion(supplier, version);
      const found = made.find((each) => each.edition === edition);
      return found && stepOf(found);
    },

    /** What changed last: a correction of the version, or the version itself. */
    async latestStep(supplier: string, version: string): Promise<Step | undefined> {
      const last = (await madeOfVersion(supplier, version)).at(-1);
      return last ? stepOf(last) : difference(supplier, version);
    },

    /** A version as it was when it had this fingerprint: an edition of it, and what was decided of its offers then. */
    async identified(supplier: string, version: string, wanted: string): Promise<Fiche | undefined> {
      const editions = await db
        .select({ content: ficheVersions.content, fingerprint: ficheVersions.fingerprint })
        .from(ficheVersions)
        .where(and(eq(ficheVersions.supplierId, supplier), eq(ficheVersions.version, version)));
      const published = editions.find(({ fingerprint: known }) => known === wanted);
      if (published) return published.content;
      const measures = await measuresOf(db, [supplier]);
      return editions
        .flatMap(({ content }) => momentsOf(measures).map((at) => measured(content, measures, at)))
        .find((fiche) => fingerprint(fiche) === wanted);
    },
  };
}

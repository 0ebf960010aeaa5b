import type { Db } from '../../../../core/ports/db.ts';
import { type Difference, differenceOf } from '../../fiche/rules/difference.ts';
import { type Fiche, fingerprint } from '../../fiche/rules/fiche.ts';
import {
  editionsAmong,
  type VersionKey,
  versionName,
  versionWithPrevious,
} from '../../fiche/store/history.ts';
import { measured, momentsOf } from '../../measuring/rules/measure.ts';
import { measuresOf } from '../../measuring/store/records.ts';
import { correctionsOf, type Made } from './records.ts';

/** What led to a version, or to an edition of it. */
export interface Step {
  readonly fiche: Fiche;
  /** Against the one before; absent for a supplier's first. */
  readonly difference: Difference | undefined;
}

/** A version, or an edition of it, by what it says. */
export interface Identity extends VersionKey {
  readonly fingerprint: string;
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

    /**
     * Versions as they were when they had these fingerprints, in the same order: an edition of each, and what was decided
     * of its offers then. What there is not is left out.
     */
    async identified(wanted: readonly Identity[]): Promise<Fiche[]> {
      const editions = await editionsAmong(db, wanted);
      const editionsOf = (one: Identity) => editions.get(versionName(one)) ?? [];
      const published = wanted.map(
        (one) => editionsOf(one).find(({ fingerprint: known }) => known === one.fingerprint)?.content,
      );
      const decided = wanted.filter((_, at) => !published[at]).map(({ supplier }) => supplier);
      const measures = Map.groupBy(
        decided.length > 0 ? await measuresOf(db, decided) : [],
        ({ supplierId }) => supplierId,
      );
      const asDecided = (one: Identity): Fiche | undefined => {
        const theirs = measures.get(one.supplier) ?? [];
        return editionsOf(one)
          .flatMap(({ content }) => momentsOf(theirs).map((at) => measured(content, theirs, at)))
          .find((fiche) => fingerprint(fiche) === one.fingerprint);
      };
      return wanted.flatMap((one, at) => published[at] ?? asDecided(one) ?? []);
    },
  };
}

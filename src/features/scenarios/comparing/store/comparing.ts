import type { Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { canonicalHash } from '../../../../core/rows/canonical-hash.ts';
import {
  type AcquisitionFile,
  boundOf,
  budgetFact,
  type Choice,
  choiceFact,
  eligibilityFact,
  type Files,
  requestFact,
  type Said,
} from '../../../acquisitions/index.ts';
import type { CatalogueService, Fiche } from '../../../catalogue/index.ts';
import type { PersonKey, Quotas } from '../../../people/index.ts';
import { type Comparison, compare } from '../../pricing/rules/comparison.ts';
import { type PricingRequest, readRequest } from '../../pricing/rules/request.ts';
import { type Cheapest, comparedFact } from '../../rules/facts.ts';

/** The comparison of a file's needs with the fiches in force. */
export interface FileComparison {
  readonly file: AcquisitionFile;
  readonly request: PricingRequest;
  readonly comparison: Comparison;
  readonly fiches: readonly Fiche[];
  readonly samples: boolean;
  readonly choice: Choice | undefined;
  /** What may be spent, before taxes, when it was said. */
  readonly budgetCents: bigint | undefined;
  /** Whether article 48 of the RCTI binds the body; undefined before anything was said of it. */
  readonly bound: Said | undefined;
}

export interface ComparingPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly files: Files;
  readonly catalogue: CatalogueService;
  readonly quotas: Pick<Quotas, 'spend'>;
}

export const OPEN =
  'Pour calculer les scénarios, répondez d’abord aux questions 5, 6 et 7 de vos besoins : les catégories, la durée et les quantités.';

const centsIn = (dollars: number | undefined): bigint | undefined =>
  dollars === undefined ? undefined : BigInt(Math.round(dollars * 100));

/** What is the lowest in a comparison, and for which needs; undefined where nobody covers them. */
export function cheapestOf({ request, comparison }: FileComparison): Cheapest | undefined {
  const [lowest] = comparison.suppliers;
  return (
    lowest && {
      supplier: lowest.supplier,
      priceCents: String(lowest.priceCents),
      request: canonicalHash(request),
    }
  );
}

export type Comparing = ReturnType<typeof buildComparing>;

/** The comparison of a file, as it is today (guide 3.3 and 3.4.1). */
export function buildComparing({ db, files, catalogue }: ComparingPorts) {
  /** Within a transaction, pass it on. */
  async function comparisonOf(id: string, person: PersonKey, from: Db = db): Promise<FileComparison> {
    const file = await files.findFile(id, person, from);
    const { request, choice, eligibility, budget } = await files.readFacts(from, id, {
      request: requestFact,
      choice: choiceFact,
      eligibility: eligibilityFact,
      budget: budgetFact,
    });
    const read = readRequest(request.value);
    if (read.kind !== 'valid') throw new CourtierError('refused', OPEN);
    const { fiches, samples } = await catalogue.current(from);
    return {
      file,
      request: read.request,
      comparison: compare(read.request, fiches),
      fiches,
      samples,
      choice: choice.value,
      budgetCents: centsIn(budget.value?.dollars),
      bound: eligibility.value && boundOf(eligibility.value),
    };
  }

  return {
    comparisonOf,

    /** The comparison of a file for somebody who looks at it: what is the lowest then is what they will be told the change of. */
    async compared(id: string, person: PersonKey): Promise<FileComparison> {
      const held = await comparisonOf(id, person);
      const seen = cheapestOf(held);
      if (seen && held.file.state === 'open')
        await db.transaction((tx) => files.writeFact(tx, id, comparedFact, seen));
      return held;
    },
  };
}

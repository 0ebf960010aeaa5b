import { z } from 'zod';
import { canonicalHash } from '../../../../core/rows/canonical-hash.ts';
import { type Fiche, fingerprint } from '../../../catalogue/index.ts';
import { type Comparison, compare } from '../../pricing/rules/comparison.ts';
import { detailOf } from '../../pricing/rules/detail.ts';
import type { PricingRequest } from '../../pricing/rules/request.ts';

/** Grows when the rules of calculation change: an old record says by which it was made. */
const RULES_VERSION = 1;

/** All that a comparison rests on, and its result; amounts are cents in texts. */
export interface SealedRecord {
  readonly rulesVersion: number;
  /** The day of the calculation; the time is no part of it. */
  readonly asOf: string;
  readonly request: PricingRequest;
  readonly fiches: readonly {
    readonly supplier: string;
    readonly version: string;
    readonly fingerprint: string;
  }[];
  readonly result: object;
}

export interface Seal {
  readonly record: SealedRecord;
  /** SHA-256 of the record's canonical JSON (RFC 8785). */
  readonly hash: string;
}

/** Seals the comparison of a request with these fiches: the same ones give the same hash, for ever. */
export function seal(request: PricingRequest, fiches: readonly Fiche[], asOf: string): Seal {
  const comparison = compare(request, fiches);
  const record: SealedRecord = {
    rulesVersion: RULES_VERSION,
    asOf,
    request,
    fiches: fiches
      .map((fiche) => ({
        supplier: fiche.supplier.id,
        version: fiche.version,
        fingerprint: fingerprint(fiche),
      }))
      .sort((a, b) => (a.supplier < b.supplier ? -1 : 1)),
    result: plain(resultOf(request, fiches, comparison)),
  };
  return {
    record,
    hash: canonicalHash(record),
  };
}

const Result = z.object({ suppliers: z.array(z.looseObject({ supplier: z.string() })) });

/** What a sealed comparison holds of a supplier's scenario, whatever the version of its fiche; undefined without one. */
export function scenarioIn({ result }: Pick<SealedRecord, 'result'>, wanted: string): object | undefined {
  const own = Result.parse(result).suppliers.find(({ supplier }) => supplier === wanted);
  return own && { ...own, version: undefined };
}

/** The comparison, with what each scenario bills. */
function resultOf(request: PricingRequest, fiches: readonly Fiche[], comparison: Comparison): object {
  const bySupplier = new Map(fiches.map((fiche) => [fiche.supplier.id, fiche]));
  return {
    ...comparison,
    suppliers: comparison.suppliers.map((scenario) => {
      const fiche = bySupplier.get(scenario.supplier);
      return { ...scenario, detail: fiche && detailOf(request, fiche, scenario.offers) };
    }),
  };
}

/** The same in JSON's own types. */
const plain = (value: object): object =>
  JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)),
  );

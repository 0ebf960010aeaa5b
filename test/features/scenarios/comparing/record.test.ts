import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { managementFee } from '../../../../src/core/text/money.ts';
import { CATEGORIES } from '../../../../src/features/catalogue/index.ts';
import { gapOf } from '../../../../src/features/scenarios/comparing/rules/figures.ts';
import {
  compare,
  detailOf,
  type PricingRequest,
  seal,
  totalOfDetail,
} from '../../../../src/features/scenarios/index.ts';
import { newest } from '../../../support/catalogue.ts';
import { aFiche, anOffer, flat } from '../../../support/fiches.ts';
import { aRequest, need } from '../../../support/pricing.ts';

const someRequest: fc.Arbitrary<PricingRequest> = fc
  .record({
    durationMonths: fc.integer({ min: 1, max: 36 }),
    categories: fc.subarray([...CATEGORIES], { minLength: 1, maxLength: 4 }),
    units: fc.array(fc.integer({ min: 0, max: 800 }), { minLength: 8, maxLength: 8 }),
    change: fc.integer({ min: 2, max: 36 }),
  })
  .map(({ durationMonths, categories, units, change }) => ({
    durationMonths,
    needs: categories.map((category, at) =>
      change <= durationMonths
        ? need(category, units[at] ?? 0, [change, units[at + 4] ?? 0])
        : need(category, units[at] ?? 0),
    ),
  }));

/** The first supplier's scenario with its detail. */
function firstDetail(request: PricingRequest, fiches = newest) {
  const [scenario] = compare(request, fiches).suppliers;
  const fiche = fiches.find(({ supplier }) => supplier.id === scenario?.supplier);
  if (!scenario || !fiche) throw new Error('no scenario');
  return { scenario, detail: detailOf(request, fiche, scenario.offers) };
}

test('whatever the request, the years of each scenario add up to its price', () => {
  let met = 0;
  fc.assert(
    fc.property(someRequest, (request) => {
      for (const scenario of compare(request, newest).suppliers) {
        met++;
        const fiche = newest.find(({ supplier }) => supplier.id === scenario.supplier);
        if (!fiche) throw new Error('no fiche');
        expect(totalOfDetail(detailOf(request, fiche, scenario.offers))).toBe(scenario.priceCents);
      }
    }),
    { numRuns: 60 },
  );
  expect(met).toBeGreaterThan(0);
});

test('an annual billing that ends inside a year bills that year whole, at its peak', () => {
  const fiche = aFiche({
    offers: [anOffer({ tiers: flat('2.00'), billing: 'annual', entryFee: '10.00', exitFee: '5.00' })],
  });
  const { detail } = firstDetail(aRequest({ durationMonths: 14, needs: [need('courriel', 10, [14, 20])] }), [
    fiche,
  ]);
  expect(detail.offers[0]?.unitsByMonth).toEqual([...Array(12).fill(10), ...Array(12).fill(20)]);
  expect(detail.centsByYear).toEqual([25_000n, 48_500n]);
});

test('an upfront billing bills every month at the contract’s peak', () => {
  const fiche = aFiche({ offers: [anOffer({ tiers: flat('2.00'), billing: 'upfront' })] });
  const { detail } = firstDetail(
    aRequest({ durationMonths: 3, needs: [need('courriel', 10, [2, 30], [3, 5])] }),
    [fiche],
  );
  expect(detail.offers[0]?.unitsByMonth).toEqual([30, 30, 30]);
});

test('the offers that are left out say why, or nothing when another assignment is cheaper', () => {
  const fiche = aFiche({
    offers: [
      anOffer({ tiers: flat('2.00') }),
      anOffer({ id: 'chere', tiers: flat('9.00') }),
      anOffer({ id: 'longue', minimumTermMonths: 24 }),
      anOffer({ id: 'autre', categories: ['sondage'] }),
    ],
  });
  const { detail } = firstDetail(aRequest(), [fiche]);
  expect(detail.unused.map(({ offer, obstacles }) => [offer, ...obstacles.map(({ kind }) => kind)])).toEqual([
    ['chere'],
    ['longue', 'term'],
    ['autre', 'categories'],
  ]);
});

test('the same comparison sealed again has the same hash, in whatever order its fiches come', () => {
  const request = aRequest({
    durationMonths: 30,
    needs: [need('courriel', 120, [13, 150]), need('sondage', 40)],
  });
  const first = seal(request, newest, '2026-11-23');
  expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(seal(request, [...newest].reverse(), '2026-11-23')).toEqual(first);
  expect(seal(structuredClone(request), structuredClone(newest), '2026-11-23').hash).toBe(first.hash);
});

test.each([
  ['the date', (request: PricingRequest) => seal(request, newest, '2026-11-24')],
  [
    'a quantity',
    (request: PricingRequest) => seal({ ...request, needs: [need('courriel', 121)] }, newest, '2026-11-23'),
  ],
  ['the fiches', (request: PricingRequest) => seal(request, newest.slice(1), '2026-11-23')],
])('another hash stands for another %s', (_what, other) => {
  const request = aRequest({ needs: [need('courriel', 120)] });
  expect(other(request).hash).not.toBe(seal(request, newest, '2026-11-23').hash);
});

test('a gap is told to the cent, and in percent with one decimal, half away from zero', () => {
  expect(gapOf(110_050n, 100_000n)).toEqual({ cents: 10_050n, perMille: 101n });
  expect(gapOf(100_049n, 100_000n)).toEqual({ cents: 49n, perMille: 0n });
  expect(gapOf(100_050n, 100_000n)).toEqual({ cents: 50n, perMille: 1n });
  expect(gapOf(5n, 0n)).toEqual({ cents: 5n, perMille: undefined });
});

test('the management fee is rounded half away from zero to the cent', () => {
  expect(managementFee(100_000n, '2')).toBe(2_000n);
  expect(managementFee(101n, '2.5')).toBe(3n);
  expect(managementFee(99n, '2.5')).toBe(2n);
  expect(managementFee(20n, '2.5')).toBe(1n);
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  CATEGORIES,
  type Category,
  type Fiche,
  type Offer,
} from '../../../../src/features/catalogue/index.ts';
import { compare, type PricingRequest } from '../../../../src/features/scenarios/index.ts';
import { anOffer, aSupplier } from '../../../support/fiches.ts';
import { aRequest, need } from '../../../support/pricing.ts';
import { bruteForce, costOf, covers, mayCount } from './brute-force.ts';

const SOME = CATEGORIES.slice(0, 4);
/** Few prices, so that ties are frequent. */
const money = fc.constantFrom('0.00', '1.00', '1.00', '2.00', '2.05', '3.33');
const tiers = fc
  .tuple(money, fc.option(fc.tuple(fc.constantFrom(10, 50), money), { nil: undefined }))
  .map(([first, more]) => [
    { fromUnits: 1, unitPricePerMonth: first },
    ...(more ? [{ fromUnits: more[0], unitPricePerMonth: more[1] }] : []),
  ]);

const someOffer = fc
  .record({
    status: fc.constantFrom('qualified', 'qualified', 'qualified', 'under-review'),
    categories: fc.subarray([...SOME], { minLength: 1, maxLength: 3 }),
    tiers,
    components: fc.array(fc.record({ category: fc.constantFrom(...SOME), tiers }), { maxLength: 2 }),
    minimumUnits: fc.constantFrom(1, 1, 20),
    minimumTermMonths: fc.constantFrom(1, 1, 12),
    decreaseAllowed: fc.boolean(),
    billing: fc.constantFrom('monthly', 'annual', 'upfront'),
    indexation: fc.constantFrom('0', '0', '2.5', '-3', '10.25'),
    entryFee: fc.constantFrom('0.00', '0.00', '50.00'),
    exitFee: fc.constantFrom('0.00', '75.25'),
    availability: fc.constantFrom('99.9', '99.5'),
  } as const)
  .map(({ components, ...changes }) => ({ components, changes }));

const someFiches = fc
  .array(fc.array(someOffer, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((all) =>
    all.map((offers, n) =>
      aSupplier(`s${n}`, {
        // Ids whose order crosses the suppliers'.
        offers: offers.map(({ components, changes }, at) =>
          anOffer({
            ...changes,
            id: `o${at}-${n}`,
            components: components.map((component, k) => ({ ...component, id: `c${k}`, name: `C${k}` })),
          }),
        ),
      }),
    ),
  );

const someRequest: fc.Arbitrary<PricingRequest> = fc
  .record({
    durationMonths: fc.constantFrom(1, 11, 12, 13, 18, 25, 36),
    categories: fc.subarray([...SOME], { minLength: 1 }),
    units: fc.array(fc.constantFrom(0, 5, 10, 49, 50, 60), { minLength: 8, maxLength: 8 }),
    change: fc.constantFrom(2, 12, 13, 25),
    strict: fc.boolean(),
  })
  .map(({ durationMonths, categories, units, change, strict }) => ({
    durationMonths,
    needs: categories.map((category, at) =>
      change <= durationMonths
        ? need(category, units[at] ?? 0, [change, units[at + 4] ?? 0])
        : need(category, units[at] ?? 0),
    ),
    ...(strict ? { requirements: { minAvailability: '99.9' } } : {}),
  }));

const ours = (request: PricingRequest, fiches: readonly Fiche[]) => {
  const { suppliers, excluded, acrossSuppliers } = compare(request, fiches);
  return {
    suppliers: suppliers.map(({ supplier, priceCents, offers }) => ({ supplier, priceCents, offers })),
    excluded: excluded.map(({ supplier, missing }) => ({ supplier, missing })),
    across: acrossSuppliers
      ? {
          priceCents: acrossSuppliers.priceCents,
          contracts: acrossSuppliers.contracts,
          ids: Object.keys(acrossSuppliers.offers).sort(),
        }
      : undefined,
  };
};

test('the comparison is the one that trying every assignment finds, ties included', () => {
  fc.assert(
    fc.property(someRequest, someFiches, (request, fiches) => {
      expect(ours(request, fiches)).toEqual(bruteForce(request, fiches));
    }),
    { numRuns: 400 },
  );
});

test('neither the order of suppliers, of offers, of components nor of needs changes anything', () => {
  fc.assert(
    fc.property(someRequest, someFiches, (request, fiches) => {
      const mirrored = fiches
        .map((fiche) => ({
          ...fiche,
          offers: fiche.offers
            .map((offer) => ({ ...offer, components: [...offer.components].reverse() }))
            .reverse(),
        }))
        .reverse();
      expect(ours({ ...request, needs: [...request.needs].reverse() }, mirrored)).toEqual(
        ours(request, fiches),
      );
    }),
  );
});

test('other names that keep their order give the same prices', () => {
  const renamed = (fiches: readonly Fiche[]): Fiche[] =>
    fiches.map((fiche) => ({
      ...fiche,
      supplier: { ...fiche.supplier, id: `z${fiche.supplier.id}` },
      offers: fiche.offers.map((offer) => ({ ...offer, id: `z${offer.id}` })),
    }));
  const prices = (request: PricingRequest, fiches: readonly Fiche[]) =>
    compare(request, fiches).suppliers.map(({ priceCents }) => priceCents);
  fc.assert(
    fc.property(someRequest, someFiches, (request, fiches) => {
      expect(prices(request, renamed(fiches))).toEqual(prices(request, fiches));
    }),
  );
});

test('a scenario never costs more than any single assignment', () => {
  fc.assert(
    fc.property(someRequest, someFiches, fc.nat(), (request, fiches, seed) => {
      for (const { supplier, priceCents } of compare(request, fiches).suppliers) {
        const offers = fiches.find((fiche) => fiche.supplier.id === supplier)?.offers ?? [];
        const parts = new Map<Offer, Category[]>();
        request.needs.forEach(({ category }, at) => {
          const able = offers.filter((offer) => mayCount(offer, request) && covers(offer, category));
          const offer = able[(seed + at) % able.length];
          if (offer) parts.set(offer, [...(parts.get(offer) ?? []), category]);
        });
        const cost = [...parts].reduce(
          (sum, [offer, categories]) => sum + costOf(offer, categories, request),
          0n,
        );
        expect(priceCents <= cost).toBe(true);
      }
    }),
  );
});

test('where prices do not fall with the quantity, more units never cost less', () => {
  const flat = someFiches.map((fiches) =>
    fiches.map((fiche) => ({
      ...fiche,
      offers: fiche.offers.map((offer) => ({
        ...offer,
        tiers: offer.tiers.slice(0, 1),
        components: offer.components.map((component) => ({
          ...component,
          tiers: component.tiers.slice(0, 1),
        })),
      })),
    })),
  );
  fc.assert(
    fc.property(someRequest, flat, fc.integer({ min: 1, max: 100 }), (request, fiches, more) => {
      const [first, ...others] = request.needs;
      if (!first) return;
      const raised = {
        ...first,
        quantities: first.quantities.map((step, at) =>
          at === 0 ? { ...step, units: step.units + more } : step,
        ),
      };
      const before = new Map(
        compare(request, fiches).suppliers.map((each) => [each.supplier, each.priceCents]),
      );
      for (const { supplier, priceCents } of compare({ ...request, needs: [raised, ...others] }, fiches)
        .suppliers)
        expect(priceCents >= (before.get(supplier) ?? 0n)).toBe(true);
    }),
  );
});

test('one offer more never makes a supplier dearer, and all suppliers together are never dearer than the best', () => {
  fc.assert(
    fc.property(someRequest, someFiches, (request, fiches) => {
      const whole = compare(request, fiches);
      const best = whole.suppliers[0]?.priceCents;
      if (best !== undefined) expect((whole.acrossSuppliers?.priceCents ?? 0n) <= best).toBe(true);
      const fewer = compare(
        request,
        fiches.map((fiche) => ({ ...fiche, offers: fiche.offers.slice(0, -1) })),
      );
      const now = new Map(whole.suppliers.map((each) => [each.supplier, each.priceCents]));
      for (const { supplier, priceCents } of fewer.suppliers)
        expect((now.get(supplier) ?? 0n) <= priceCents).toBe(true);
    }),
  );
});

test('the largest quantities at the largest prices stay exact', () => {
  const dear = aSupplier('cher', {
    offers: [
      anOffer({
        id: 'cher-courriel',
        tiers: [{ fromUnits: 1, unitPricePerMonth: '9999999.99' }],
        indexation: '999.9999',
        components: [
          {
            id: 'c',
            name: 'C',
            category: 'sondage',
            tiers: [{ fromUnits: 1, unitPricePerMonth: '9999999.99' }],
          },
        ],
      }),
    ],
  });
  const request = aRequest({
    durationMonths: 36,
    needs: [need('courriel', 10_000_000), need('sondage', 9_999_999)],
  });
  const [ours] = compare(request, [dear]).suppliers;
  expect(ours?.priceCents).toBe(bruteForce(request, [dear]).suppliers[0]?.priceCents);
  expect(ours && ours.priceCents > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true);
});

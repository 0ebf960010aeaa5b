import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CATEGORIES, type Offer } from '../../../../src/features/catalogue/index.ts';
import type { PricingRequest } from '../../../../src/features/scenarios/index.ts';
import { centsOfAmount } from '../../../../src/features/scenarios/pricing/rules/amount.ts';
import { demandOf } from '../../../../src/features/scenarios/pricing/rules/demand.ts';
import { costsOf, pricedOffer } from '../../../../src/features/scenarios/pricing/rules/offer-cost.ts';
import { anOffer, aSupplier } from '../../../support/fiches.ts';
import { costOf } from './brute-force.ts';

const SOME = CATEGORIES.slice(0, 5);
const money = fc.constantFrom('0.00', '0.01', '1.05', '3.33', '10485.76', '99999.99', '9999999.99');
const tiers = fc
  .tuple(
    money,
    fc.uniqueArray(fc.tuple(fc.integer({ min: 2, max: 60 }), money), { selector: ([from]) => from }),
  )
  .map(([first, more]) => [
    { fromUnits: 1, unitPricePerMonth: first },
    ...more
      .sort(([a], [b]) => a - b)
      .map(([fromUnits, unitPricePerMonth]) => ({ fromUnits, unitPricePerMonth })),
  ]);

const someOffer = fc
  .record({
    categories: fc.subarray([...SOME], { minLength: 1 }),
    tiers,
    components: fc.array(fc.record({ category: fc.constantFrom(...SOME), tiers }), { maxLength: 4 }),
    minimumUnits: fc.constantFrom(1, 20, 10_000_000),
    decreaseAllowed: fc.boolean(),
    billing: fc.constantFrom('monthly', 'annual', 'upfront'),
    indexation: fc.constantFrom('0', '2.5', '-3', '999.9999'),
    entryFee: fc.constantFrom('0.00', '50.25'),
  } as const)
  .map(({ components, ...changes }) => {
    const added = components.map((component, at) => ({ ...component, id: `c${at}`, name: `C${at}` }));
    return aSupplier('s', { offers: [anOffer({ ...changes, components: added })] }).offers[0] as Offer;
  });

/** Needs whose quantities change every month. */
const someRequest: fc.Arbitrary<PricingRequest> = fc.integer({ min: 1, max: 36 }).chain((durationMonths) =>
  fc.record({
    durationMonths: fc.constant(durationMonths),
    needs: fc.tuple(
      ...SOME.map((category) =>
        fc.record({
          category: fc.constant(category),
          quantities: fc.tuple(
            ...Array.from({ length: durationMonths }, (_, at) =>
              fc.record({
                fromMonth: fc.constant(at + 1),
                units: fc.oneof(fc.integer({ min: 0, max: 80 }), fc.constant(10_000_000)),
              }),
            ),
          ),
        }),
      ),
    ),
  }),
);

test('an offer costs, for every set of categories that it covers, what billing it month by month adds up to', () => {
  fc.assert(
    fc.property(someRequest, someOffer, (request, offer) => {
      const years = Math.ceil(request.durationMonths / 12);
      const { cover, high, low } = costsOf(pricedOffer(offer, SOME, years), demandOf(request));
      for (let set = cover; set > 0; set = (set - 1) & cover)
        expect(centsOfAmount(high[set] as number, low[set] as number)).toBe(
          costOf(
            offer,
            SOME.filter((_, at) => set & (1 << at)),
            request,
          ),
        );
    }),
  );
});

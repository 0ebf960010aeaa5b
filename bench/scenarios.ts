import { CARDS_FOLDER, HOLIDAYS_FILE } from '../src/app.ts';
import { buildBusinessDays } from '../src/core/time/business-days.ts';
import { readHolidays } from '../src/edges/calendar/index.ts';
import { buildRenderer } from '../src/edges/teams/index.ts';
import {
  CATALOGUE_FOLDER,
  CATEGORIES,
  type Fiche,
  type Offer,
  readFiches,
} from '../src/features/catalogue/index.ts';
import { whatIfCard } from '../src/features/scenarios/comparing/screens/cards.ts';
import { compare, type PricingRequest } from '../src/features/scenarios/index.ts';
import { demandOf } from '../src/features/scenarios/pricing/rules/demand.ts';
import { costsOf, pricedOffer } from '../src/features/scenarios/pricing/rules/offer-cost.ts';
import { median, row, timed, worked } from './figures.ts';

/** Numbers that look random and are the same every time. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const BILLINGS = ['monthly', 'annual', 'upfront'] as const;

/** A supplier whose first offer covers all categories, the others two by their base and one by a component. */
function supplierOf(
  n: number,
  offers: number,
  categories: readonly Offer['categories'][number][],
  model: Fiche,
): Fiche {
  const random = generator(n + 1);
  const price = () => `${1 + random(9)}.${String(random(100)).padStart(2, '0')}`;
  const tiers = () => [
    { fromUnits: 1, unitPricePerMonth: price() },
    { fromUnits: 100, unitPricePerMonth: price() },
    { fromUnits: 500, unitPricePerMonth: price() },
  ];
  const [template] = model.offers;
  if (!template) throw new Error('the model has no offer');
  return {
    ...model,
    supplier: { ...model.supplier, id: `s${String(n).padStart(3, '0')}` },
    offers: Array.from({ length: offers }, (_, at) => {
      const id = `s${String(n).padStart(3, '0')}-${at}`;
      const first = random(categories.length);
      const some = (from: number) =>
        categories[(first + from) % categories.length] as (typeof categories)[number];
      const base = at === 0 ? [some(0), some(1), some(2)] : [some(0), some(1)];
      const added = at === 0 ? categories.filter((category) => !base.includes(category)) : [some(2)];
      return {
        ...template,
        id,
        name: id,
        status: 'qualified' as const,
        categories: [...new Set(base)],
        tiers: tiers(),
        components: added.map((category, k) => ({ id: `${id}-${k}`, name: id, category, tiers: tiers() })),
        billing: BILLINGS[random(3)] as (typeof BILLINGS)[number],
        decreaseAllowed: random(2) === 0,
        indexation: ['0', '2', '2.5'][random(3)] as string,
        minimumUnits: [1, 10, 50][random(3)] as number,
        minimumTermMonths: 1,
        entryFee: '100.00',
        exitFee: '0.00',
      };
    }),
  };
}

function requestOf(categories: readonly Offer['categories'][number][], steps: number): PricingRequest {
  const random = generator(7);
  return {
    durationMonths: 36,
    needs: categories.map((category) => ({
      category,
      quantities: Array.from({ length: steps }, (_, at) => ({
        fromMonth: 1 + Math.floor((36 / steps) * at),
        units: random(1_000),
      })),
    })),
  };
}

/** Every assignment of one supplier's offers, one after the other. */
function enumerate(request: PricingRequest, { offers }: Fiche): number {
  const categories = request.needs.map(({ category }) => category);
  const demand = demandOf(request);
  const costs = offers.map((offer) => costsOf(pricedOffer(offer, categories, 3), demand));
  let best = Number.POSITIVE_INFINITY;
  const parts = offers.map(() => 0);
  const place = (at: number): void => {
    if (at === categories.length) {
      const total = parts.reduce(
        (sum, part, n) =>
          part === 0 ? sum : sum + (costs[n]?.high[part] ?? 0) * 2 ** 20 + (costs[n]?.low[part] ?? 0),
        0,
      );
      if (total < best) best = total;
      return;
    }
    const bit = 1 << at;
    costs.forEach(({ cover }, n) => {
      if ((cover & bit) === 0) return;
      parts[n] = (parts[n] ?? 0) | bit;
      place(at + 1);
      parts[n] = (parts[n] ?? 0) & ~bit;
    });
  };
  place(0);
  return best;
}

/** The milliseconds of a processor of the exact comparison at its full size, the quantity of each category changing so many times in 36 months. */
function fullSize(model: Fiche, steps: number): number {
  const fiches = Array.from({ length: 200 }, (_, n) => supplierOf(n, 10, CATEGORIES, model));
  const request = requestOf(CATEGORIES, steps);
  compare(request, fiches.slice(0, 20));
  return median(Array.from({ length: 5 }, () => worked(() => compare(request, fiches))));
}

/** The same when every quantity changes every month; and, beside it, at a size that a plain enumeration can do, each one's milliseconds of a processor. */
export function pricesEachMonth(): {
  readonly full: number;
  readonly small: number;
  readonly enumerated: number;
} {
  const [model] = readFiches(CATALOGUE_FOLDER, buildBusinessDays(readHolidays(HOLIDAYS_FILE)));
  if (!model) throw new Error('no sample');
  const categories = CATEGORIES.slice(0, 8);
  const few = Array.from({ length: 3 }, (_, n) => supplierOf(n, 5, categories, model));
  const request = requestOf(categories, 36);
  const small = median(Array.from({ length: 9 }, () => worked(() => compare(request, few))));
  const enumerated = worked(() => few.map((fiche) => enumerate(request, fiche)));
  return { full: fullSize(model, 36), small, enumerated };
}

/** The exact comparison at its full size, and beside a plain enumeration at a size that both can do. */
export function benchScenarios(): void {
  const [model] = readFiches(CATALOGUE_FOLDER, buildBusinessDays(readHolidays(HOLIDAYS_FILE)));
  if (!model) throw new Error('no sample');
  console.log('\nScenarios, 36 months, one offer in ten covering every category');
  row('', 'median ms', '', '');
  for (const [label, steps] of [
    ['steady quantities', 1],
    ['three steps a category', 3],
    ['a step every month', 36],
  ] as const) {
    row(`200 suppliers × 10 offers × 10, ${label}`, fullSize(model, steps), '', '');
  }
  const categories = CATEGORIES.slice(0, 8);
  const small = Array.from({ length: 3 }, (_, n) => supplierOf(n, 5, categories, model));
  const request = requestOf(categories, 3);
  const ours = Array.from({ length: 9 }, () => timed(() => compare(request, small))[1]);
  const theirs = Array.from(
    { length: 3 },
    () => timed(() => small.map((fiche) => enumerate(request, fiche)))[1],
  );
  row('', 'Courtier', 'enumeration', 'ratio');
  row('3 suppliers × 5 offers × 8 (ms)', median(ours), median(theirs), median(ours) / median(theirs));

  const samples = readFiches(CATALOGUE_FOLDER, buildBusinessDays(readHolidays(HOLIDAYS_FILE)));
  const fiches = [...new Map(samples.map((fiche) => [fiche.supplier.id, fiche])).values()];
  const render = buildRenderer(CARDS_FOLDER, new Set());
  const wanted = requestOf(CATEGORIES.slice(0, 4), 2);
  const file = {
    id: '',
    number: 1,
    organizationId: null,
    name: 'Banc',
    state: 'open',
    ended: null,
    role: 'owner',
    revision: 1,
    createdAt: new Date(),
    updatedAt: new Date(),
  } as const;
  const whatIf = () =>
    render(
      whatIfCard({
        file,
        request: wanted,
        comparison: compare(wanted, fiches),
        fiches,
        samples: true,
        choice: undefined,
        bound: 'yes',
        budgetCents: undefined,
      }),
    );
  whatIf();
  row('', 'card', 'one calculation', 'ratio');
  const drawn = Array.from({ length: 21 }, () => timed(whatIf)[1]);
  const single = Array.from({ length: 21 }, () => timed(() => compare(wanted, fiches))[1]);
  row('« et si » on the samples (ms)', median(drawn), median(single), median(drawn) / median(single));
}

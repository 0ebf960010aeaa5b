import type { Category, Fiche, Offer } from '../../../../src/features/catalogue/index.ts';
import type { PricingRequest } from '../../../../src/features/scenarios/index.ts';

/** The guide's order of the categories. */
const ORDER = [
  'courriel',
  'reseau-social',
  'visioconference',
  'traitement-de-texte',
  'tableur',
  'presentation',
  'plateforme-collaborative',
  'messagerie-instantanee',
  'partage-de-fichiers',
  'sondage',
];

const cents = (text: string): bigint => {
  const [whole = '0', decimals = ''] = text.split('.');
  return BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'));
};

/** An indexed price as an exact fraction, then rounded half away from zero. */
function price(tiers: Offer['tiers'], units: number, indexation: string, year: number): bigint {
  const tier = [...tiers].reverse().find(({ fromUnits }) => fromUnits <= units) ?? tiers[0];
  const decimals = indexation.split('.')[1]?.length ?? 0;
  const bottom = 100n * 10n ** BigInt(decimals);
  const top = bottom + BigInt(indexation.replace('.', ''));
  let [numerator, denominator] = [cents(tier?.unitPricePerMonth ?? '0'), 1n];
  for (let n = 0; n < year; n++) {
    numerator *= top;
    denominator *= bottom;
  }
  return (numerator * 2n + denominator) / (denominator * 2n);
}

/** What one offer costs for a set of categories, month by month. */
export function costOf(
  offer: Offer,
  categories: readonly Category[],
  { durationMonths, needs }: PricingRequest,
): bigint {
  const demand = (month: number): number =>
    Math.max(
      ...needs
        .filter(({ category }) => categories.includes(category))
        .map(
          ({ quantities }) =>
            [...quantities].reverse().find(({ fromMonth }) => fromMonth <= month)?.units ?? 0,
        ),
    );
  const units: number[] = [];
  for (let month = 1; month <= durationMonths; month++) {
    const wanted = Math.max(demand(month), offer.minimumUnits);
    units.push(offer.decreaseAllowed ? wanted : Math.max(wanted, units.at(-1) ?? 0));
  }
  let billed = units;
  if (offer.billing === 'upfront') billed = units.map(() => Math.max(...units));
  if (offer.billing === 'annual') {
    billed = [];
    for (let start = 0; start < durationMonths; start += 12)
      billed.push(...Array(12).fill(Math.max(...units.slice(start, start + 12))));
  }
  const sum = (tiers: Offer['tiers']): bigint =>
    billed.reduce(
      (all, n, month) => all + BigInt(n) * price(tiers, n, offer.indexation, Math.floor(month / 12)),
      0n,
    );
  let total = sum(offer.tiers) + cents(offer.entryFee) + cents(offer.exitFee);
  for (const category of categories) {
    if (offer.categories.includes(category)) continue;
    const [least = 0n] = offer.components
      .filter((each) => each.category === category)
      .map(({ tiers }) => sum(tiers))
      .sort((a, b) => (a < b ? -1 : 1));
    total += least;
  }
  return total;
}

export const covers = (offer: Offer, category: Category): boolean =>
  offer.categories.includes(category) || offer.components.some((each) => each.category === category);

/** Whether an offer may be part of a scenario of a request. */
export function mayCount(offer: Offer, { durationMonths, requirements = {} }: PricingRequest): boolean {
  const { hosting, minAvailability, trainingLanguages = [], features = [] } = requirements;
  return (
    offer.status === 'qualified' &&
    offer.minimumTermMonths <= durationMonths &&
    (!hosting ||
      offer.hosting.every(
        ({ country, region }) => country === 'CA' && (hosting === 'CA' || region === 'QC'),
      )) &&
    (!minAvailability || Number(offer.availability) >= Number(minAvailability)) &&
    trainingLanguages.every((language) => offer.trainingLanguages.includes(language)) &&
    features.every((feature) => offer.features.includes(feature))
  );
}

interface Found {
  readonly total: bigint;
  readonly ids: readonly string[];
  readonly assigned: readonly string[];
  readonly contracts: number;
}

const listOrder = (a: readonly string[], b: readonly string[]): number => {
  const at = a.findIndex((id, index) => id !== b[index]);
  return at === -1 ? 0 : (a[at] as string) < (b[at] as string) ? -1 : 1;
};

/** The best of all assignments of the needed categories to these offers, by trying every one. */
function best(
  offers: readonly { offer: Offer; supplier: string }[],
  request: PricingRequest,
  joint: boolean,
): Found | undefined {
  const wanted = ORDER.filter((id) => request.needs.some(({ category }) => category === id)) as Category[];
  let winner: Found | undefined;
  const place = (at: number, chosen: readonly { offer: Offer; supplier: string }[]): void => {
    const category = wanted[at];
    if (category !== undefined) {
      for (const each of offers) if (covers(each.offer, category)) place(at + 1, [...chosen, each]);
      return;
    }
    const used = [...new Set(chosen)];
    const found: Found = {
      total: used.reduce(
        (sum, each) =>
          sum +
          costOf(
            each.offer,
            wanted.filter((_, index) => chosen[index] === each),
            request,
          ),
        0n,
      ),
      ids: used.map(({ offer }) => offer.id).sort(),
      assigned: chosen.map(({ offer }) => offer.id),
      contracts: new Set(used.map(({ supplier }) => supplier)).size,
    };
    const order = (other: Found): number =>
      (found.total < other.total ? -1 : found.total > other.total ? 1 : 0) ||
      (joint ? found.contracts - other.contracts : 0) ||
      found.ids.length - other.ids.length ||
      listOrder(found.ids, other.ids) ||
      (joint ? 0 : listOrder(found.assigned, other.assigned));
    if (!winner || order(winner) < 0) winner = found;
  };
  place(0, []);
  return winner;
}

/** The comparison of the rules, by brute force. */
export function bruteForce(request: PricingRequest, fiches: readonly Fiche[]) {
  const wanted = ORDER.filter((id) => request.needs.some(({ category }) => category === id)) as Category[];
  const pool = fiches.flatMap((fiche) =>
    fiche.offers
      .filter((offer) => mayCount(offer, request))
      .map((offer) => ({ offer, supplier: fiche.supplier.id })),
  );
  const results = fiches.map((fiche) => {
    const own = pool.filter(({ supplier }) => supplier === fiche.supplier.id);
    const missing = wanted.filter((category) => !own.some(({ offer }) => covers(offer, category))).sort();
    return {
      supplier: fiche.supplier.id,
      missing,
      found: missing.length > 0 ? undefined : best(own, request, false),
    };
  });
  const across = wanted.every((category) => pool.some(({ offer }) => covers(offer, category)))
    ? best(pool, request, true)
    : undefined;
  return {
    suppliers: results
      .flatMap(({ supplier, found }) =>
        found
          ? [
              {
                supplier,
                priceCents: found.total,
                offers: Object.fromEntries(
                  found.ids.map((id) => [id, wanted.filter((_, at) => found.assigned[at] === id).sort()]),
                ),
              },
            ]
          : [],
      )
      .sort((a, b) =>
        a.priceCents < b.priceCents ? -1 : a.priceCents > b.priceCents ? 1 : a.supplier < b.supplier ? -1 : 1,
      ),
    excluded: results
      .filter(({ missing }) => missing.length > 0)
      .map(({ supplier, missing }) => ({ supplier, missing }))
      .sort((a, b) => (a.supplier < b.supplier ? -1 : 1)),
    across: across && { priceCents: across.total, contracts: across.contracts, ids: across.ids },
  };
}

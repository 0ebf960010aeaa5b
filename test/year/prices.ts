import { stringify } from 'yaml';
import { Fiche } from '../../src/features/catalogue/index.ts';
import { aDocument, anOffer, flat } from '../support/fiches.ts';
import { nowOf } from './chats.ts';
import { fichesOf, todayOf } from './facts.ts';
import { days } from './house.ts';
import { type Random, randomOf, seedOf } from './random.ts';
import type { World } from './world.ts';

const NAMES = ['airelle', 'bleuet', 'chardon', 'dryade', 'epervier', 'fougere', 'genevrier', 'houblon'];

/** The suppliers of a world, by their ids. */
const idOf = (n: number): string => {
  const name = NAMES[n % NAMES.length] ?? 'airelle';
  return n < NAMES.length ? name : `${name}-${Math.floor(n / NAMES.length) + 1}`;
};

const dollars = (random: Random): string => `${random.int(2, 9)}.${random.int(10, 99)}`;

/** The offers that a supplier begins with: for e-mail, and for most for video too, by itself or as a component. */
function offersOf(id: string, random: Random) {
  const video = random.int(0, 2);
  const common = {
    billing: random.pick(['monthly', 'monthly', 'annual', 'upfront'] as const),
    decreaseAllowed: random.chance(70),
    indexation: random.pick(['0', '0', '2', '2.5']),
    minimumUnits: random.pick([1, 1, 10]),
    trial: { units: random.pick([10, 30]), days: random.pick([30, 60]) },
  };
  const mail = anOffer({
    ...common,
    id: `${id}-courriel`,
    name: `${id} Courriel`,
    tiers: random.chance(50)
      ? flat(dollars(random))
      : [
          { fromUnits: 1, unitPricePerMonth: dollars(random) },
          { fromUnits: 20, unitPricePerMonth: dollars(random) },
        ],
    entryFee: random.pick(['0.00', '0.00', '250.00']),
    components:
      video === 1
        ? [
            {
              id: `${id}-option`,
              name: 'Option vidéo',
              category: 'visioconference',
              tiers: flat(dollars(random)),
            },
          ]
        : [],
  });
  const other = anOffer({
    ...common,
    id: `${id}-video`,
    name: `${id} Vidéo`,
    categories: ['visioconference'],
    tiers: flat(dollars(random)),
  });
  return video === 2 ? [mail, other] : [mail];
}

/** The catalogue with which a world begins. */
export const firstFiches = (seed: number, suppliers: number): readonly Fiche[] =>
  Array.from({ length: suppliers }, (_, n) => {
    const id = idOf(n);
    const document = aDocument({ offers: offersOf(id, randomOf(seedOf(seed, 'fiche', id))) });
    return Fiche.parse({ ...document, supplier: { ...document.supplier, id, name: `${id} inc.` } });
  });

type Offer = Fiche['offers'][number];

/** What is new in a fiche: prices on the day when they may change; on any day the rest, and the place of an offer. */
function changed(fiche: Fiche, version: string, random: Random): Fiche {
  const prices = days.priceDate(Temporal.PlainDate.from(version)).toString() === version;
  const change = (offer: Offer): Offer => ({
    ...offer,
    // Most come back from the analysis; what is withdrawn stays so for a while.
    status:
      offer.status === 'qualified'
        ? random.chance(88)
          ? 'qualified'
          : random.pick(['under-review', 'withdrawn'] as const)
        : random.chance(70)
          ? 'qualified'
          : offer.status,
    availability: random.pick([offer.availability, '99.9', '99.5']),
    ...(prices && random.chance(70) && { tiers: flat(dollars(random)) }),
  });
  return {
    ...fiche,
    version,
    offers: fiche.offers.map(change),
    changes: [prices ? 'Mise à jour des prix.' : 'Correction de la fiche.'],
  };
}

/**
 * One of the staff drops a fiche of a supplier, looks at it and publishes it: with other prices on the day of the month
 * when they may change, without them on another day.
 */
export async function publishPrices(
  world: World,
  random: Random,
  on: 'prices' | 'correction',
): Promise<void> {
  const actor = random.pick(world.cast.filter(({ kind }) => kind !== 'client'));
  const today = todayOf(world);
  const fiche = random.pick(await fichesOf(world));
  const version = (on === 'prices' ? days.nextPriceDate(today) : today).toString();
  if (version <= fiche.version) return;
  const text = stringify(changed(fiche, version, random), { aliasDuplicateObjects: false });
  const name = `${fiche.supplier.id}_${version}.yaml`;
  await world.says(actor, '', { to: random.int(0, 1), files: { [name]: text } });
  const message = world.chats.in(actor.chat.id).at(-1);
  const shown = message && nowOf(message);
  const publish = shown?.buttons.find(({ verb }) => verb === 'catalogue.publish');
  if (message && shown && publish && random.chance(85)) await world.press(actor, message, shown, publish, {});
  await world.work();
}

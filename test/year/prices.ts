import { stringify } from 'yaml';
import { aDocument, anOffer, flat } from '../support/fiches.ts';
import { nowOf } from './chats.ts';
import { days, ZONE } from './house.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export const SUPPLIERS = [
  'airelle',
  'bleuet',
  'chardon',
  'dryade',
  'epervier',
  'fougere',
  'genevrier',
  'houblon',
];

/** On the day when prices may change, one of the staff drops a fiche of a supplier, looks at it and publishes it. */
export async function publishPrices(world: World, random: Random): Promise<void> {
  const staff = world.cast.filter(({ kind }) => kind === 'staff');
  const actor = random.pick(staff);
  const id = SUPPLIERS[random.int(0, Math.min(world.sizes.suppliers, SUPPLIERS.length) - 1)] ?? 'airelle';
  const today = world.clock.now().toZonedDateTimeISO(ZONE).toPlainDate();
  const version = days.nextPriceDate(today).toString();
  const document = aDocument({
    version,
    offers: [
      anOffer({
        id: `${id}-courriel`,
        tiers: flat(`${random.int(2, 9)}.00`),
        status: random.chance(90) ? 'qualified' : 'under-review',
      }),
    ],
    changes: ['Mise à jour des prix.'],
  });
  const fiche = { ...document, supplier: { ...document.supplier, id, name: `${id} inc.` } };
  const text = stringify(fiche, { aliasDuplicateObjects: false });
  await world.says(actor, '', { to: random.int(0, 1), files: { [`${id}_${version}.yaml`]: text } });
  const message = world.chats.in(actor.chat.id).at(-1);
  const shown = message && nowOf(message);
  const publish = shown?.buttons.find(({ verb }) => verb === 'catalogue.publish');
  if (message && shown && publish && random.chance(85)) await world.press(actor, message, shown, publish, {});
  await world.work();
}

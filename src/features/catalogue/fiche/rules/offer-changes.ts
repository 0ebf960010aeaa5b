import { centsOf, percentChange } from '../../../../core/text/money.ts';
import { count, listed } from '../../../../core/text/text.ts';
import {
  BILLING_NAMES,
  featureName,
  indexationText,
  languageName,
  percentText,
  placeName,
  priceText,
  STATUS_NAMES,
  units,
} from '../../texts.ts';
import { CATEGORY_NAMES } from './categories.ts';
import { asSet, type Change, changed } from './change.ts';
import type { Component, Offer, Tier } from './fiche.ts';

/** What changed in an offer, field by field. */
export function offerChanges(was: Offer, is: Offer): Change[] {
  // Most offers stay as they were: no need to put them in words to see it.
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const offer = is;
  const text = (field: string, label: string, of: (offer: Offer) => string, price = false) =>
    changed({ offer, field, label, price }, of(was), of(is));
  return [
    ...statusChange(was, is),
    ...text('name', 'nom', ({ name }) => name),
    ...text('categories', 'catégories', ({ categories }) =>
      asSet(categories.map((id) => CATEGORY_NAMES[id])),
    ),
    ...text('unit', 'unité de tarification', ({ unit }) => unit),
    ...tierChanges({ offer, field: 'tiers', label: 'prix' }, was.tiers, is.tiers),
    ...componentChanges(was, is),
    ...text('minimumUnits', 'quantité minimale', ({ minimumUnits }) => count(minimumUnits, 'unité'), true),
    ...text(
      'minimumTermMonths',
      'durée minimale',
      ({ minimumTermMonths }) => `${minimumTermMonths} mois`,
      true,
    ),
    ...text('decreaseAllowed', 'diminution des quantités', ({ decreaseAllowed }) =>
      decreaseAllowed ? 'permise' : 'non permise',
    ),
    ...text('billing', 'facturation', ({ billing }) => BILLING_NAMES[billing], true),
    ...text('indexation', 'indexation', ({ indexation }) => indexationText(indexation), true),
    ...feeChange(offer, 'entryFee', "frais d'entrée", was, is),
    ...feeChange(offer, 'exitFee', 'frais de sortie', was, is),
    ...text('hosting', 'hébergement', ({ hosting }) => asSet(hosting.map(placeName))),
    ...text('availability', 'disponibilité', ({ availability }) => percentText(availability)),
    ...text('trainingLanguages', 'langues de formation', ({ trainingLanguages }) =>
      asSet(trainingLanguages.map(languageName)),
    ),
    ...featureChanges(was, is),
    ...text('security.certifications', 'certifications', ({ security }) => asSet(security.certifications)),
    ...text('security.notes', 'notes de sécurité', ({ security }) => security.notes ?? ''),
    ...text('trial', "banc d'essai", ({ trial }) =>
      trial ? `${count(trial.units, 'unité')}, ${count(trial.days, 'jour')}` : '',
    ),
  ];
}

function statusChange(was: Offer, is: Offer): Change[] {
  if (is.status === 'withdrawn' && was.status !== 'withdrawn')
    return [
      {
        kind: 'withdrawn',
        offer: is.id,
        field: 'status',
        price: false,
        from: STATUS_NAMES[was.status],
        to: STATUS_NAMES.withdrawn,
        sentence: `${is.name} est retirée du catalogue.`,
      },
    ];
  return changed(
    { offer: is, field: 'status', label: 'statut' },
    STATUS_NAMES[was.status].toLowerCase(),
    STATUS_NAMES[is.status].toLowerCase(),
  );
}

/** An amount, with its change in percent. */
function amount(
  what: { offer: Offer; field: string; label: string },
  from: string | undefined,
  to: string | undefined,
): Change[] {
  if (from === to) return [];
  const percent =
    from === undefined || to === undefined ? undefined : percentChange(centsOf(from), centsOf(to));
  const shown = (value: string | undefined) => (value === undefined ? 'aucun palier' : priceText(value));
  return changed({ ...what, price: true }, shown(from), shown(to), percent);
}

const feeChange = (
  offer: Offer,
  field: 'entryFee' | 'exitFee',
  label: string,
  was: Offer,
  is: Offer,
): Change[] => amount({ offer, field, label }, was[field], is[field]);

/** Prices by the quantity from which they apply. */
function tierChanges(
  what: { offer: Offer; field: string; label: string },
  was: readonly Tier[],
  is: readonly Tier[],
): Change[] {
  const price = (tiers: readonly Tier[], from: number) =>
    tiers.find(({ fromUnits }) => fromUnits === from)?.unitPricePerMonth;
  const starts = [...new Set([...was, ...is].map(({ fromUnits }) => fromUnits))].sort((a, b) => a - b);
  return starts.flatMap((from) => {
    const label = from === 1 ? what.label : `${what.label} à partir de ${units(from, what.offer.unit)}`;
    return amount({ ...what, field: `${what.field}.${from}`, label }, price(was, from), price(is, from));
  });
}

function componentChanges(was: Offer, is: Offer): Change[] {
  const old = new Map(was.components.map((component) => [component.id, component]));
  const kept = new Set(is.components.map(({ id }) => id));
  const gone = was.components.filter(({ id }) => !kept.has(id));
  /** A component that takes the place of another one changes the price of its category. */
  const replaces = ({ category }: Component) => gone.some((component) => component.category === category);
  const whole = (kind: 'added' | 'removed', component: Component, verb: string): Change => ({
    kind,
    offer: is.id,
    field: `components.${component.id}`,
    price: kind === 'added' && replaces(component),
    ...(kind === 'added' ? { to: component.name } : { from: component.name }),
    sentence: `${is.name} : ${verb} « ${component.name} ».`,
  });
  return [
    ...is.components.flatMap((component) => {
      const before = old.get(component.id);
      if (!before) return [whole('added', component, 'nouvelle composante')];
      const field = `components.${component.id}`;
      const label = `composante « ${component.name} »`;
      return [
        ...changed(
          { offer: is, field: `${field}.name`, label: 'nom d’une composante' },
          before.name,
          component.name,
        ),
        ...changed(
          { offer: is, field: `${field}.category`, label: `${label}, catégorie` },
          CATEGORY_NAMES[before.category],
          CATEGORY_NAMES[component.category],
        ),
        ...tierChanges(
          { offer: is, field: `${field}.tiers`, label: `${label}, prix` },
          before.tiers,
          component.tiers,
        ),
      ];
    }),
    ...gone.map((component) => whole('removed', component, 'fin de la composante')),
  ];
}

function featureChanges(was: Offer, is: Offer): Change[] {
  const gained = is.features.filter((feature) => !was.features.includes(feature));
  const lost = was.features.filter((feature) => !is.features.includes(feature));
  const line = (
    kind: 'added' | 'removed',
    features: readonly string[],
    one: string,
    many: string,
  ): Change[] => {
    if (features.length === 0) return [];
    const verb = features.length === 1 ? one : many;
    const names = listed(features.map(featureName));
    return [
      {
        kind,
        offer: is.id,
        field: 'features',
        price: false,
        ...(kind === 'added' ? { to: names } : { from: names }),
        sentence: `${is.name} : ${verb} ${names}.`,
      },
    ];
  };
  return [
    ...line('added', gained, 's’ajoute', 's’ajoutent'),
    ...line('removed', lost, 'disparaît', 'disparaissent'),
  ];
}

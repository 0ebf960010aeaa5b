import { centsOf, percentChange } from '../../core/money.ts';
import { count } from '../../core/text.ts';
import { CATEGORY_NAMES, type Category } from './categories.ts';
import type { Component, Contact, Fiche, Offer, Tier } from './fiche.ts';
import {
  BILLING_NAMES,
  featureName,
  indexationText,
  languageName,
  listed,
  percentText,
  placeName,
  priceFrom,
  priceText,
  ROLE_NAMES,
  STATUS_NAMES,
  units,
} from './wording.ts';

/** One thing that changed between two versions of a fiche. */
export interface Change {
  readonly kind: 'added' | 'withdrawn' | 'removed' | 'changed';
  /** The offer's id; absent for what concerns the whole supplier. */
  readonly offer?: string;
  /** « tiers », « hosting », « documents.amendingAnnex »… */
  readonly field: string;
  /** Whether rule 2 of publication applies: prices change on the first business day of a month. */
  readonly price: boolean;
  readonly from?: string;
  readonly to?: string;
  /** « −5 % », for an amount. */
  readonly percent?: string;
  /** The whole change in one plain sentence. */
  readonly sentence: string;
}

export interface Difference {
  readonly supplier: string;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly Change[];
  readonly changesPrices: boolean;
  /** Categories of the offers that changed, in the guide's order; all the supplier's when it changed itself. */
  readonly categories: readonly Category[];
}

/** What changed from one version of a supplier's fiche to another, supplier first, then offer by offer. */
export function differenceOf(before: Fiche, after: Fiche): Difference {
  const changes = [...supplierChanges(before, after), ...offersChanges(before, after)];
  return {
    supplier: after.supplier.id,
    from: before.version,
    to: after.version,
    changes,
    changesPrices: changes.some(({ price }) => price),
    categories: concerned(changes, before, after),
  };
}

/** The categories that an offer covers, by its base or by a component. */
export const categoriesOf = ({ categories, components }: Offer): Category[] => [
  ...new Set([...categories, ...components.map(({ category }) => category)]),
];

function concerned(changes: readonly Change[], before: Fiche, after: Fiche): Category[] {
  const all = changes.some(({ offer }) => offer === undefined);
  const ids = new Set(changes.map(({ offer }) => offer));
  const found = new Set(
    [...before.offers, ...after.offers].filter(({ id }) => all || ids.has(id)).flatMap(categoriesOf),
  );
  return (Object.keys(CATEGORY_NAMES) as Category[]).filter((category) => found.has(category));
}

/** « Offre, champ : ancien → nouveau. »: the form of every plain change. */
function changed(
  what: { offer?: Offer; field: string; label: string; price?: boolean },
  from: string,
  to: string,
  percent?: string,
): Change[] {
  if (from === to) return [];
  const subject = what.offer ? `${what.offer.name}, ${what.label}` : capital(what.label);
  return [
    {
      kind: 'changed',
      ...(what.offer ? { offer: what.offer.id } : {}),
      field: what.field,
      price: what.price ?? false,
      from,
      to,
      ...(percent ? { percent } : {}),
      sentence: ended(`${subject} : ${from || 'rien'} → ${to || 'rien'}${percent ? ` (${percent})` : ''}`),
    },
  ];
}

/** With one period at its end. */
const ended = (text: string): string => text.replace(/\.?$/, '.');

/** A list as a set: another order is no change. */
const asSet = (items: readonly string[]): string =>
  listed([...items].sort((a, b) => a.localeCompare(b, 'fr')));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const DOCUMENT_LABELS = {
  frameworkAgreement: 'texte de l’entente-cadre',
  amendingAnnex: 'annexe modificative',
  supplierConditions: 'conditions du fournisseur',
} as const;

function supplierChanges(before: Fiche, after: Fiche): Change[] {
  const plain = (field: string, label: string, from: string, to: string) =>
    changed({ field, label }, from, to);
  const [was, is] = [before.frameworkAgreement, after.frameworkAgreement];
  return [
    ...plain('supplier.name', 'nom du fournisseur', before.supplier.name, after.supplier.name),
    ...contactChanges(before.supplier.contacts, after.supplier.contacts),
    ...plain('frameworkAgreement.number', 'numéro de l’entente-cadre', was.number, is.number),
    ...plain('frameworkAgreement.start', 'début de l’entente-cadre', was.start, is.start),
    ...plain('frameworkAgreement.end', 'fin de l’entente-cadre', was.end, is.end),
    ...(Object.keys(DOCUMENT_LABELS) as (keyof typeof DOCUMENT_LABELS)[]).flatMap((key) =>
      plain(`documents.${key}`, DOCUMENT_LABELS[key], before.documents[key], after.documents[key]),
    ),
  ];
}

function contactChanges(before: readonly Contact[], after: readonly Contact[]): Change[] {
  return (Object.keys(ROLE_NAMES) as Contact['role'][]).flatMap((role) => {
    const text = (contacts: readonly Contact[]) =>
      listed(
        contacts
          .filter((contact) => contact.role === role)
          .map(({ name, email, phone }) => `${name} (${[email, phone].filter(Boolean).join(', ')})`),
      );
    return changed(
      {
        field: `supplier.contacts.${role}`,
        label: `personnes-ressources, ${ROLE_NAMES[role].toLowerCase()}`,
      },
      text(before),
      text(after),
    );
  });
}

function offersChanges(before: Fiche, after: Fiche): Change[] {
  const old = new Map(before.offers.map((offer) => [offer.id, offer]));
  const kept = new Set(after.offers.map(({ id }) => id));
  return [
    ...after.offers.flatMap((offer) => {
      const was = old.get(offer.id);
      return was ? offerChanges(was, offer) : [added(offer)];
    }),
    ...before.offers.filter(({ id }) => !kept.has(id)).map(removed),
  ];
}

const added = (offer: Offer): Change => ({
  kind: 'added',
  offer: offer.id,
  field: 'offer',
  price: false,
  to: offer.name,
  sentence: `Nouvelle offre : ${offer.name} (${listed(offer.categories.map((id) => CATEGORY_NAMES[id].toLowerCase()))}). ${priceFrom(offer)}.`,
});

const removed = (offer: Offer): Change => ({
  kind: 'removed',
  offer: offer.id,
  field: 'offer',
  price: false,
  from: offer.name,
  sentence: `${offer.name}, déjà retirée, ne figure plus dans la fiche.`,
});

function offerChanges(was: Offer, is: Offer): Change[] {
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
      trial ? `${count(trial.units, 'unité')}, ${trial.days} jours` : '',
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
      if (!before) return [whole('added', component, 'nouveau composant')];
      const field = `components.${component.id}`;
      const label = `composant « ${component.name} »`;
      return [
        ...changed(
          { offer: is, field: `${field}.name`, label: 'nom d’un composant' },
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
    ...gone.map((component) => whole('removed', component, 'fin du composant')),
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

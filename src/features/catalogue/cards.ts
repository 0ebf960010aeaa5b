import type { Card, ViewScalar } from '../../core/card.ts';
import { frenchDay } from '../../core/clock.ts';
import { frenchMoney } from '../../core/money.ts';
import { pageOf, pagingRow } from '../../core/paging.ts';
import { count, escapeMarkdown } from '../../core/text.ts';
import { browse, PAGE_SIZE } from './browse.ts';
import { CATEGORIES, CATEGORY_NAMES, type Category } from './categories.ts';
import { categoriesOf } from './difference.ts';
import type { Component, Fiche, Offer } from './fiche.ts';
import type { Named } from './names.ts';
import { AVAILABILITIES, type Criteria, NO_CHOICE, writeCriteria } from './schema.ts';
import type { CatalogueView, Listed } from './view.ts';
import {
  BILLING_NAMES,
  BILLING_SENTENCES,
  commitments,
  featureName,
  HOSTING_NAMES,
  hostingShort,
  indexationText,
  languageName,
  listed,
  lowestPrice,
  percentText,
  placeName,
  priceFrom,
  priceText,
  ROLE_NAMES,
  STATUS_NAMES,
  tierRange,
  units,
} from './wording.ts';

type Row = { readonly [key: string]: ViewScalar };

/** A name of the catalogue as a text of a card. */
const plain = escapeMarkdown;

const OFFERS = (n: number) => count(n, 'offre');

/** One of the two categories of a row. */
const tile = (side: 'left' | 'right', category: Category, { countBy }: CatalogueView): Row => ({
  [`${side}Name`]: CATEGORY_NAMES[category],
  [`${side}Count`]: OFFERS(countBy.get(category) ?? 0),
  [`${side}Criteria`]: writeCriteria({ category }),
});

export function homeCard(view: CatalogueView): Card {
  const summary = `${OFFERS(view.offers.length)} de ${count(view.fiches.length, 'fournisseur')}, qualifiées ou en analyse.`;
  return {
    template: 'catalogue/home',
    summary: `Catalogue d'offres infonuagiques : ${summary}`,
    view: {
      sample: view.samples,
      summary: view.fiches.length === 0 ? 'Aucune fiche n’est encore publiée.' : summary,
      rows: CATEGORIES.flatMap((category, at) => {
        const other = CATEGORIES[at + 1];
        return at % 2 === 0 && other
          ? [{ ...tile('left', category, view), ...tile('right', other, view) }]
          : [];
      }),
    },
  };
}

/** The criteria in words, « hébergement : Québec · disponibilité : 99,9 % et plus ». */
function criteriaText({ hosting, languages, availability, features, status, sort }: Criteria): string {
  return [
    hosting && `hébergement : ${HOSTING_NAMES[hosting]}`,
    availability && `disponibilité : ${percentText(availability)} et plus`,
    languages && `formation : ${listed(languages.map(languageName))}`,
    features && `avec ${listed(features.map((feature) => plain(featureName(feature))))}`,
    status && `statut : ${STATUS_NAMES[status].toLowerCase()}`,
    sort && sort !== 'name' && (sort === 'price' ? 'par prix' : 'par fournisseur'),
  ]
    .filter(Boolean)
    .join(' · ');
}

const offerFacts = (offer: Offer): string =>
  [
    offer.status === 'qualified' ? '' : STATUS_NAMES[offer.status],
    `Payée ${BILLING_NAMES[offer.billing]}`,
    hostingShort(offer),
  ]
    .filter(Boolean)
    .join(' · ');

const offerRow = ({ offer, fiche }: Listed): Row => ({
  id: offer.id,
  label: offer.name,
  name: plain(offer.name),
  supplier: plain(fiche.supplier.name),
  price: plain(priceFrom(offer)),
  facts: offerFacts(offer),
});

export function offersCard(view: CatalogueView, criteria: Criteria, wanted: number): Card {
  const page = pageOf(browse(view, criteria), wanted, PAGE_SIZE);
  const heading = `${criteria.category ? CATEGORY_NAMES[criteria.category] : 'Toutes les offres'} : ${OFFERS(page.total)}`;
  const text = criteriaText(criteria);
  return {
    template: 'catalogue/offers',
    summary: heading,
    view: {
      sample: view.samples,
      heading,
      filtered: text !== '',
      criteriaText: text.charAt(0).toUpperCase() + text.slice(1),
      empty: page.total === 0,
      offers: page.items.map(offerRow),
      criteria: writeCriteria(criteria),
      ...pagingRow(page, 'offres'),
    },
  };
}

const ANY = { title: 'Peu importe', value: NO_CHOICE };

export function filtersCard(view: CatalogueView, criteria: Criteria): Card {
  return {
    template: 'catalogue/filters',
    summary: 'Filtrer et trier les offres.',
    view: {
      criteria: writeCriteria(criteria),
      category: criteria.category ?? NO_CHOICE,
      hosting: criteria.hosting ?? NO_CHOICE,
      availability: criteria.availability ?? NO_CHOICE,
      languages: criteria.languages?.join(',') ?? '',
      features: criteria.features?.join(',') ?? '',
      status: criteria.status ?? NO_CHOICE,
      sort: criteria.sort ?? 'name',
      categories: [
        { title: 'Toutes', value: NO_CHOICE },
        ...CATEGORIES.map((value) => ({ title: CATEGORY_NAMES[value], value })),
      ],
      hostings: [
        ANY,
        { title: 'Au Québec seulement', value: 'QC' },
        { title: 'Au Canada seulement', value: 'CA' },
      ],
      availabilities: [
        ANY,
        ...AVAILABILITIES.map((value) => ({ title: `${percentText(value)} et plus`, value })),
      ],
      languageChoices: view.languages.map((value) => ({ title: languageName(value), value })),
      featureChoices: view.features.map((value) => ({ title: featureName(value), value })),
      statuses: [
        { title: 'Qualifiées ou en analyse', value: NO_CHOICE },
        { title: 'Qualifiées seulement', value: 'qualified' },
        { title: 'En analyse seulement', value: 'under-review' },
      ],
      sorts: [
        { title: 'Par nom', value: 'name' },
        { title: 'Par prix le plus bas', value: 'price' },
        { title: 'Par fournisseur', value: 'supplier' },
      ],
    },
  };
}

const STATUS_NOTES = {
  qualified: '',
  'under-review': 'Le Courtier l’étudie encore : elle ne peut pas faire l’objet d’un contrat.',
  withdrawn: 'Elle ne peut plus faire l’objet d’un nouveau contrat.',
} as const;

const componentPrices = ({ tiers }: Component): string =>
  tiers
    .map(({ unitPricePerMonth }, at) =>
      tiers.length === 1
        ? priceText(unitPricePerMonth)
        : `${tierRange(tiers, at).toLowerCase()} : ${priceText(unitPricePerMonth)}`,
    )
    .join(' · ');

const fact = (title: string, value: string) => (value ? [{ title, value: plain(value) }] : []);

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const fee = (amount: string): string =>
  amount === '0.00' ? 'Aucun' : `${priceText(amount)}, une fois par contrat`;

export function offerCard(view: CatalogueView, { offer, fiche }: Listed): Card {
  const { supplier, version } = fiche;
  const { trial, security } = offer;
  return {
    template: 'catalogue/offer',
    summary: `${offer.name} (${supplier.name}). ${priceFrom(offer)}.`,
    view: {
      sample: view.samples,
      name: plain(offer.name),
      notable: offer.status !== 'qualified',
      status: STATUS_NAMES[offer.status],
      statusNote: STATUS_NOTES[offer.status],
      supplier: plain(supplier.name),
      supplierId: supplier.id,
      categories: listed(offer.categories.map((category) => CATEGORY_NAMES[category])),
      unit: plain(offer.unit),
      tiers: offer.tiers.map(({ unitPricePerMonth }, at) => ({
        range: tierRange(offer.tiers, at),
        price: priceText(unitPricePerMonth),
      })),
      hasComponents: offer.components.length > 0,
      components: offer.components.map((component) => ({
        name: plain(component.name),
        category: CATEGORY_NAMES[component.category],
        prices: componentPrices(component),
      })),
      conditions: [
        ...fact('Facturation', BILLING_SENTENCES[offer.billing]),
        ...fact('Engagement', commitments(offer).join(' ')),
        ...fact('Évolution', sentence(indexationText(offer.indexation))),
        ...fact("Frais d'entrée", fee(offer.entryFee)),
        ...fact('Frais de sortie', fee(offer.exitFee)),
        ...fact(
          "Banc d'essai",
          trial ? `Gratuit : jusqu’à ${units(trial.units, offer.unit)}, ${trial.days} jours` : 'Non précisé',
        ),
      ],
      characteristics: [
        ...fact('Hébergement', listed(offer.hosting.map(placeName))),
        ...fact('Disponibilité', percentText(offer.availability)),
        ...fact('Formation', listed(offer.trainingLanguages.map(languageName))),
        ...fact('Fonctionnalités', listed(offer.features.map(featureName))),
        ...fact('Certifications', listed(security.certifications)),
        ...fact('Sécurité', security.notes ?? ''),
      ],
      similar: writeCriteria({
        ...(offer.categories[0] ? { category: offer.categories[0] } : {}),
        sort: 'price',
      }),
      source: `Fiche du ${frenchDay(version)} · Guide, sections 3.2 et 3.3`,
    },
  };
}

const DOCUMENTS = [
  {
    key: 'frameworkAgreement',
    title: 'Entente-cadre',
    why: 'Elle dit qui fait quoi, du fournisseur, de votre organisation et du Courtier.',
  },
  {
    key: 'amendingAnnex',
    title: 'Annexe modificative',
    why: 'Elle précise ou change le contrat-type et les conditions du fournisseur ; elle fera partie de votre contrat.',
  },
  {
    key: 'supplierConditions',
    title: 'Conditions du fournisseur',
    why: 'Elles fixent l’utilisation des offres et les niveaux de service ; elles feront partie de votre contrat.',
  },
] as const;

export function supplierCard(view: CatalogueView, fiche: Fiche, wanted: number): Card {
  const { supplier, version, documents, frameworkAgreement } = fiche;
  const page = pageOf(
    fiche.offers.filter(({ status }) => status !== 'withdrawn'),
    wanted,
    PAGE_SIZE,
  );
  return {
    template: 'catalogue/supplier',
    summary: `${supplier.name} : ${OFFERS(page.total)}. Fiche du ${frenchDay(version)}.`,
    view: {
      sample: view.samples,
      id: supplier.id,
      name: plain(supplier.name),
      version: `Fiche du ${frenchDay(version)} · ${OFFERS(page.total)}`,
      offers: page.items.map((offer) => offerRow({ offer, fiche })),
      ...pagingRow(page, 'offres'),
      contacts: supplier.contacts.map(({ role, name, email, phone }) => ({
        role: ROLE_NAMES[role],
        name: plain(name),
        address: plain([email, phone].filter(Boolean).join(' · ')),
      })),
      documents: DOCUMENTS.map(({ key, title, why }) => ({ title, why, url: documents[key] })),
      agreement: `Entente-cadre nº ${plain(frameworkAgreement.number)}, du ${frenchDay(frameworkAgreement.start)} au ${frenchDay(frameworkAgreement.end)}.`,
    },
  };
}

const supplierRow = ({ supplier, offers }: Fiche): Row => {
  const sold = offers.filter(({ status }) => status !== 'withdrawn');
  const categories = new Set(sold.flatMap(categoriesOf));
  const names = CATEGORIES.filter((category) => categories.has(category)).map((id) => CATEGORY_NAMES[id]);
  return {
    id: supplier.id,
    label: supplier.name,
    name: plain(supplier.name),
    facts: `${OFFERS(sold.length)} : ${listed(names)}`,
  };
};

export function suppliersCard(view: CatalogueView, wanted: number): Card {
  const page = pageOf(view.fiches, wanted, PAGE_SIZE);
  const heading = count(page.total, 'fournisseur');
  return {
    template: 'catalogue/suppliers',
    summary: heading,
    view: {
      sample: view.samples,
      heading,
      suppliers: page.items.map(supplierRow),
      ...pagingRow(page, 'fournisseurs'),
    },
  };
}

const MOST_FOUND = 8;

/** What a name stands for: the one supplier or offer that it names, or a list to choose from. */
export function namedCard(view: CatalogueView, { suppliers, offers }: Named): Card {
  const [offer, ...others] = offers.flatMap((id) => view.offer(id) ?? []);
  if (offer && others.length === 0) return offerCard(view, offer);
  const found = suppliers.flatMap((id) => view.supplier(id) ?? []);
  const [supplier] = found;
  if (supplier && found.length === 1 && !offer) return supplierCard(view, supplier, 1);
  const shownOffers = [offer, ...others].filter((item) => item !== undefined).slice(0, MOST_FOUND);
  return {
    template: 'catalogue/found',
    summary: 'Plusieurs noms ressemblent à ce que vous avez écrit.',
    view: {
      sample: view.samples,
      heading: 'Que voulez-vous voir ?',
      suppliers: found.slice(0, MOST_FOUND).map(supplierRow),
      offers: shownOffers.map(offerRow),
    },
  };
}

export function summaryCard(view: CatalogueView, wanted: number): Card {
  const page = pageOf(view.offers, wanted, 8);
  const review = view.offers.filter(({ offer }) => offer.status === 'under-review').length;
  const summary = `${OFFERS(page.total)}, dont ${review} en analyse.`;
  return {
    template: 'catalogue/summary',
    summary: `Tableau synthèse : ${summary}`,
    view: {
      sample: view.samples,
      summary,
      offers: page.items.map((item) => ({
        ...offerRow(item),
        price: frenchMoney(lowestPrice(item.offer)),
        facts: [
          item.offer.status === 'qualified' ? '' : STATUS_NAMES[item.offer.status],
          listed(categoriesOf(item.offer).map((category) => CATEGORY_NAMES[category])),
        ]
          .filter(Boolean)
          .join(' · '),
      })),
      ...pagingRow(page, 'offres'),
    },
  };
}

export const exportLinkCard = (url: string, version: string): Card => ({
  template: 'catalogue/export-link',
  summary: 'Le tableau synthèse est prêt à télécharger.',
  view: { url, date: frenchDay(version) },
});

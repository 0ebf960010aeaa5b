import type { Card } from '../../../../core/card.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { guide } from '../../../../core/guide/index.ts';
import type { Choice, Picture } from '../../../../core/routes/turns.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { capital, count, listed } from '../../../../core/text/text.ts';
import { CATEGORIES, CATEGORY_NAMES, type Category } from '../../fiche/rules/categories.ts';
import { categoriesOf } from '../../fiche/rules/difference.ts';
import {
  AVAILABILITIES,
  type Criteria,
  canFollow,
  NO_CHOICE,
  SORTS,
  writeCriteria,
} from '../../screens/schema.ts';
import {
  featureName,
  HOSTING_NAMES,
  languageName,
  lowestPrice,
  percentText,
  STATUS_NAMES,
} from '../../texts.ts';
import { browse, PAGE_SIZE } from '../rules/browse.ts';
import type { Named } from '../rules/names.ts';
import { unitsOf } from '../rules/price.ts';
import type { CatalogueView, Listed } from '../rules/view.ts';
import { offerCard, supplierCard } from './offer-cards.ts';
import { offerRow, offersCount, plain, supplierRow } from './rows.ts';

/** A picture for each category: the name of one of Fluent's icons, and a sign for the clients that draw none. */
const PICTURES: Readonly<Record<Category, Picture>> = {
  courriel: { icon: 'Mail', sign: '✉️' },
  'reseau-social': { icon: 'PeopleCommunity', sign: '👥' },
  visioconference: { icon: 'Video', sign: '🎥' },
  'traitement-de-texte': { icon: 'Document', sign: '📝' },
  tableur: { icon: 'Table', sign: '📊' },
  presentation: { icon: 'SlideText', sign: '📽️' },
  'plateforme-collaborative': { icon: 'Apps', sign: '🧩' },
  'messagerie-instantanee': { icon: 'Chat', sign: '💬' },
  'partage-de-fichiers': { icon: 'FolderOpen', sign: '📁' },
  sondage: { icon: 'Poll', sign: '🗳️' },
};

export function homeCard(view: CatalogueView): Card {
  const summary = `${offersCount(view.offers.length)} de ${count(view.fiches.length, 'fournisseur')}, qualifiées ou en analyse.`;
  return {
    template: 'catalogue/home',
    summary: `Catalogue d'offres infonuagiques : ${summary}`,
    view: {
      sample: view.samples,
      summary: view.fiches.length === 0 ? 'Aucune fiche n’est encore publiée.' : summary,
      rows: CATEGORIES.map((category) => ({
        name: CATEGORY_NAMES[category],
        count: offersCount(view.countBy.get(category) ?? 0),
        criteria: writeCriteria({ category }),
        ...PICTURES[category],
      })),
      names: namesOf(view),
    },
  };
}

/** All that can be found by its name, as a choice. */
export const namesOf = ({ fiches, offers }: CatalogueView): readonly Choice[] => [
  ...fiches.map(({ supplier: { name } }) => ({ title: name, value: name })),
  ...offers.map(({ offer, fiche }) => ({
    title: `${offer.name} (${fiche.supplier.name})`,
    value: offer.name,
  })),
];

/** The criteria in words, « hébergement : Québec · disponibilité : 99,9 % et plus ». */
function criteriaText(criteria: Criteria): string {
  const { hosting, languages, availability, features, status, units, sort } = criteria;
  return [
    hosting && `hébergement : ${HOSTING_NAMES[hosting]}`,
    availability && `disponibilité : ${percentText(availability)} et plus`,
    languages && `formation : ${listed(languages.map(languageName))}`,
    features && `avec ${listed(features.map((feature) => plain(featureName(feature))))}`,
    status && `statut : ${STATUS_NAMES[status].toLowerCase()}`,
    units && `prix pour ${count(units, 'unité')}`,
    sort && sort !== 'name' && (sort === 'price' ? 'du moins cher au plus cher' : 'par fournisseur'),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A list by what it is narrowed by: « Courriel · hébergement : Québec ». */
export const listName = (criteria: Criteria): string =>
  [criteria.category && CATEGORY_NAMES[criteria.category], criteriaText(criteria)]
    .filter(Boolean)
    .join(' · ');

/** What the prices of a list are worth: whose unit, of which day, until when. */
export function priceNote(offers: readonly Listed[], priceDays: PriceDays): string {
  const several = unitsOf(offers).length > 1;
  return [
    several ? 'Les unités diffèrent : les prix ne se comparent qu’entre offres d’une même unité.' : '',
    `Prix unitaires des fiches en vigueur le ${frenchDate(priceDays.today)}, sans les frais ; ils peuvent changer le ${frenchDate(priceDays.next)} (guide, section ${guide().rules.priceDay.section}).`,
  ]
    .filter(Boolean)
    .join(' ');
}

const SORT_NAMES = { name: 'Par nom', price: 'Par prix', supplier: 'Par fournisseur' } as const;

/** The ways to sort a list, but the one that it has. */
const sortsOf = (criteria: Criteria) =>
  SORTS.filter((sort) => sort !== (criteria.sort ?? 'name')).map((sort) => ({
    title: SORT_NAMES[sort],
    criteria: writeCriteria({ ...criteria, sort }),
  }));

/** What narrows a list, each with the list without it. */
function chipsOf(criteria: Criteria) {
  const { category: _category, sort: _sort, ...narrowing } = criteria;
  return Object.keys(narrowing).map((name) => {
    const { [name as keyof typeof narrowing]: value, ...others } = criteria;
    return {
      title: `${capital(criteriaText({ [name]: value }))} ✕`,
      criteria: writeCriteria(others),
    };
  });
}

export function offersCard(
  view: CatalogueView,
  criteria: Criteria,
  wanted: number,
  priceDays: PriceDays,
): Card {
  const found = browse(view, criteria);
  const page = pageOf(found, wanted, PAGE_SIZE);
  const heading = `${criteria.category ? CATEGORY_NAMES[criteria.category] : 'Toutes les offres'} : ${offersCount(page.total)}`;
  const text = criteriaText(criteria);
  return {
    template: 'catalogue/offers',
    summary: heading,
    view: {
      sample: view.samples,
      heading,
      filtered: text !== '',
      criteriaText: capital(text),
      chips: chipsOf(criteria),
      several: page.total > 1,
      sorts: sortsOf(criteria),
      followable: canFollow(criteria),
      empty: page.total === 0,
      offers: page.items.map((item) => offerRow(item, criteria)),
      priced: page.total > 0,
      note: page.total > 0 ? priceNote(found, priceDays) : '',
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
      units: criteria.units ? String(criteria.units) : '',
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

/** All suppliers, or those who sell what meets the criteria. */
export function suppliersCard(view: CatalogueView, wanted: number, criteria: Criteria = {}): Card {
  const selling = new Set(browse(view, criteria).map(({ fiche }) => fiche));
  const narrowed = Object.keys(criteria).length > 0;
  const page = pageOf(
    view.fiches.filter((fiche) => !narrowed || selling.has(fiche)),
    wanted,
    PAGE_SIZE,
  );
  const heading = [count(page.total, 'fournisseur'), listName(criteria)].filter(Boolean).join(' : ');
  return {
    template: 'catalogue/suppliers',
    summary: heading,
    view: {
      sample: view.samples,
      heading,
      suppliers: page.items.map(supplierRow),
      empty: page.total === 0,
      criteria: writeCriteria(criteria),
      ...pagingRow(page, 'fournisseurs'),
    },
  };
}

/** Today, and the next day on which prices may change. */
export interface PriceDays {
  readonly today: Temporal.PlainDate;
  readonly next: Temporal.PlainDate;
}

const MOST_FOUND = 8;

/** What a name stands for: the one supplier or offer that it names, or a list to choose from. */
export function namedCard(view: CatalogueView, { suppliers, offers }: Named): Card {
  const [offer, ...others] = offers.flatMap((id) => view.offer(id) ?? []);
  if (offer && others.length === 0) return offerCard(view, offer);
  const found = suppliers.flatMap((id) => view.supplier(id) ?? []);
  const [supplier] = found;
  if (supplier && found.length === 1 && !offer) return supplierCard(view, supplier, 1);
  return foundCard(
    view,
    suppliers,
    offer ? [offer, ...others] : [],
    'Plusieurs noms ressemblent à ce que vous avez écrit.',
  );
}

/** Suppliers and offers to choose from, and why. */
export function foundCard(
  view: CatalogueView,
  suppliers: readonly string[],
  offers: readonly Listed[],
  why: string,
): Card {
  const found = suppliers.flatMap((id) => view.supplier(id) ?? []);
  return {
    template: 'catalogue/found',
    summary: why,
    view: {
      sample: view.samples,
      heading: 'Que voulez-vous voir ?',
      why: plain(why),
      suppliers: found.slice(0, MOST_FOUND).map(supplierRow),
      offers: offers.slice(0, MOST_FOUND).map((item) => offerRow(item)),
    },
  };
}

export function summaryCard(view: CatalogueView, wanted: number): Card {
  const page = pageOf(view.offers, wanted, 8);
  const review = view.offers.filter(({ offer }) => offer.status === 'under-review').length;
  const summary = `${offersCount(page.total)}, dont ${review} en analyse.`;
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

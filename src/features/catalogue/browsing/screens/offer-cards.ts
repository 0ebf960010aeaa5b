import type { Card } from '../../../../core/card.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { guideSource } from '../../../../core/guide/index.ts';
import { capital, count, listed } from '../../../../core/text/text.ts';
import { CATEGORY_NAMES } from '../../fiche/rules/categories.ts';
import type { Component, Fiche } from '../../fiche/rules/fiche.ts';
import { measureText } from '../../measuring/rules/measure.ts';
import { writeCriteria } from '../../screens/schema.ts';
import {
  BILLING_SENTENCES,
  commitments,
  featureName,
  indexationText,
  languageName,
  percentText,
  placeName,
  priceFrom,
  priceText,
  ROLE_NAMES,
  STATUS_NAMES,
  tierPrices,
  tierRange,
  units,
} from '../../texts.ts';
import { PAGE_SIZE } from '../rules/browse.ts';
import type { CatalogueView, Listed } from '../rules/view.ts';
import { offerRow, offersCount, plain } from './rows.ts';

const STATUS_NOTES = {
  qualified: '',
  'under-review': 'Le Courtier l’étudie encore : elle ne peut pas faire l’objet d’un contrat.',
  withdrawn: 'Elle ne peut plus faire l’objet d’un nouveau contrat.',
  suspended: 'Elle ne peut pas faire l’objet d’un contrat tant que le Courtier ne la reprend pas.',
} as const;

function componentPrices({ tiers }: Component): string {
  const [first, ...others] = tiers;
  return first && others.length === 0 ? priceText(first.unitPricePerMonth) : tierPrices(tiers);
}

const fact = (title: string, value: string) => (value ? [{ title, value: plain(value) }] : []);

const sentence = (text: string): string => `${capital(text)}.`;

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
      status: measureText(offer) || STATUS_NAMES[offer.status],
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
          trial
            ? `Gratuit : jusqu’à ${units(trial.units, offer.unit)}, ${count(trial.days, 'jour')}`
            : 'Non précisé',
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
      source: `Fiche du ${frenchDay(version)} · ${guideSource('3.2', '3.3')}`,
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
    summary: `${supplier.name} : ${offersCount(page.total)}. Fiche du ${frenchDay(version)}.`,
    view: {
      sample: view.samples,
      id: supplier.id,
      name: plain(supplier.name),
      version: `Fiche du ${frenchDay(version)} · ${offersCount(page.total)}`,
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

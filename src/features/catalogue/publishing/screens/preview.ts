import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { capital, count, escapeMarkdown, listed } from '../../../../core/text/text.ts';
import { CATEGORY_NAMES } from '../../fiche/rules/categories.ts';
import type { Fiche, Offer } from '../../fiche/rules/fiche.ts';
import {
  BILLING_NAMES,
  commitments,
  featureName,
  indexationText,
  languageName,
  percentText,
  placeName,
  priceText,
  ROLE_NAMES,
  STATUS_NAMES,
  tierPrices,
} from '../../texts.ts';

const OFFERS = 2;

/** All that an offer of a fiche says. */
function offerLines(offer: Offer): string[] {
  const { trial, security } = offer;
  return [
    `${STATUS_NAMES[offer.status]} · ${listed(offer.categories.map((category) => CATEGORY_NAMES[category]))}`,
    `Par ${offer.unit} et par mois : ${tierPrices(offer.tiers)}`,
    ...offer.components.map(
      (component) =>
        `${component.name} (${CATEGORY_NAMES[component.category]}) : ${tierPrices(component.tiers)}`,
    ),
    `Facturation ${BILLING_NAMES[offer.billing]} · ${indexationText(offer.indexation)}`,
    commitments(offer).join(' '),
    `Frais d’entrée : ${priceText(offer.entryFee)} · frais de sortie : ${priceText(offer.exitFee)}`,
    `Hébergement : ${listed(offer.hosting.map(placeName))} · disponibilité : ${percentText(offer.availability)}`,
    offer.trainingLanguages.length > 0
      ? `Formation : ${listed(offer.trainingLanguages.map(languageName))}`
      : '',
    offer.features.length > 0 ? `Caractéristiques : ${listed(offer.features.map(featureName))}` : '',
    security.certifications.length > 0 ? `Certifications : ${listed(security.certifications)}` : '',
    security.notes ? `Sécurité : ${security.notes}` : '',
    trial
      ? `Banc d’essai : ${count(trial.units, 'unité')}, ${count(trial.days, 'jour')}`
      : 'Sans banc d’essai',
  ].filter(Boolean);
}

/** All that the fiche of a new supplier says, offers a few at a time: nothing is published that nobody could read. */
export function previewOf(fiche: Fiche, wanted: number) {
  const page = pageOf(fiche.offers, wanted, OFFERS);
  const { supplier, frameworkAgreement } = fiche;
  const about = [
    `Identifiant : ${supplier.id}`,
    `Entente-cadre ${frameworkAgreement.number}, du ${frenchDay(frameworkAgreement.start)} au ${frenchDay(frameworkAgreement.end)}`,
    ...supplier.contacts.map(({ role, name, email, phone }) =>
      [ROLE_NAMES[role], name, email, phone].filter(Boolean).join(' · '),
    ),
    ...Object.values(fiche.documents),
  ];
  const linesOf = (lines: readonly string[]) =>
    lines.map((text) => ({ text: `• ${escapeMarkdown(capital(text))}` }));
  return {
    groups: [
      ...(page.page === 1 ? [{ heading: 'Le fournisseur', lines: linesOf(about) }] : []),
      ...page.items.map((offer) => ({
        heading: escapeMarkdown(`${offer.name} (${offer.id})`),
        lines: linesOf(offerLines(offer)),
      })),
    ],
    ...pagingRow(page, page.total > 1 ? 'offres' : 'offre'),
  };
}

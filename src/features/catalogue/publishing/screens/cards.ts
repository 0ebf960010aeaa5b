import type { Card } from '../../../../core/card.ts';
import { type Page, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown, ofName } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { PublishedSupplier } from '../../fiche/store/history.ts';
import type { Measure } from '../../measuring/rules/measure.ts';
import type { PublicationOutcome } from '../store/publication.ts';
import { NAMED, problemText } from './review-cards.ts';

const OUTCOMES = (outcome: PublicationOutcome): string => {
  switch (outcome.kind) {
    case 'published':
      return outcome.inForce
        ? 'Publiée et en vigueur.'
        : `Publiée. Elle prendra effet le ${frenchDay(outcome.fiche.version)}, à 0 h.`;
    case 'unchanged':
      return 'Déjà publiée : rien n’a changé.';
    case 'refused':
      return outcome.problems.map(problemText).join(' ');
  }
};

export function publishedCard(outcomes: readonly PublicationOutcome[]): Card {
  const published = outcomes.filter(({ kind }) => kind === 'published').length;
  const heading =
    published === 0 ? 'Aucune nouvelle version' : `${count(published, 'fiche publiée', 'fiches publiées')}`;
  return {
    template: 'catalogue/published',
    summary: heading,
    view: {
      heading,
      files: outcomes.slice(0, NAMED).map((outcome) => ({
        name: escapeMarkdown(`${outcome.fiche.supplier.name}, ${frenchDay(outcome.fiche.version)}`),
        outcome: escapeMarkdown(OUTCOMES(outcome)),
      })),
      more:
        outcomes.length > NAMED
          ? `Et ${count(outcomes.length - NAMED, 'autre fiche', 'autres fiches')}.`
          : '',
    },
  };
}

export const dropHelpCard = (nextPriceDate: string): Card => ({
  template: 'catalogue/drop-help',
  summary: 'Pour publier une fiche, déposez son fichier ici, regardez les changements, puis confirmez.',
  view: { nextPriceDate: frenchDay(nextPriceDate) },
});

/** A fiche as a workbook to fill, behind a link. */
export const modelLinkCard = (
  url: string,
  supplier: string | undefined,
  /** The version in force, where an error of it is to be put right. */
  corrected?: string,
): Card => ({
  template: 'catalogue/model-link',
  summary: 'Le modèle est prêt. Le lien est bon quinze minutes.',
  view: {
    url,
    how: corrected
      ? 'Corrigez ce qui est faux, gardez le nom du fichier et sa date, puis déposez-le ici, seul. Vous direz ensuite ce qui était faux ; rien n’est corrigé avant.'
      : 'Remplissez-le, donnez-lui le nom « fournisseur_AAAA-MM-JJ.xlsx », puis déposez-le ici. Rien n’est publié avant votre confirmation.',
    what: corrected
      ? `La fiche ${escapeMarkdown(ofName(supplier ?? ''))} en vigueur, du ${frenchDay(corrected)}.`
      : supplier
        ? `La fiche ${escapeMarkdown(ofName(supplier))}, telle qu’elle est publiée, datée du prochain jour où un prix peut changer.`
        : 'Une fiche vide, à remplir pour un nouveau fournisseur.',
  },
});

/** How far the reading of several files is. */
export function readingCard(done: number, total: number): Card {
  const percent = Math.round((done / total) * 100);
  const progress = `${done} de ${total}`;
  return {
    template: 'catalogue/reading',
    summary: `Lecture des fichiers : ${progress}.`,
    view: {
      heading: 'Je lis vos fichiers…',
      progress,
      started: percent > 0,
      unfinished: percent < 100,
      done: Math.max(1, percent),
      left: Math.max(1, 100 - percent),
    },
  };
}

const decidedFact = (measure: Measure | undefined): string[] =>
  measure
    ? [
        `${measure.kind === 'suspended' ? 'suspendu depuis le' : 'retiré à compter du'} ${frenchDate(brokerDate(measure.startsAt))}`,
      ]
    : [];

/** The suppliers with their version in force and those to come, for the staff. */
export function fichesCard(
  samples: { readonly sample: boolean; readonly removable: boolean },
  page: Page<PublishedSupplier>,
  decided: ReadonlyMap<string, Measure>,
): Card {
  const heading = `Fiches publiées : ${count(page.total, 'fournisseur')}`;
  return {
    template: 'catalogue/fiches',
    summary: heading,
    view: {
      ...samples,
      heading,
      empty: page.total === 0,
      suppliers: page.items.map(({ id, name, inForce, upcoming, versions }) => ({
        id,
        label: name,
        name: escapeMarkdown(name),
        facts: [
          inForce ? `En vigueur : ${frenchDay(inForce)}` : 'Pas encore en vigueur',
          ...upcoming.map((version) => `à venir : ${frenchDay(version)}`),
          count(versions, 'version'),
          ...decidedFact(decided.get(id)),
        ].join(' · '),
      })),
      ...pagingRow(page, 'fournisseurs'),
    },
  };
}

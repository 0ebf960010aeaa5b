import type { Card } from '../../../../core/card.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { capital, count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { Change, Difference } from '../../fiche/rules/difference.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import type { HistoryLine } from '../store.ts';

const LINES = 8;

/** « 5 changements, dont 2 de prix ». */
export function changesText({ changes }: Difference): string {
  const prices = changes.filter(({ price }) => price).length;
  if (changes.length === 0) return 'Aucun changement.';
  return `${count(changes.length, 'changement')}${prices > 0 ? `, dont ${prices} de prix` : ''}.`;
}

/** A page of changes, under the name of what they concern. */
export function groupsOf(changes: readonly Change[], fiche: Fiche, wanted: number) {
  const page = pageOf(changes, wanted, LINES);
  const names = new Map(fiche.offers.map(({ id, name }) => [id, name]));
  const groups = new Map<string, { text: string }[]>();
  for (const { offer, sentence } of page.items) {
    const heading = offer === undefined ? 'Le fournisseur' : (names.get(offer) ?? offer);
    const text = sentence.startsWith(heading)
      ? sentence.slice(heading.length).replace(/^(?:,| :) /, '')
      : sentence;
    const lines = groups.get(heading) ?? [];
    lines.push({ text: `• ${escapeMarkdown(capital(text))}` });
    groups.set(heading, lines);
  }
  return {
    groups: [...groups].map(([heading, lines]) => ({ heading: escapeMarkdown(heading), lines })),
    ...pagingRow(page, 'changements'),
  };
}

export function differenceCard(
  samples: boolean,
  fiche: Fiche,
  difference: Difference | undefined,
  wanted: number,
): Card {
  const { supplier, version } = fiche;
  const summary = difference ? changesText(difference) : 'Première fiche de ce fournisseur.';
  return {
    template: 'catalogue/difference',
    summary: `${supplier.name}, fiche du ${frenchDay(version)}. ${summary}`,
    view: {
      sample: samples,
      supplier: supplier.id,
      version,
      name: escapeMarkdown(supplier.name),
      period: difference
        ? `Du ${frenchDay(difference.from)} au ${frenchDay(version)}`
        : `Fiche du ${frenchDay(version)}`,
      summary,
      ...groupsOf(difference?.changes ?? [], fiche, wanted),
    },
  };
}

const STATES: Record<HistoryLine['state'], string> = {
  inForce: 'En vigueur',
  upcoming: 'À venir',
  past: 'Version précédente',
};

const correctedText = ({ on, reason, price }: HistoryLine['corrected'][number]): string =>
  `${price ? 'Prix corrigé' : 'Erreur corrigée'} le ${frenchDay(on)} : ${reason}`;

export function historyCard(
  samples: boolean,
  supplier: { readonly id: string; readonly name: string },
  lines: readonly HistoryLine[],
  wanted: number,
): Card {
  const page = pageOf(lines, wanted, 5);
  return {
    template: 'catalogue/history',
    summary: `${supplier.name} : ${count(lines.length, 'version')}.`,
    view: {
      sample: samples,
      supplier: supplier.id,
      name: escapeMarkdown(supplier.name),
      versions: page.items.map(({ version, state, sentences, corrected }) => ({
        supplier: supplier.id,
        version,
        date: frenchDay(version),
        state: corrected.length > 0 ? `${STATES[state]} · corrigée` : STATES[state],
        sentences: [...sentences, ...corrected.map(correctedText)].map((sentence) => ({
          text: `• ${escapeMarkdown(sentence)}`,
        })),
      })),
      ...pagingRow(page, 'versions'),
    },
  };
}

/** A version took effect: what the staff's channel reads. */
export function inForceCard(fiche: Fiche, difference: Difference | undefined): Card {
  const heading = `${fiche.supplier.name} : la fiche du ${frenchDay(fiche.version)} est en vigueur`;
  return {
    template: 'catalogue/in-force',
    summary: heading,
    view: {
      heading: escapeMarkdown(heading),
      summary: difference ? changesText(difference) : 'Nouveau fournisseur au catalogue.',
      supplier: fiche.supplier.id,
      version: fiche.version,
    },
  };
}

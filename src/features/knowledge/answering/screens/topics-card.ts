import type { Card } from '../../../../core/card.ts';
import { shorten } from '../../../../core/text/text.ts';
import type { KnowledgeBase } from '../rules.ts';

const GROUPS: { title: string; holds: (reference: string) => boolean }[] = [
  { title: 'Le Courtier et le Catalogue (chapitre 2)', holds: (reference) => reference.startsWith('2') },
  { title: "Le processus d'acquisition (chapitre 3)", holds: (reference) => /^3(\.|$)/.test(reference) },
  { title: 'La vie du contrat (chapitre 4)', holds: (reference) => /^4(\.|$)/.test(reference) },
  { title: 'Foire aux questions', holds: (reference) => reference.startsWith('FAQ') },
  { title: 'Glossaire', holds: (reference) => reference.startsWith('def:') },
  { title: 'Personnes à joindre', holds: (reference) => reference === '6' },
  { title: 'Cette édition du guide', holds: (reference) => reference === 'historique' },
];

const PAGE = 8;

/** The table of contents: a group of entries, a page of them. */
export function topicsCard(base: KnowledgeBase, group: number, page: number): Card {
  const current = GROUPS[group] ?? GROUPS[0];
  const entries = base.content.entries.filter(({ reference }) => current?.holds(reference));
  const pages = Math.max(1, Math.ceil(entries.length / PAGE));
  const shown = Math.min(page, pages);
  return {
    template: 'knowledge/topics',
    summary: `Sommaire : ${current?.title}.`,
    view: {
      heading: current?.title ?? '',
      groups: GROUPS.map(({ title }, n) => ({ title, value: String(n) })),
      group,
      entries: entries
        .slice((shown - 1) * PAGE, shown * PAGE)
        .map(({ id, title }) => ({ entry: id, title: shorten(title, 100) })),
      paged: pages > 1,
      position: `Page ${shown} de ${pages}`,
      hasPrevious: shown > 1,
      previous: shown - 1,
      hasNext: shown < pages,
      next: shown + 1,
    },
  };
}

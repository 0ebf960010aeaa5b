import type { Card } from '../../../../core/card.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDateTime } from '../../../../core/clock.ts';
import type { Trail } from '../../../../core/manifest.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { Entry } from '../store/search.ts';
import type { Wanted } from './schema.ts';

export const PAGE = 8;

/** An act with what it is shown as: who, what, on which object. */
export interface ToldEntry extends Pick<Entry, 'at'> {
  readonly who: string;
  readonly did: string;
  readonly what: string;
}

export interface Found {
  readonly wanted: Wanted;
  readonly entries: readonly ToldEntry[];
  readonly total: number;
  readonly trails: readonly Trail[];
  readonly timeZone: string;
}

/** The form of a search in the journal, and what it found. */
export function journalCard({ wanted, entries, total, trails, timeZone }: Found): Card {
  const { page, ...filters } = wanted;
  return {
    template: 'people/journal',
    summary: `Journal des actions : ${count(total, 'action')}.`,
    view: {
      ...filters,
      kinds: trails
        .map(({ title, prefix }) => ({ title, value: prefix }))
        .toSorted((a, b) => a.title.localeCompare(b.title, 'fr')),
      found:
        total === 0 ? 'Aucune action ne correspond.' : `${count(total, 'action')}, la plus récente d’abord`,
      entries: entries.map(({ at, who, did, what }) => ({
        text: escapeMarkdown(`${who} ${did}`),
        facts: escapeMarkdown([frenchDateTime(at, timeZone), what].filter(Boolean).join(' · ')),
      })),
      ...pagingRow(pageAt(entries, page, total, PAGE), 'actions'),
    },
  };
}

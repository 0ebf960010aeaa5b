import type { Card } from '../../../core/card.ts';
import { pageAt, pagingRow } from '../../../core/cards/paging.ts';
import { frenchDateTime } from '../../../core/clock.ts';
import { escapeMarkdown } from '../../../core/text/text.ts';
import type { Broadcast } from '../store/records.ts';

export const PAGE = 6;

export interface Place {
  readonly timeZone: string;
  readonly now: Date;
}

/** Where a broadcast stands, in a few words. */
export function standing(broadcast: Broadcast, { timeZone, now }: Place): string {
  switch (broadcast.state) {
    case 'draft':
      return 'Brouillon';
    case 'awaiting':
      return 'À approuver';
    case 'cancelled':
      return broadcast.sendAt ? 'Envoi arrêté' : 'Abandonné';
    case 'withdrawn':
      return 'Retiré';
    case 'released':
      return broadcast.sendAt && broadcast.sendAt > now
        ? `Prévu le ${frenchDateTime(broadcast.sendAt, timeZone)}`
        : `Envoyé le ${frenchDateTime(broadcast.sendAt ?? broadcast.updatedAt, timeZone)}`;
  }
}

export function listCard(
  rows: readonly Broadcast[],
  total: number,
  page: number,
  place: Place,
  installable: boolean,
): Card {
  return {
    template: 'broadcasts/list',
    summary: `Avis du Courtier : ${total}.`,
    view: {
      empty: total === 0,
      installable,
      broadcasts: rows.map((row) => ({
        broadcast: row.id,
        label: row.title,
        title: escapeMarkdown(row.title),
        facts: `Nº ${row.number} · ${standing(row, place)} · ${escapeMarkdown(row.authorName)}`,
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'avis'),
    },
  };
}

export const exportCard = (url: string): Card => ({
  template: 'broadcasts/export',
  summary: 'Les résultats de l’envoi sont prêts.',
  view: { url },
});

/** Something that the connector refuses, told to the staff: no retry helps. */
export const refusedCard = (kind: string): Card => ({
  template: 'broadcasts/refused',
  summary: 'Teams refuse des messages de Courtier.',
  view: { kind },
});

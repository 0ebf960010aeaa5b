import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDateTime } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { action } from '../../../../core/routes/turns.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import type { BroadcastServices } from '../../screens/current.ts';
import { Reference } from '../../screens/schema.ts';
import type { Broadcast } from '../../store/records.ts';
import { FILTER_NAMES, outcomeText, RESULT_FILTERS, type ResultRow } from '../rules/results.ts';
import type { ResultQuery } from '../store/results.ts';

const SHOWN = 8;
const Filter = z.enum(RESULT_FILTERS);
const Searched = z.string().trim().max(100, 'Ce nom est trop long.');
const Results = Reference.extend({
  /** The form is applied: what its fields say counts, and not what the card was drawn for. */
  applies: z.boolean().default(false),
  show: Filter.default('all'),
  called: Searched.default(''),
  filter: Filter.default('all'),
  searched: Searched.default(''),
  page: z.int().min(1).max(100_000).default(1),
});

/** A recipient, as the staff read them. */
export interface NamedResult {
  readonly row: ResultRow;
  readonly name: string;
  readonly body: string;
}

/** Names for results: what Teams said of a person or a channel last, and the body for which a person acts. */
export async function namedResults(
  rows: readonly ResultRow[],
  { conversations, organizations }: Pick<BroadcastServices, 'conversations' | 'organizations'>,
): Promise<NamedResult[]> {
  const bodies = await organizations.namesOf([
    ...new Set(rows.flatMap(({ organization }) => organization ?? [])),
  ]);
  return Promise.all(
    rows.map(async (row) => {
      const body = (row.organization && bodies.get(row.organization)) ?? '';
      if (row.objectId !== '') return { row, body, name: row.name ?? `Personne ${row.objectId}` };
      const conversation = await conversations.find(row.conversationId);
      return { row, body, name: conversation?.name ?? `Canal ${row.conversationId}` };
    }),
  );
}

function resultsCard(
  broadcast: Broadcast,
  { filter, searched }: ResultQuery,
  rows: readonly NamedResult[],
  page: number,
  total: number,
  timeZone: string,
): Card {
  return {
    template: 'broadcasts/results',
    summary: `« ${broadcast.title} », destinataire par destinataire : ${total}.`,
    view: {
      title: escapeMarkdown(`Avis nº ${broadcast.number} : ${broadcast.title}`),
      broadcast: broadcast.id,
      filter,
      searched,
      filters: RESULT_FILTERS.filter(
        (each) => broadcast.acknowledge || (each !== 'read' && each !== 'unread'),
      ).map((value) => ({ title: FILTER_NAMES[value], value })),
      empty: total === 0,
      rows: rows.map(({ row, name, body }) => ({
        name: escapeMarkdown(name),
        body: escapeMarkdown(body),
        bodied: body !== '',
        outcome: outcomeText(row),
        at: frenchDateTime(row.acknowledgedAt ?? row.changedAt, timeZone),
      })),
      ...pagingRow(pageAt(rows, page, total, SHOWN), 'destinataires'),
    },
  };
}

/** What became of a notice, one by one: told, read, or why not. */
export const results = action(
  'broadcasts.results',
  Results,
  async (turn, { broadcast, page: wanted, applies, show, called, ...drawn }, services: BroadcastServices) => {
    const asked = applies ? { filter: show, searched: called } : drawn;
    const { broadcasts, timeZone } = services;
    const row = await broadcasts.findBroadcast(broadcast);
    if (row.sendAt === null) throw notFound();
    const { rows, page, total } = await broadcasts.resultsPage(broadcast, asked, wanted, SHOWN);
    turn.update(resultsCard(row, asked, await namedResults(rows, services), page, total, timeZone));
  },
  'staff',
);

import type { Card } from '../../../core/card.ts';
import { action } from '../../../core/feature.ts';
import { pageAt, pagingRow } from '../../../core/paging.ts';
import { count, escapeMarkdown, shorten } from '../../../core/text.ts';
import type { MessageTurn } from '../../../core/turn.ts';
import { PAGE } from '../screens/parts.ts';
import * as schema from '../screens/schema.ts';
import type { ContractServices } from '../screens/services.ts';

interface ReferenceRow {
  readonly name: string;
  readonly contact: string;
  readonly supplier: string;
  readonly offers: string;
  readonly organization: string;
}

function referencesCard(rows: readonly ReferenceRow[], total: number, page: number): Card {
  return {
    template: 'contracts/references',
    summary: `${count(total, 'personne')} à joindre.`,
    view: {
      empty: total === 0,
      references: rows.map(({ name, contact, supplier, offers, organization }) => ({
        name: escapeMarkdown(name),
        organization: escapeMarkdown(organization),
        supplier: escapeMarkdown(`${supplier} · ${shorten(offers, 100)}`),
        contact: escapeMarkdown(contact),
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'personnes'),
    },
  };
}

async function references(page: number, { contracts, organizations }: ContractServices) {
  const { rows, total } = await contracts.references(page, PAGE);
  const bodies = rows.flatMap(({ organizationId }) => organizationId ?? []);
  const names = await organizations.namesOf(bodies);
  return referencesCard(
    rows.map(({ organizationId, ...row }) => ({
      ...row,
      organization: names.get(organizationId ?? '') ?? '',
    })),
    total,
    page,
  );
}

export async function openReferences(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await references(1, services));
}

export const showReferences = action(
  'contracts.references',
  schema.Page,
  async (turn, { page }, services: ContractServices) => turn.update(await references(page, services)),
);

import type { Card } from '../../../core/card.ts';
import { pageAt, pagingRow } from '../../../core/cards/paging.ts';
import { CourtierError } from '../../../core/errors.ts';
import { action } from '../../../core/routes/turns.ts';
import { count, escapeMarkdown, shorten } from '../../../core/text/text.ts';
import type { MessageTurn } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';
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

const NOT_YET =
  'Ces personnes parlent aux autres organisations publiques : la vôtre n’est pas encore confirmée. Écrivez « mon organisation » pour dire laquelle est la vôtre.';

/** For those who act for a public body: a name and a number are given to nobody else. */
async function references(
  reader: PersonKey,
  page: number,
  { belonging, contracts, organizations }: ContractServices,
) {
  if (!(await belonging.bodyOf(reader))) throw new CourtierError('refused', NOT_YET);
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
  await turn.reply(await references(turn.person, 1, services));
}

export const showReferences = action(
  'contracts.references',
  schema.Page,
  async (turn, { page }, services: ContractServices) =>
    turn.update(await references(turn.person, page, services)),
);

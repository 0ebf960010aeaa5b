import type { Card } from '../../../../core/card.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { action } from '../../../../core/routes/turns.ts';
import { uncapital } from '../../../../core/text/text.ts';
import { head } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import type { Contract } from '../../tables.ts';
import { retentionOf } from '../rules/retention.ts';

function retentionCard(contract: Contract, wanted: number): Card {
  const page = pageOf(retentionOf(Temporal.PlainDate.from(contract.endsOn), contract.rcti), wanted, 5);
  return {
    template: 'contracts/retention',
    summary: 'Combien de temps garder les documents du contrat.',
    view: {
      ...head(contract),
      kept: page.items.map(({ title, until, sent }) => ({
        title,
        until: `Jusqu’au ${frenchDate(until)}`,
        sent: `Au Courtier : ${uncapital(sent)}, par courriel`,
      })),
      ...pagingRow(page, 'documents'),
    },
  };
}

export const retention = action(
  'contracts.retention',
  schema.ContractPage,
  async (turn, { contract, page }, { contracts }: ContractServices) =>
    turn.update(retentionCard(await contracts.find(contract, turn.person), page)),
);

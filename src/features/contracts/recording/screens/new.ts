import type { Card } from '../../../../core/card.ts';
import { action, creating } from '../../../../core/feature.ts';
import { redraws } from '../../../../core/redraw.ts';
import { type SupplierChoices, suppliersOf } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import { latestEnd } from '../rules/term.ts';
import { contractCard } from './contract.ts';

const newCard = (suppliers: SupplierChoices, today: Temporal.PlainDate): Card => ({
  template: 'contracts/new',
  summary: 'Noter un contrat signé.',
  view: {
    suppliers: [...suppliers],
    today: today.toString(),
    end: latestEnd({ signedOn: today, startsOn: today }).toString(),
  },
});

export const note = action(
  'contracts.new',
  schema.Nothing,
  async (turn, _input, services: ContractServices) =>
    turn.update(newCard(await suppliersOf(services), services.contracts.today())),
);

export const create = creating(
  'contracts.create',
  {
    noun: ['contrat', 'contrats'],
    person: 60,
    body: 300,
    tenant: 9_000,
    why: 'A body that arrives notes all its contracts at once: some dozens.',
  },
  schema.New,
  redraws(
    (turn, contract, { contracts }: ContractServices) => contracts.create(turn.person, contract, turn.effect),
    (turn, _input, services: ContractServices, word, { id }) =>
      contractCard(turn, { contract: id }, services, word),
    'Le contrat est noté. Voici ce qu’il vous demande.',
  ),
);

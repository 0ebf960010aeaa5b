import { sql } from 'drizzle-orm';
import type { Hold, Retention } from '../../core/rows/retention.ts';
import { acquisitionFactTable, acquisitionTable, choiceFact } from '../acquisitions/index.ts';
import { contractTable } from '../contracts/index.ts';
import { authorizationFact } from './rules/facts.ts';
import { scenarioSeals } from './tables.ts';

export const retention: readonly Retention[] = [
  {
    table: scenarioSeals,
    what: 'Comparaisons scellées',
    why: 'Le calcul du coût des scénarios appuie le choix.',
    ends: [{ with: acquisitionTable, on: [scenarioSeals.acquisitionId], id: [acquisitionTable.id] }],
  },
];

export const holds: readonly Hold[] = [
  {
    table: acquisitionTable,
    period: { of: 'guide', after: 'keptYears' },
    since: 'la fin du contrat, si l’autorisation du dirigeant y est',
    why: 'La justification pour l’autorisation se tire du dossier : besoins, comparaison, choix.',
    // One that is kept with a choice that was given up supports nothing; older ones do not say which they are of.
    rows: ({ day }) => sql`exists (select 1 from ${contractTable} c
      join ${acquisitionFactTable} f on f.acquisition_id = c.acquisition_id and f.key = ${authorizationFact.key}
      left join ${acquisitionFactTable} k on k.acquisition_id = c.acquisition_id and k.key = ${choiceFact.key}
      where coalesce(f.value ->> 'seal' = k.value ->> 'seal', true) and c.acquisition_id = ${acquisitionTable.id} and c.ends_on >= ${day}::date)`,
  },
];

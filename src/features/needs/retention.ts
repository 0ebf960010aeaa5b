import type { Retention } from '../../core/rows/retention.ts';
import { acquisitionTable } from '../acquisitions/index.ts';
import { needsDelegations } from './tables.ts';

export const retention: readonly Retention[] = [
  {
    table: needsDelegations,
    what: 'Questions posées à des collègues sur les besoins',
    why: 'La réponse est dans le dossier ; la question part avec lui.',
    ends: [{ with: acquisitionTable, on: [needsDelegations.acquisitionId], id: [acquisitionTable.id] }],
    persons: {
      named: [
        needsDelegations,
        {
          tenantId: needsDelegations.askerTenantId,
          objectId: needsDelegations.askerObjectId,
          name: needsDelegations.askerName,
        },
      ],
      erased: 'goes',
      noun: ['question entre collègues', 'questions entre collègues'],
    },
  },
];

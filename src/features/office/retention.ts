import { lt } from 'drizzle-orm';
import type { Retention } from '../../core/rows/retention.ts';
import { officeAbsences, officeActs } from './tables.ts';

export const retention: readonly Retention[] = [
  {
    table: officeActs,
    what: 'Qui de l’équipe a pris, confié, remis ou rendu ce qui attendait',
    why: 'Ce qui revient longtemps après retrouve son histoire.',
    ends: [
      {
        period: { of: 'broker', setting: 'escalationDays' },
        since: 'le geste',
        past: ({ at }) => lt(officeActs.at, at),
      },
    ],
    persons: {
      named: [
        { tenantId: officeActs.ownerTenant, objectId: officeActs.ownerId },
        { tenantId: officeActs.byTenant, objectId: officeActs.byId },
      ],
      erased: 'stays',
      noun: ['suivi de l’équipe', 'suivis de l’équipe'],
    },
  },
  {
    table: officeAbsences,
    what: 'Absences que les membres de l’équipe ont annoncées',
    why: 'Pendant ce temps, ce qu’ils suivent est offert à leurs collègues.',
    ends: [
      {
        period: { of: 'broker', setting: 'questionDays' },
        since: 'le dernier jour d’absence',
        past: ({ day }) => lt(officeAbsences.lastDay, day),
      },
    ],
    persons: { named: [officeAbsences], erased: 'goes', noun: ['absence annoncée', 'absences annoncées'] },
  },
];

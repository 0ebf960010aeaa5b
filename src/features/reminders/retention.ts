import { lt } from 'drizzle-orm';
import type { Retention } from '../../core/rows/retention.ts';
import { reminders } from './tables.ts';

export const retention: readonly Retention[] = [
  {
    table: reminders,
    what: 'Ce qui est rappelé à une personne, remis ou arrêté par elle',
    why: 'Rien n’est rappelé deux fois, et ce qu’elle a remis ou arrêté le reste.',
    ends: [
      {
        period: { of: 'broker', setting: 'deliveryDays' },
        since: 'le dernier changement',
        past: ({ at }) => lt(reminders.changedAt, at),
      },
    ],
    persons: { named: [reminders], erased: 'goes', noun: ['rappel', 'rappels'] },
  },
];

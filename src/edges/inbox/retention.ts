import { lt } from 'drizzle-orm';
import type { Retention } from '../../core/rows/retention.ts';
import { inbox } from './tables.ts';

/** Long after Teams has given up delivering an event again. */
export const KEPT_MINUTES = 60;

export const inboxRetention: readonly Retention[] = [
  {
    table: inbox,
    what: 'Ce qui est arrivé de Teams, et ce qui a été répondu',
    why: 'Ce que Teams livre deux fois n’agit qu’une fois.',
    ends: [
      {
        period: { of: 'code', hours: KEPT_MINUTES / 60, setIn: 'src/edges/inbox/retention.ts' },
        since: 'l’arrivée',
        past: ({ at }) => lt(inbox.claimedAt, at),
        by: 'inbox.purge, chaque heure',
      },
    ],
  },
];

import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../core/ports/db.ts';
import { type JobRoute, job } from '../../core/routes/jobs.ts';
import { purgeInbox } from './inbox.ts';

export { buildInbox } from './inbox.ts';
export { inboxRetention } from './retention.ts';

/** The inbox's own work in the queue. */
export const inboxJobs = (db: () => Db, clock: Clock): JobRoute<unknown>[] => [
  job('inbox.purge', z.strictObject({}), async () => void (await purgeInbox(db(), clock)), {
    every: '20 * * * *',
  }),
];

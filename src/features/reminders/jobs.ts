import { z } from 'zod';
import { RECALLS_CHANGED } from '../../core/recalls.ts';
import { job } from '../../core/routes/jobs.ts';
import { notice } from '../../core/routes/notices.ts';
import { TO_DAY } from './rules.ts';
import { cardOfDay } from './screens/day.ts';
import type { ReminderServices } from './screens/services.ts';

/** Everybody's card of the day, drawn when it is sent. */
export const dayNotice = notice(
  { kind: TO_DAY, policy: 'surely', hours: 'decent', pausable: true, priority: 1 },
  z.strictObject({ day: z.iso.date(), urgent: z.boolean() }),
  async (card, recipient, services: ReminderServices) =>
    recipient.kind === 'person' ? cardOfDay(recipient, card, services) : undefined,
);

const Nothing = z.object({});
const gatherNow = (_input: object, { gathering }: ReminderServices) => gathering.gather();

/** Every hour: what was told stays told, and what a stop left out is caught up. */
export const gather = job('reminders.gather', Nothing, gatherNow, { every: '35 * * * *' });

/** At once, where somebody did what is not to wait for the hour. */
export const gatherAtOnce = job('reminders.gatherAtOnce', Nothing, gatherNow, { on: RECALLS_CHANGED });

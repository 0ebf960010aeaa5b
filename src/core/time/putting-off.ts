import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { brokerDate } from './business-days.ts';
import type { DecentHours } from './decent-hours.ts';

/** How many days a reminder may be put off at once: a day, or a week. */
export const DaysLater = z.union([z.literal(1), z.literal(7)]);
export type DaysLater = z.output<typeof DaysLater>;

/** When a reminder that is put off comes again: at the first decent hour so many days from today, or after. */
export const laterAt = (
  days: DaysLater,
  { clock, hours }: { readonly clock: Clock; readonly hours: Pick<DecentHours, 'opening'> },
): Temporal.Instant => hours.opening(brokerDate(clock.now()).add({ days }));

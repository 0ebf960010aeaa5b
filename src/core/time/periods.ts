import { join } from 'node:path';
import { z } from 'zod';
import { asDate } from '../clock.ts';
import { CONTENT_FOLDER } from '../content.ts';
import { guide } from '../guide/index.ts';
import { readYamlFile } from '../process/yaml-file.ts';

const days = (least: number) => z.int().min(least).max(36_500);

/** A deployer's choices for what the guide does not say how long to keep, in days. */
export const Periods = z.strictObject({
  marginDays: days(0),
  fileDays: days(90),
  cancelledMeetingDays: days(1),
  personDays: days(90),
  conversationDays: days(90),
  referenceDays: days(1),
  questionDays: days(1),
  escalationDays: days(30),
  retiredEntryDays: days(1),
  uploadDays: days(1),
  digestDays: days(30),
  broadcastDays: days(30),
  // Whoever is told once is found in the ledger for as long.
  deliveryDays: days(365),
  sheetDays: days(90),
});
export type Periods = z.output<typeof Periods>;

export const PERIODS_FILE = join(CONTENT_FOLDER, 'calendar/conservation.yaml');
/** How long the broker keeps what the guide leaves open. Throws one sentence when the file cannot be used. */
export const readPeriods = (file: string): Periods => readYamlFile(file, Periods);

/** How long something is kept, and whose word it is. */
export type Period =
  /** As long as the contract, or the guide's years after its end (4.12); the broker's margin comes after it. */
  | { readonly of: 'guide'; readonly after: 'contract' | 'keptYears' }
  /** The broker's choice, in content/calendar/conservation.yaml. */
  | { readonly of: 'broker'; readonly setting: keyof Periods }
  /** What the code rests on. */
  | { readonly of: 'code'; readonly hours: number; readonly setIn: string };

/** The instant before which a period has passed, and its day, as the columns of a table have them. */
export interface Limit {
  readonly at: Date;
  /** ISO date. */
  readonly day: string;
}

/** When what a period keeps until now began. */
export function limitOf(period: Period, now: Temporal.Instant, periods: Periods, timeZone: string): Limit {
  const here = now.toZonedDateTimeISO(timeZone);
  const since = {
    guide: () =>
      here.subtract({
        years: period.of === 'guide' && period.after === 'keptYears' ? guide().rules.keptYears.value : 0,
        days: periods.marginDays,
      }),
    broker: () => here.subtract({ days: period.of === 'broker' ? periods[period.setting] : 0 }),
    code: () => here.subtract({ hours: period.of === 'code' ? period.hours : 0 }),
  }[period.of]();
  return { at: asDate(since.toInstant()), day: since.toPlainDate().toString() };
}

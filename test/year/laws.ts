import type { Law } from './law.ts';
import { calendar } from './laws/calendar.ts';
import { authorized, kept, threeYears } from './laws/contracts.ts';
import { entitled } from './laws/entitled.ts';
import { chained, forgotten } from './laws/keeping.ts';
import { fees } from './laws/money.ts';
import { noRawError } from './laws/no-raw-error.ts';
import { decentHours, drained, exactlyOnce, inTime, oneCardADay, toldOnce } from './laws/notices.ts';
import { bounded, explained, leadsSomewhere } from './laws/presses.ts';
import { apart } from './laws/privacy.ts';
import { answered, answeredOnce, listed } from './laws/questions.ts';
import { trials } from './laws/trials.ts';

/** All that holds in every year. */
export const laws: readonly Law[] = [
  noRawError,
  entitled,
  authorized,
  threeYears,
  kept,
  trials,
  decentHours,
  oneCardADay,
  toldOnce,
  inTime,
  exactlyOnce,
  drained,
  answered,
  answeredOnce,
  listed,
  calendar,
  fees,
  apart,
  leadsSomewhere,
  explained,
  bounded,
  forgotten,
  chained,
];

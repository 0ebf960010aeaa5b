import { expect, test } from '@jest/globals';
import { HOLIDAYS_FILE } from '../../../src/app/paths.ts';
import { nextOf, stepOf } from '../../../src/core/recalls.ts';
import { buildBusinessDays } from '../../../src/core/time/business-days.ts';
import { byBroker } from '../../../src/core/time/due.ts';
import { readHolidays } from '../../../src/edges/calendar/index.ts';
import type { Duty } from '../../../src/features/contracts/duties/rules/duty.ts';
import { nextRecall, recallDays, recallOn } from '../../../src/features/contracts/duties/rules/recalling.ts';

const date = (text: string) => Temporal.PlainDate.from(text);
const recalling = {
  rules: { remindDays: 7 },
  days: buildBusinessDays(readHolidays(HOLIDAYS_FILE)),
  notedOn: date('2026-11-23'),
};
const duty = (kind: Duty['kind'], on: string, since?: string): Duty => ({
  id: kind,
  kind,
  title: 'Ce qui est à faire',
  asked: byBroker('essai'),
  due: { ...byBroker('essai'), on: date(on) },
  ...(since && { since: date(since) }),
});

test.each([
  ['far off', duty('fees', '2027-04-15')],
  ['near', duty('copy', '2026-11-27')],
  ['past when it was noted', duty('copy', '2026-11-02')],
  ['that came to be due by a termination', duty('termination', '2026-12-20', '2026-12-18')],
  ['that somebody said is still to be done', duty('publication', '2026-06-01', '2026-12-01')],
])(
  'what is recalled of a duty %s is, each day, the latest of its days, and the next one follows',
  (_name, each) => {
    const days = recallDays(each, recalling);
    let told = 0;
    for (let n = 0; n < 300; n++) {
      const today = recalling.notedOn.add({ days: n });
      const step = recallOn(each, today, recalling);
      const next = nextRecall(each, today, recalling);
      expect([today, step, next].map(String)).toEqual(
        [today, stepOf(days, today), nextOf(days, today)].map(String),
      );
      if (step) told++;
    }
    expect(told).toBeGreaterThan(0);
  },
);

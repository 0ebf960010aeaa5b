import { frenchDate } from '../../../../core/clock.ts';
import { guide } from '../../../../core/guide/index.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { byGuide, type Due, isPast } from '../../../../core/time/due.ts';

/** When a supplier has taken a request in charge at the latest, a question or a trial; answering is another matter (guide 3.3.2). */
export function takenDue(askedOn: string, days: BusinessDays): Due {
  const { value, section } = guide().rules.answerDays;
  return { ...byGuide(section), on: days.add(Temporal.PlainDate.from(askedOn), value) };
}

/** What is to be expected of the supplier on a day. Nobody knows here whether the request was taken in charge. */
export const takenText = (due: Due, today: string): string =>
  isPast(due, Temporal.PlainDate.from(today))
    ? `Le fournisseur devait prendre la demande en charge au plus tard le ${frenchDate(due.on)}. Sans nouvelles de lui, relancez-le.`
    : `Le fournisseur prend la demande en charge au plus tard le ${frenchDate(due.on)}.`;

import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { calendarDay, day } from '../../../../core/cards/form.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pagingRow } from '../../../../core/cards/paging.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { type Clock, frenchDay } from '../../../../core/clock.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import type { ClosedDays } from '../store/closed-days.ts';

export interface ClosingServices {
  readonly closedDays: ClosedDays;
  readonly clock: Clock;
  readonly days: BusinessDays;
}

const PAGE = 8;
const DAY = 'Choisissez le jour de fermeture.';
const LABEL = 'Dites pourquoi, en au plus 80 caractères.';
const FIRST_YEAR = 2000;
const LAST_YEAR = 2099;

/** The year that is looked at; this one, where none is said. */
const Looked = z.object({
  year: z.int().min(FIRST_YEAR).max(LAST_YEAR).optional(),
  page: z.int().min(1).max(1_000).default(1),
});
const Closing = Looked.extend({
  day: day(DAY),
  label: z.string(LABEL).trim().min(1, LABEL).max(80, LABEL),
});
const Opening = Looked.extend({ closed: calendarDay(DAY) });

async function drawn(
  { year: asked, page }: z.output<typeof Looked>,
  { closedDays, clock, days }: ClosingServices,
  notice = '',
): Promise<Card> {
  const today = brokerDate(clock.now());
  const year = asked ?? today.year;
  const found = await closedDays.ofYear(year, page, PAGE);
  return {
    template: 'people/closed-days',
    summary: `Jours de fermeture de ${year} : ${found.total}.`,
    view: {
      year,
      page: found.page,
      before: year - 1,
      after: year + 1,
      hasBefore: year > FIRST_YEAR,
      hasAfter: year < LAST_YEAR,
      ...noticeView(notice),
      heading: `Jours de fermeture de ${year}`,
      empty: found.total === 0,
      closed: found.items.map((each) => ({
        day: each.day,
        text: `${frenchDay(each.day)} : ${escapeMarkdown(each.label)}`,
        label: `Retirer le ${frenchDay(each.day)}`,
        removable: each.day >= today.toString(),
      })),
      holidays: [...days.holidays(year)].map(([holiday, name]) => ({
        text: `${frenchDay(holiday)} : ${escapeMarkdown(name)}`,
      })),
      holidaysTitle: `${count(days.holidays(year).size, 'jour férié', 'jours fériés')} de ${year}`,
      ...pagingRow(found, 'jours'),
    },
  };
}

export const showClosedDays = action(
  'people.closedDays',
  Looked,
  draws((_turn, input, services: ClosingServices) => drawn(input, services)),
  'admin',
);

export const closeDay = forgiving(
  comesBack(Looked, (_turn, input, services: ClosingServices) => drawn(input, services)),
  creating(
    'people.closeDay',
    { uncounted: 'A day is closed once, by administrators alone.' },
    Closing,
    redraws(
      async (turn, { day: closed, label }, { closedDays }: ClosingServices) => {
        await closedDays.close(turn.person, { day: closed, label }, turn.effect);
      },
      (_turn, input, services, word) =>
        drawn({ year: Number(input.day.slice(0, 4)), page: input.page }, services, word),
      (_done, { day: closed }) =>
        `Le bureau est fermé le ${frenchDay(closed)}. Les délais du Courtier en tiennent compte.`,
    ),
    'admin',
  ),
);

export const openDay = action(
  'people.openDay',
  Opening,
  redraws(
    (turn, { closed }, { closedDays }: ClosingServices) => closedDays.open(turn.person, closed),
    (_turn, input, services, word) => drawn(input, services, word),
    (opened, { closed }) =>
      opened
        ? `Le bureau est ouvert le ${frenchDay(closed)}.`
        : `Rien n’est changé : le ${frenchDay(closed)} est passé, ou n’est plus un jour de fermeture.`,
  ),
  'admin',
);

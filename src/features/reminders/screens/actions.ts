import { z } from 'zod';
import type { Card } from '../../../core/card.ts';
import { draws, redraws } from '../../../core/cards/redraw.ts';
import { asDate, type Clock, frenchDate } from '../../../core/clock.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import type { Preferences } from '../../../core/ports/delivery.ts';
import type { Recall } from '../../../core/recalls.ts';
import { action } from '../../../core/routes/turns.ts';
import { brokerDate, startOfDay } from '../../../core/time/business-days.ts';
import { DaysLater, laterAt } from '../../../core/time/putting-off.ts';
import type { ActionTurn, Person } from '../../../core/turn.ts';
import type { DayCard } from '../rules.ts';
import { agendaCard, HOURS } from './agenda.ts';
import { dayAgain } from './day.ts';
import type { ReminderServices } from './services.ts';

const PAUSES = { none: 0, day: 1, week: 7, fortnight: 14, month: 30 } as const;

const page = z.int().min(1).max(10_000).default(1);
const CARD = /^(\d{4}-\d{2}-\d{2})(:urgent)?$/;
/** The card on which a button is; a page of the agenda where it is on none. */
const card = z
  .string()
  .regex(CARD)
  .refine((name) => z.iso.date().safeParse(name.slice(0, 10)).success)
  .transform((name): DayCard => ({ day: name.slice(0, 10), urgent: name.endsWith(':urgent') }));

const Nothing = z.object({});
const Page = z.object({ page });
const OfDay = z.object({ card, page });
const Thing = z.object({ thing: z.string().max(200) });
const OnCard = Thing.extend({ card: card.optional(), page });
const Later = OnCard.extend({ days: DaysLater });
const Wish = z.object({
  pause: z.enum(['keep', 'none', 'day', 'week', 'fortnight', 'month']).default('none'),
  hour: z.enum(HOURS).default('8'),
});

/** Until the morning of the day that comes so many days later; nothing about a pause that stays as it is. */
function wished({ pause, hour }: z.output<typeof Wish>, clock: Clock): Partial<Preferences> {
  const notBefore = hour === '8' ? null : Number(hour) * 60;
  if (pause === 'keep') return { notBefore };
  const end = brokerDate(clock.now()).add({ days: PAUSES[pause] });
  return {
    pausedUntil: pause === 'none' ? null : asDate(startOfDay(end)),
    notBefore,
  };
}

/** The card that was pressed, as things stand now. */
const again = (
  { person }: ActionTurn,
  { card: of, page: wanted }: { readonly card?: DayCard | undefined; readonly page: number },
  services: ReminderServices,
  word: string,
): Promise<Card> =>
  of ? dayAgain(person, of, wanted, services, word) : agendaCard(person, wanted, services, word);

/** Something of which a person is reminded, and which is still to be done. */
async function findOpen(person: Person, thing: string, { house }: ReminderServices): Promise<Recall> {
  const found = (await house.recalls.of(person)).find((recall) => recall.thing === thing);
  if (!found || found.state === 'done' || found.state === 'news') throw notFound();
  return found;
}

export const open = action('reminders.open', Nothing, async (turn, _input, services: ReminderServices) => {
  await turn.reply(await agendaCard(turn.person, 1, services));
  turn.notify('Vos rappels sont ci-dessous.');
});

export const showPage = action(
  'reminders.page',
  Page,
  draws((turn, { page: wanted }, services: ReminderServices) => agendaCard(turn.person, wanted, services)),
);

export const showDay = action(
  'reminders.day',
  OfDay,
  draws((turn, input, services: ReminderServices) => again(turn, input, services, '')),
);

/** Opens what a line is about below it: the card stays. */
export const look = action('reminders.look', Thing, async (turn, { thing }, { house }: ReminderServices) => {
  await turn.reply(await house.recalls.open(turn, thing));
  turn.notify('C’est ouvert ci-dessous.');
});

export const later = action(
  'reminders.later',
  Later,
  redraws(
    async (turn, { thing, days: count }, services: ReminderServices) => {
      const { ends } = await findOpen(turn.person, thing, services);
      const at = laterAt(count, services);
      if (ends && Temporal.Instant.compare(at, ends) >= 0)
        throw new CourtierError('refused', 'C’est avant ce jour-là : ce rappel ne peut pas attendre.');
      const on = brokerDate(at);
      await services.wishes.putOff(turn.person, thing, on);
      return on;
    },
    again,
    (on) => `C’est remis au ${frenchDate(on)}.`,
  ),
);

export const stop = action(
  'reminders.stop',
  OnCard,
  redraws(
    async (turn, { thing }, services: ReminderServices) => {
      await findOpen(turn.person, thing, services);
      await services.wishes.stop(turn.person, thing);
    },
    again,
    'Vous n’en recevrez plus de rappel. « Rappels » permet de le reprendre.',
  ),
);

export const takeAgain = action(
  'reminders.takeAgain',
  OnCard,
  redraws(
    async (turn, { thing }, services: ReminderServices) => {
      await findOpen(turn.person, thing, services);
      await services.wishes.takeAgain(turn.person, thing);
    },
    again,
    'Ce rappel est repris.',
  ),
);

export const prefer = action('reminders.prefer', Wish, async (turn, wish, services: ReminderServices) => {
  const { deliveries, db, clock } = services;
  await db.transaction((tx) => deliveries.prefer(tx, turn.person, wished(wish, clock)));
  turn.update(await agendaCard(turn.person, 1, services, 'C’est noté.'));
});

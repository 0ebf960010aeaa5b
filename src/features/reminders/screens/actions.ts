import { z } from 'zod';
import { brokerDate, startOfDay } from '../../../core/business-days.ts';
import type { Card } from '../../../core/card.ts';
import { asDate, type Clock, frenchDate } from '../../../core/clock.ts';
import { notFound } from '../../../core/errors.ts';
import { action } from '../../../core/feature.ts';
import { Id } from '../../../core/id.ts';
import type { Preferences } from '../../../core/ports.ts';
import { DaysLater, laterAt } from '../../../core/putting-off.ts';
import { draws, redraws } from '../../../core/redraw.ts';
import type { ActionTurn, Person } from '../../../core/turn.ts';
import type { DayCard } from '../rules.ts';
import { agendaCard, deferrableOf, HOURS } from './agenda.ts';
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
/** `due`: when it was to come, as it was shown: cards of the release before do not say it. */
const PutOff = z.object({ reminder: Id, days: DaysLater, due: z.iso.datetime().optional(), page });
const Wish = z.object({
  pause: z.enum(['keep', 'none', 'day', 'week', 'fortnight', 'month']).default('none'),
  hour: z.enum(HOURS).default('8'),
});

/** So many days after a reminder is due, or after today where it is due already. */
function laterBy(count: number, due: Date, clock: Clock): Temporal.PlainDate {
  const instant = Math.max(due.getTime(), clock.now().epochMilliseconds);
  return brokerDate(Temporal.Instant.fromEpochMilliseconds(instant)).add({ days: count });
}

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
async function findOpen(person: Person, thing: string, { house }: ReminderServices): Promise<void> {
  const found = (await house.recalls.of(person)).find((recall) => recall.thing === thing);
  if (!found || found.state === 'done') throw notFound();
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
      await findOpen(turn.person, thing, services);
      const on = brokerDate(laterAt(count, services));
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

/** Puts off a notice of its own, by its id in the ledger. */
export const putOff = action(
  'reminders.putOff',
  PutOff,
  async (turn, { reminder, days: count, due: seen, page: wanted }, services: ReminderServices) => {
    const { deliveries, db, clock, hours } = services;
    const kinds = deferrableOf(services);
    const due = (await deliveries.coming(turn.person, kinds)).find(({ id }) => id === reminder)?.at;
    // Pressed again, it is not put off once more.
    const moved = due !== undefined && seen !== undefined && due.toISOString() !== seen;
    const done =
      due !== undefined &&
      !moved &&
      (await db.transaction((tx) =>
        deliveries.putOff(tx, turn.person, reminder, kinds, hours.opening(laterBy(count, due, clock))),
      ));
    const word = done
      ? 'Ce rappel est remis.'
      : moved
        ? 'Ce rappel a déjà été remis.'
        : 'Ce rappel n’est plus à venir.';
    turn.update(await agendaCard(turn.person, wanted, services, word));
  },
);

export const prefer = action('reminders.prefer', Wish, async (turn, wish, services: ReminderServices) => {
  const { deliveries, db, clock } = services;
  await db.transaction((tx) => deliveries.prefer(tx, turn.person, wished(wish, clock)));
  turn.update(await agendaCard(turn.person, 1, services, 'C’est noté.'));
});

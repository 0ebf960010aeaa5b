import { z } from 'zod';
import { brokerDate, startOfDay } from '../../core/business-days.ts';
import type { Card } from '../../core/card.ts';
import { asDate, type Clock, frenchDateTime } from '../../core/clock.ts';
import { action, type NoticeRules } from '../../core/feature.ts';
import { feature } from '../../core/manifest.ts';
import type { Db, Deliveries, Preferences } from '../../core/ports.ts';
import { count } from '../../core/text.ts';
import type { Person } from '../../core/turn.ts';

interface ReminderServices {
  readonly db: Db;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly deliveries: Deliveries;
  /** Every kind of notice that the features declare. */
  readonly noticeKinds: () => readonly NoticeRules[];
}

const MOST_SHOWN = 10;
const PAUSES = { none: 0, day: 1, week: 7, fortnight: 14, month: 30 } as const;
const PAUSE_NAMES: Record<keyof typeof PAUSES, string> = {
  none: 'Aucune',
  day: 'Jusqu’à demain',
  week: 'Une semaine',
  fortnight: 'Deux semaines',
  month: 'Un mois',
};
const HOURS = ['8', '9', '10', '11', '12', '13', '14'] as const;

async function remindersCard(person: Person, services: ReminderServices, notice = ''): Promise<Card> {
  const { deliveries, clock, timeZone, noticeKinds } = services;
  const titles = new Map(
    noticeKinds().flatMap(({ kind, title, pausable }) => (title && pausable ? [[kind, title] as const] : [])),
  );
  const coming = await deliveries.coming(person, [...titles.keys()]);
  const { pausedUntil, notBefore } = await deliveries.preferences(person);
  const paused = pausedUntil !== null && pausedUntil > asDate(clock.now());
  return {
    template: 'reminders/list',
    summary: `${count(coming.length, 'rappel')} à venir.`,
    view: {
      notice,
      noticed: notice !== '',
      empty: coming.length === 0,
      reminders: coming.slice(0, MOST_SHOWN).map(({ kind, at }) => ({
        title: titles.get(kind) ?? '',
        at: `Le ${frenchDateTime(at, timeZone)}, au plus tôt`,
      })),
      more: coming.length > MOST_SHOWN,
      left: `Et ${count(coming.length - MOST_SHOWN, 'autre')}.`,
      paused,
      pause: paused
        ? `En pause jusqu’au ${frenchDateTime(pausedUntil, timeZone)}. Rien n’est perdu : vos rappels suivront.`
        : '',
      wanted: paused ? 'keep' : 'none',
      pauses: [
        ...(paused ? [{ title: 'Garder la pause', value: 'keep' }] : []),
        ...Object.entries(PAUSE_NAMES).map(([value, title]) => ({ title, value })),
      ],
      hour: String(Math.floor((notBefore ?? 480) / 60)),
      hours: HOURS.map((hour) => ({ title: `${hour} h`, value: hour })),
    },
  };
}

const Nothing = z.object({});
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

/** What a person is reminded of, and when they do not want to be: « pause » and « pas avant ». */
export const reminders = feature({
  id: 'reminders',
  below: [],
  build: ({ house }) => ({ noticeKinds: house.noticeKinds }),
  messages: [
    {
      command: 'rappels',
      aliases: ['mes rappels', 'pause', 'ne pas déranger'],
      description: 'Voir vos rappels, les mettre en pause, choisir leur heure',
      role: 'client',
      scopes: ['personal'],
      handle: async (turn, services) => void (await turn.reply(await remindersCard(turn.person, services))),
    },
  ],
  actions: [
    action('reminders.open', Nothing, async (turn, _input, services: ReminderServices) => {
      await turn.reply(await remindersCard(turn.person, services));
      turn.notify('Vos rappels sont ci-dessous.');
    }),
    action('reminders.prefer', Wish, async (turn, wish, services: ReminderServices) => {
      const { deliveries, db, clock } = services;
      await db.transaction((tx) => deliveries.prefer(tx, turn.person, wished(wish, clock)));
      turn.update(await remindersCard(turn.person, services, 'C’est noté.'));
    }),
  ],
  jobs: [],
  templates: ['reminders/list'],
});

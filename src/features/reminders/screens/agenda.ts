import type { Card } from '../../../core/card.ts';
import { pageOf, pagingRow } from '../../../core/cards/paging.ts';
import { asDate, frenchDateTime } from '../../../core/clock.ts';
import type { Recall } from '../../../core/recalls.ts';
import { count, escapeMarkdown } from '../../../core/text/text.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import type { Person } from '../../../core/turn.ts';
import type { Line, Wished } from '../rules.ts';
import { comesOn, lineView, PAGE, whenOf } from './lines.ts';
import type { ReminderServices } from './services.ts';

const PAUSE_NAMES = {
  none: 'Aucune',
  day: 'Jusqu’à demain',
  week: 'Une semaine',
  fortnight: 'Deux semaines',
  month: 'Un mois',
} as const;
export const HOURS = ['8', '9', '10', '11', '12', '13', '14'] as const;

/** A line of the agenda: what comes, of which contract or file, when; the day by which it is ordered. */
interface Entry {
  readonly at: string;
  /** What it is about, where that is looked for: of what is shown only. */
  readonly about?: () => Promise<string>;
  readonly view: Readonly<Record<string, string | boolean>>;
}

/** What has no day comes after what has one: still to be done, then stopped, then done. */
const UNDATED: Record<Exclude<Line['kind'], 'later' | 'next' | 'waits'>, string> = {
  held: '9997',
  ended: '9998',
  stopped: '9999',
  done: '99999',
  news: '99999',
};

const NOTHING = {
  about: '',
  thing: '',
  open: false,
  recalled: false,
  stopped: false,
};

function recallEntry(
  recall: Recall,
  row: Wished | undefined,
  today: Temporal.PlainDate,
  comes: (on: Temporal.PlainDate) => Temporal.PlainDate,
): Entry {
  const { line, view } = lineView(recall, row, today);
  const at =
    line.kind === 'later' || line.kind === 'next'
      ? comes(line.on).toString()
      : line.kind === 'waits'
        ? comes(today).toString()
        : UNDATED[line.kind];
  return {
    at,
    view: {
      ...NOTHING,
      title: view.what,
      about: escapeMarkdown(recall.of),
      at: `${whenOf(line, comes)}${line.kind === 'done' ? '' : ` · ${recall.stands}`}`,
      thing: view.thing,
      open: view.open,
      recalled: view.deferrable,
      stopped: view.stopped,
    },
  };
}

/** What does not wait for the card of a day has a notice of its own: a meeting in an hour. */
async function noticeEntries(person: Person, services: ReminderServices): Promise<Entry[]> {
  const { deliveries, house, timeZone } = services;
  const titles = new Map(
    house
      .noticeKinds()
      .flatMap(({ kind, title, pausable }) => (title && pausable ? [[kind, title] as const] : [])),
  );
  const coming = await deliveries.coming(person, [...titles.keys()]);
  return coming.map(({ kind, subject, at }) => ({
    at: brokerDate(at).toString(),
    about: () => house.noticeAbout(kind, subject, person),
    view: {
      ...NOTHING,
      title: titles.get(kind) ?? '',
      at: `Le ${frenchDateTime(at, timeZone)}, au plus tôt`,
    },
  }));
}

async function entriesOf(
  person: Person,
  pausedUntil: Date | undefined,
  services: ReminderServices,
): Promise<Entry[]> {
  const { clock, house, telling } = services;
  const today = brokerDate(clock.now());
  const end = pausedUntil && brokerDate(pausedUntil);
  const rows = await telling.rowsOf(person);
  const recalls = await house.recalls.of(person);
  const entries = recalls
    // What was done before it was ever recalled is no matter of reminders, nor is what only was to be told.
    .filter(({ thing, state }) => state !== 'news' && (state !== 'done' || rows.has(thing)))
    .map((recall) => recallEntry(recall, rows.get(recall.thing), today, (on) => comesOn(on, services, end)));
  const order = ({ at, view }: Entry) => `${at} ${view.about} ${view.title}`;
  return [...(await noticeEntries(person, services)), ...entries].sort((one, other) =>
    order(one) < order(other) ? -1 : 1,
  );
}

/** What a person is reminded of, as it comes: what, of which contract, when; what was put off, stopped or done. */
export async function agendaCard(
  person: Person,
  wanted: number,
  services: ReminderServices,
  notice = '',
): Promise<Card> {
  const { deliveries, clock, timeZone } = services;
  const { pausedUntil, notBefore } = await deliveries.preferences(person);
  const paused = pausedUntil !== null && pausedUntil > asDate(clock.now());
  const entries = await entriesOf(person, paused ? pausedUntil : undefined, services);
  const page = pageOf(entries, wanted, PAGE);
  const reminders: Entry['view'][] = [];
  for (const { view, about } of page.items)
    reminders.push(about ? { ...view, about: escapeMarkdown(await about()) } : view);
  return {
    template: 'reminders/list',
    summary: `${count(entries.length, 'rappel')}.`,
    view: {
      notice,
      noticed: notice !== '',
      empty: entries.length === 0,
      reminders,
      page: page.page,
      ...pagingRow(page, 'rappels'),
      paused,
      until: paused
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

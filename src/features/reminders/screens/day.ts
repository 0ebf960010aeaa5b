import type { Card } from '../../../core/card.ts';
import { pageOf, pagingRow } from '../../../core/cards/paging.ts';
import { frenchDate, frenchDay } from '../../../core/clock.ts';
import type { PersonKey } from '../../../core/people/person-key.ts';
import type { Recall } from '../../../core/recalls.ts';
import { count, escapeMarkdown } from '../../../core/text/text.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import { cardOf, type DayCard } from '../rules.ts';
import type { Row } from '../store/telling.ts';
import { lineView, PAGE, whenOf } from './lines.ts';
import type { ReminderServices } from './services.ts';

interface Told {
  readonly recall: Recall;
  readonly row: Row;
}

/** By contract, the one with the nearest date first; of one contract, as they come. */
function inOrder(told: readonly Told[]): Told[] {
  const { compare } = Temporal.PlainDate;
  const byDate = (one: Told, other: Told) => compare(one.recall.on, other.recall.on);
  const groups = [...Map.groupBy(told, ({ recall }) => recall.of).values()].map((group) =>
    group.sort(byDate),
  );
  return groups.sort(([one], [other]) => (one && other ? byDate(one, other) : 0)).flat();
}

/** What a line says beside what there is to do: what is new of it, or what its person wished. */
function newsOf({ recall, row }: Told, today: Temporal.PlainDate, day: string): string {
  const { line } = lineView(recall, row, today);
  if (line.kind === 'news') return recall.news;
  if (line.kind === 'next' || line.kind === 'ended') {
    return row.firstOn === day ? `Nouveau · ${recall.news}` : recall.news;
  }
  return whenOf(line, (on) => on);
}

const NOUNS = { contract: 'contrat', file: 'dossier' } as const;

/** « , dans 3 contrats et 1 dossier »; nothing where there is only one of them. */
function whereOf(told: readonly Told[]): string {
  const groups = new Map(told.map(({ recall: { of, within } }) => [of, within]));
  if (groups.size < 2) return '';
  const sorts = (['contract', 'file'] as const).flatMap((sort) => {
    const n = [...groups.values()].filter((within) => within === sort).length;
    return n > 0 ? [count(n, NOUNS[sort])] : [];
  });
  return `, dans ${sorts.join(' et ')}`;
}

/** « 2 choses à faire, dans 2 contrats, et 1 nouvelle ». */
function leftText(told: readonly Told[]): string {
  const open = told.filter(({ recall }) => recall.state === 'open');
  const news = told.filter(({ recall }) => recall.state === 'news').length;
  const left = `${count(open.length, 'chose')} à faire${whereOf(open)}`;
  if (news === 0) return left;
  return open.length === 0 ? count(news, 'nouvelle') : `${left}, et ${count(news, 'nouvelle')}`;
}

/** A person's card of a day, a page of it: by contract, each line with what there is to do of it. */
function dayView(
  told: readonly Told[],
  card: DayCard,
  wanted: number,
  today: Temporal.PlainDate,
  notice: string,
): Card {
  const lines = inOrder(told);
  const page = pageOf(lines, wanted, PAGE);
  // One that was delayed is of the day on which it came.
  const toldAt = lines[0]?.row.toldAt;
  const date = toldAt ? frenchDate(brokerDate(toldAt)) : frenchDay(card.day);
  const left = leftText(lines);
  return {
    template: 'reminders/day',
    summary: notice || `Vos rappels du ${date} : ${left}.`,
    view: {
      notice,
      noticed: notice !== '',
      title: card.urgent ? 'À faire sans attendre' : `Vos rappels du ${date}`,
      left: lines.length === 0 ? 'Tout est fait, ou repris dans une carte plus récente.' : `${left}.`,
      card: cardOf(card),
      page: page.page,
      groups: [...Map.groupBy(page.items, ({ recall }) => recall.of)].map(([title, items]) => ({
        title: escapeMarkdown(title),
        lines: items.map((each) => ({
          ...lineView(each.recall, each.row, today).view,
          news: newsOf(each, today, card.day),
        })),
      })),
      ...pagingRow(page, 'rappels'),
    },
  };
}

/** The card as it is sent; undefined when there is nothing to tell any more, or when another one told something today. */
export async function cardOfDay(
  person: PersonKey,
  card: DayCard,
  { clock, house, telling }: Pick<ReminderServices, 'clock' | 'house' | 'telling'>,
): Promise<Card | undefined> {
  const recalls = await house.recalls.of(person);
  const rows = await telling.take(person, card, recalls);
  const byThing = new Map(rows.map((row) => [row.thing, row]));
  const told = recalls.flatMap((recall) => {
    const row = byThing.get(recall.thing);
    return row ? [{ recall, row }] : [];
  });
  return told.length === 0 ? undefined : dayView(told, card, 1, brokerDate(clock.now()), '');
}

/** The same card later, as things stand then. */
export async function dayAgain(
  person: PersonKey,
  card: DayCard,
  page: number,
  { clock, house, telling }: ReminderServices,
  notice: string,
): Promise<Card> {
  const recalls = await house.recalls.of(person);
  const rows = await telling.rowsOf(person);
  const told = recalls.flatMap((recall) => {
    const row = rows.get(recall.thing);
    return row?.toldIn === cardOf(card) ? [{ recall, row }] : [];
  });
  return dayView(told, card, page, brokerDate(clock.now()), notice);
}

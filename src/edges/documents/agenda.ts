import type { ICalEventData } from 'ical-generator';
import { asDate } from '../../core/clock.ts';
import { cleanText } from '../../core/intake.ts';
import type { AgendaItem } from '../../core/ports.ts';

/** An iCalendar text. The library is loaded when somebody asks for one. */
export async function agenda(
  name: string,
  items: readonly AgendaItem[],
  now: Temporal.Instant,
): Promise<string> {
  const {
    default: calendar,
    ICalAlarmType,
    ICalCalendarMethod,
    ICalEventStatus,
  } = await import('ical-generator');
  const eventOf = ({
    id,
    title,
    text,
    when,
    url,
    alarms = [],
    cancelled,
    sequence = 0,
  }: AgendaItem): ICalEventData => ({
    id: `${id}@courtier`,
    stamp: asDate(now),
    sequence,
    summary: cleanText(title),
    description: cleanText(text),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(url && { url }),
    alarms: alarms.map((minutes) => ({ type: ICalAlarmType.display, trigger: minutes * 60 })),
    ...('start' in when
      ? { start: asDate(when.start), end: asDate(when.end) }
      : { start: midnight(when), end: midnight(when.add({ days: 1 })), allDay: true }),
  });
  const written = calendar({
    name: cleanText(name),
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Courtier en infonuagique', product: 'Courtier', language: 'FR' },
    events: items.map(eventOf),
  }).toString();
  // RFC 5545: each line ends with a break, the last one too; the library leaves that one out.
  return written.endsWith('\r\n') ? written : `${written}\r\n`;
}

/** The library reads a whole day from the local date of a `Date`. */
const midnight = ({ year, month, day }: Temporal.PlainDate): Date => new Date(year, month - 1, day);

import type { ICalEventData } from 'ical-generator';
import { asDate } from '../../core/clock.ts';
import type { CalendarItem } from '../../core/ports/documents.ts';
import { written } from './written.ts';

/** How long a calendar may wait before it reads the text again. */
const REFRESH_SECONDS = 6 * 60 * 60;

/** An iCalendar text. The library is loaded when somebody asks for one. */
export async function agenda(
  name: string,
  items: readonly CalendarItem[],
  now: Temporal.Instant,
): Promise<string> {
  const {
    default: calendar,
    ICalAlarmType,
    ICalCalendarMethod,
    ICalEventStatus,
    ICalEventTransparency,
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
  }: CalendarItem): ICalEventData => ({
    id: `${id}@courtier`,
    stamp: asDate(now),
    sequence,
    summary: written(title),
    description: written(text),
    // What is to be done or attended is told, and takes nobody's time.
    transparency: ICalEventTransparency.TRANSPARENT,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(url && { url }),
    alarms: alarms.map((minutes) => ({ type: ICalAlarmType.display, trigger: minutes * 60 })),
    ...('start' in when
      ? { start: asDate(when.start), end: asDate(when.end) }
      : { start: midnight(when), end: midnight(when.add({ days: 1 })), allDay: true }),
  });
  const text = calendar({
    name: written(name),
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
    prodId: { company: 'Courtier en infonuagique', product: 'Courtier', language: 'FR' },
    events: items.map(eventOf),
  }).toString();
  // RFC 5545: each line ends with a break, the last one too; the library leaves that one out.
  return text.endsWith('\r\n') ? text : `${text}\r\n`;
}

/** The library reads a whole day from the date of a `Date` in UTC, wherever the machine is. */
const midnight = ({ year, month, day }: Temporal.PlainDate): Date => new Date(Date.UTC(year, month - 1, day));

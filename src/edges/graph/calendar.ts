import { z } from 'zod';
import type { Calendar, Interval, Meeting } from '../../core/ports/calendar.ts';
import { type Graph, GraphError } from './client.ts';

/** Graph allows four requests at once for a mailbox; others use it too. */
const AT_ONCE = 2;
const LONGEST_MS = 42 * 24 * 3_600_000;
const INTERVAL_MINUTES = 15;
const FREE = ['free', 'workingElsewhere'];

/** Graph answers in UTC unless asked otherwise; an hour of another zone would be read wrong, so it is refused. */
const Moment = z.object({ dateTime: z.string(), timeZone: z.literal('UTC').nullish() });
const Schedules = z.object({
  value: z
    .array(
      z.object({
        error: z.object({ responseCode: z.string().optional() }).nullish(),
        scheduleItems: z
          .array(z.object({ status: z.string().nullish(), start: Moment, end: Moment }))
          .nullish(),
      }),
    )
    .min(1),
});
const Event = z.object({
  id: z.string(),
  transactionId: z.string().nullish(),
  onlineMeeting: z.object({ joinUrl: z.string().nullish() }).nullish(),
});
const Events = z.object({ value: z.array(Event) });

const inUtc = (instant: Temporal.Instant) => ({
  dateTime: instant.toString({ smallestUnit: 'second' }).replace('Z', ''),
  timeZone: 'UTC',
});
const fromUtc = ({ dateTime }: z.output<typeof Moment>) =>
  Temporal.Instant.from(`${dateTime.replace(/Z$/, '')}Z`);

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/**
 * The broker's calendar in Microsoft Graph: when it is busy, never with what; meetings in Teams. Needs the application
 * permission Calendars.ReadWrite, which the organization should limit to that mailbox.
 */
export function buildGraphCalendar(graph: Graph, mailbox: string): Calendar {
  const calendar = `/users/${encodeURIComponent(mailbox)}`;
  const gate = buildGate(AT_ONCE);
  const request: Graph['request'] = (...call) => gate(() => graph.request(...call));

  const eventOf = ({ subject, body, start, end, attendees }: Meeting) => ({
    subject,
    body: { contentType: 'html', content: body.map((text) => `<p>${escaped(text)}</p>`).join('') },
    start: inUtc(start),
    end: inUtc(end),
    attendees: attendees.map(({ name, email }) => ({
      type: 'required',
      emailAddress: { name, address: email },
    })),
    isOnlineMeeting: true,
    onlineMeetingProvider: 'teamsForBusiness',
    allowNewTimeProposals: false,
  });

  /** The status is not documented: it is met as 409 and as 400. */
  const isTaken = (error: unknown): boolean =>
    error instanceof GraphError && (error.status === 409 || error.code === 'ErrorDuplicateTransactionId');

  /** The event that was entered under a meeting's id, when Graph says that there is one. */
  async function entered({ id, start, end }: Meeting): Promise<z.output<typeof Event>> {
    const filter = `start/dateTime ge '${inUtc(start).dateTime}' and end/dateTime le '${inUtc(end).dateTime}'`;
    const query = `$filter=${encodeURIComponent(filter)}&$select=id,transactionId,onlineMeeting`;
    const { value } = await request('GET', `${calendar}/events?${query}`, {
      answer: Events,
      repeatable: true,
    });
    const found = value.find(({ transactionId }) => transactionId === id);
    if (!found) throw new Error('the event is neither new nor found');
    return found;
  }

  return {
    async busy({ start, end }) {
      const found: Interval[] = [];
      const whole = end.epochMilliseconds - start.epochMilliseconds;
      // Stretches of one length: Graph refuses one shorter than the interval, as a remainder may be.
      const stretches = Math.ceil(whole / LONGEST_MS);
      const border = (n: number) => start.add({ milliseconds: Math.round((whole * n) / stretches) });
      for (let n = 0; n < stretches; n++) {
        const { value } = await request('POST', `${calendar}/calendar/getSchedule`, {
          body: {
            schedules: [mailbox],
            startTime: inUtc(border(n)),
            endTime: inUtc(border(n + 1)),
            availabilityViewInterval: INTERVAL_MINUTES,
          },
          answer: Schedules,
          repeatable: true,
        });
        for (const { error, scheduleItems } of value) {
          if (error) throw new Error(`the schedule is not available: ${error.responseCode ?? ''}`);
          for (const item of scheduleItems ?? [])
            if (!FREE.includes(item.status ?? 'unknown'))
              found.push({ start: fromUtc(item.start), end: fromUtc(item.end) });
        }
      }
      return found;
    },

    async enter(meeting) {
      const event = await request('POST', `${calendar}/events`, {
        body: { ...eventOf(meeting), transactionId: meeting.id },
        answer: Event,
        repeatable: true,
      }).catch((error: unknown) => {
        if (isTaken(error)) return entered(meeting);
        throw error;
      });
      return { event: event.id, joinUrl: event.onlineMeeting?.joinUrl ?? undefined };
    },

    async remove(event) {
      try {
        await request('DELETE', `${calendar}/events/${encodeURIComponent(event)}`, { repeatable: true });
      } catch (error) {
        if (!(error instanceof GraphError && error.status === 404)) throw error;
      }
    },
  };
}

/** Lets so many in at once; the others wait for their turn. */
function buildGate(atOnce: number) {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (inside < atOnce) inside++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A place goes from hand to hand: nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else inside--;
    }
  };
}

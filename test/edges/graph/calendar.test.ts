import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Interval, Meeting } from '../../../src/core/ports/calendar.ts';
import { buildGraph, buildGraphCalendar, GraphError } from '../../../src/edges/graph/index.ts';
import { CANARY, openGraphCalendar } from '../../support/graph-calendar.ts';
import { countedIdentity, graphError } from '../../support/graph-server.ts';

const MAILBOX = 'courtier@organisme.example';
const EVENTS = `/users/${encodeURIComponent(MAILBOX)}/events`;

let server: Awaited<ReturnType<typeof openGraphCalendar>>;
let waited: number[];

beforeEach(async () => {
  waited = [];
  server = await openGraphCalendar();
});
afterEach(async () => {
  await server.close();
  expect(server.invalid).toEqual([]);
});

const calendar = (sleep: (ms: number) => Promise<void> = async (ms) => void waited.push(ms)) =>
  buildGraphCalendar(buildGraph({ identity: countedIdentity(), url: server.url, sleep }), MAILBOX);

const instant = (text: string) => Temporal.Instant.from(text);
const stretch = (start: string, end: string) => ({ start: instant(start), end: instant(end) });
/** Instants have no properties that a comparison would see: they are compared as text. */
const texts = (found: readonly Interval[]) => found.map(({ start, end }) => `${start}/${end}`);
const DAY = stretch('2027-02-01T05:00:00Z', '2027-02-02T05:00:00Z');
const HOUR = stretch('2027-02-01T14:00:00Z', '2027-02-01T15:00:00Z');

const meeting = (changes: Partial<Meeting> = {}): Meeting => ({
  id: '55555555-5555-4555-8555-555555555555',
  subject: 'Rencontre de démarrage',
  body: ['Bonjour.', 'R & D < 5 $'],
  attendees: [{ name: 'Camille Roy', email: 'camille@airelle.example' }],
  ...HOUR,
  ...changes,
});
const meetings = (n: number) =>
  Array.from({ length: n }, (_, at) =>
    meeting({ id: `66666666-6666-4666-8666-${String(at).padStart(12, '0')}` }),
  );

test('an empty calendar is free', async () => {
  expect(await calendar().busy(DAY)).toEqual([]);
});

test.each(['busy', 'tentative', 'oof', 'unknown'])('« %s » is not free', async (status) => {
  server.busy.push({ ...HOUR, status });
  expect(texts(await calendar().busy(DAY))).toEqual(texts([HOUR]));
});

test.each(['free', 'workingElsewhere'])('« %s » is free', async (status) => {
  server.busy.push({ ...HOUR, status });
  expect(await calendar().busy(DAY)).toEqual([]);
});

test('what has no status is not free', async () => {
  const item = { start: { dateTime: '2027-02-01T14:00:00.0000000', timeZone: 'UTC' }, status: null };
  server.faults.push({
    status: 200,
    body: {
      value: [{ scheduleItems: [{ ...item, end: { ...item.start, dateTime: '2027-02-01T15:00:00' } }] }],
    },
  });
  expect(texts(await calendar().busy(DAY))).toEqual(texts([HOUR]));
});

test('an hour in another time zone than was asked for is refused, not read wrong', async () => {
  const at = { dateTime: '2027-02-01T14:00:00.0000000', timeZone: 'Eastern Standard Time' };
  server.faults.push({
    status: 200,
    body: { value: [{ scheduleItems: [{ status: 'busy', start: at, end: at }] }] },
  });
  await expect(calendar().busy(DAY)).rejects.toThrow('timeZone');
});

test('a meeting that was entered is busy', async () => {
  await calendar().enter(meeting());
  expect(texts(await calendar().busy(DAY))).toEqual(texts([HOUR]));
});

test('what is busy is asked of the mailbox, in UTC, by quarters of an hour', async () => {
  await calendar().busy(DAY);
  expect(server.calls).toEqual([
    {
      method: 'POST',
      path: `/users/${encodeURIComponent(MAILBOX)}/calendar/getSchedule`,
      body: {
        schedules: [MAILBOX],
        startTime: { dateTime: '2027-02-01T05:00:00', timeZone: 'UTC' },
        endTime: { dateTime: '2027-02-02T05:00:00', timeZone: 'UTC' },
        availabilityViewInterval: 15,
      },
      authorization: 'Bearer token-1',
    },
  ]);
});

test('a hundred days are asked in stretches that leave no hole, none over forty-two days', async () => {
  const hundred = stretch('2027-01-01T05:00:00Z', '2027-04-11T05:00:00Z');
  const last = stretch('2027-04-11T03:00:00Z', '2027-04-11T04:00:00Z');
  server.busy.push(HOUR, last);
  expect(texts(await calendar().busy(hundred))).toEqual(texts([HOUR, last]));
  const asked = server.calls.map(
    ({ body }) => body as { startTime: { dateTime: string }; endTime: { dateTime: string } },
  );
  expect(asked).toHaveLength(3);
  expect(asked.slice(1).map(({ startTime }) => startTime)).toEqual(
    asked.slice(0, -1).map(({ endTime }) => endTime),
  );
  for (const { startTime, endTime } of asked)
    expect(
      instant(`${startTime.dateTime}Z`)
        .until(instant(`${endTime.dateTime}Z`))
        .total('days'),
    ).toBeLessThanOrEqual(42);
});

test('forty-two days and a minute leave no stretch too short for Graph', async () => {
  expect(await calendar().busy(stretch('2027-01-01T05:00:00Z', '2027-02-12T05:01:00Z'))).toEqual([]);
});

test('a schedule that Graph could not read is no free calendar', async () => {
  server.faults.push({
    status: 200,
    body: {
      value: [
        { scheduleId: MAILBOX, error: { responseCode: 'ErrorMailRecipientNotFound', message: CANARY } },
      ],
    },
  });
  await expect(calendar().busy(DAY)).rejects.toThrow(
    /^the schedule is not available: ErrorMailRecipientNotFound$/,
  );
});

test('an answer without the mailbox is no free calendar', async () => {
  server.faults.push({ status: 200, body: { value: [] } });
  await expect(calendar().busy(DAY)).rejects.toThrow();
});

test('nothing of a busy hour is kept but its start and its end', async () => {
  server.busy.push(HOUR);
  const [found] = await calendar().busy(DAY);
  expect(Object.keys(found ?? {})).toEqual(['start', 'end']);
  expect(JSON.stringify(found)).not.toContain(CANARY);
});

test('when events are listed, no subject is asked', async () => {
  await calendar().enter(meeting());
  server.faults.push(graphError(409, 'ErrorDuplicateTransactionId'));
  await calendar().enter(meeting());
  const listed = server.calls
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => new URL(path, server.url));
  expect(listed.map(({ searchParams }) => searchParams.get('$select'))).toEqual([
    'id,transactionId,onlineMeeting',
  ]);
});

test('a meeting is entered with its supplier invited and a link to join it', async () => {
  const { event, joinUrl } = await calendar().enter(meeting());
  expect(joinUrl).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/meetup-join\//);
  expect(server.events().map(({ id }) => id)).toEqual([event]);
  expect(server.calls[0]).toMatchObject({ method: 'POST', path: EVENTS });
  expect(server.calls[0]?.body).toEqual({
    transactionId: meeting().id,
    subject: 'Rencontre de démarrage',
    body: { contentType: 'html', content: '<p>Bonjour.</p><p>R &amp; D &lt; 5 $</p>' },
    start: { dateTime: '2027-02-01T14:00:00', timeZone: 'UTC' },
    end: { dateTime: '2027-02-01T15:00:00', timeZone: 'UTC' },
    attendees: [
      { type: 'required', emailAddress: { name: 'Camille Roy', address: 'camille@airelle.example' } },
    ],
    isOnlineMeeting: true,
    onlineMeetingProvider: 'teamsForBusiness',
    allowNewTimeProposals: false,
  });
});

test('a meeting for which Teams makes no link has none', async () => {
  server.faults.push({ status: 201, body: { id: 'event', onlineMeeting: null } });
  expect(await calendar().enter(meeting())).toEqual({ event: 'event', joinUrl: undefined });
});

test('entered twice, it is one event', async () => {
  const first = await calendar().enter(meeting());
  expect(await calendar().enter(meeting())).toEqual(first);
  expect(server.events()).toHaveLength(1);
});

test('a refused token is renewed', async () => {
  server.faults.push(graphError(401, 'InvalidAuthenticationToken'));
  await calendar().enter(meeting());
  expect(server.calls.map(({ authorization }) => authorization)).toEqual([
    'Bearer token-1',
    'Bearer token-2',
  ]);
  expect(server.events()).toHaveLength(1);
});

test('a calendar that may not be read says so, at once', async () => {
  server.faults.push(graphError(403, 'ErrorAccessDenied'));
  const refused = await calendar()
    .busy(DAY)
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(GraphError);
  expect(refused).toMatchObject({ status: 403, code: 'ErrorAccessDenied' });
  expect(server.calls).toHaveLength(1);
});

test('after a 429, nothing is asked again before the wait is over', async () => {
  const over = Promise.withResolvers<void>();
  const asleep = Promise.withResolvers<number>();
  server.faults.push(graphError(429, 'ApplicationThrottled', { 'retry-after': '7' }));
  const entering = calendar((ms) => {
    asleep.resolve(ms);
    return over.promise;
  }).enter(meeting());
  expect(await asleep.promise).toBe(7_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(server.calls).toHaveLength(1);
  over.resolve();
  await entering;
  expect(server.calls).toHaveLength(2);
  expect(server.events()).toHaveLength(1);
});

test('a 504 after the event was created leaves one event', async () => {
  server.faults.push({ doneThen: 504 });
  const { event } = await calendar().enter(meeting());
  expect(server.calls).toHaveLength(2);
  expect(server.events().map(({ id }) => id)).toEqual([event]);
});

test('a connection reset after the event was created leaves one event', async () => {
  server.faults.push('doneThenReset');
  const { event } = await calendar().enter(meeting());
  expect(server.calls).toHaveLength(2);
  expect(server.events().map(({ id }) => id)).toEqual([event]);
});

test('a connection reset before anything was done is tried again', async () => {
  server.faults.push('reset');
  const { event } = await calendar().enter(meeting());
  expect(server.events().map(({ id }) => id)).toEqual([event]);
});

test.each([
  [409, 'Conflict'],
  [409, 'ErrorDuplicateTransactionId'],
  [400, 'ErrorDuplicateTransactionId'],
])('a %i %s finds the event among those of its hour', async (status, code) => {
  const [other, mine] = meetings(2) as [Meeting, Meeting];
  await calendar().enter(other);
  const first = await calendar().enter(mine);
  server.faults.push(graphError(status, code));
  expect(await calendar().enter(mine)).toEqual(first);
  expect(server.events()).toHaveLength(2);
});

test('a duplicate that is not found is an error', async () => {
  server.faults.push(graphError(409, 'ErrorDuplicateTransactionId'));
  await expect(calendar().enter(meeting())).rejects.toThrow('neither new nor found');
});

test('another refusal of a meeting is an error', async () => {
  server.faults.push(graphError(400, 'ErrorInvalidRequest'));
  await expect(calendar().enter(meeting())).rejects.toThrow('400 ErrorInvalidRequest');
});

test('a meeting is taken out', async () => {
  const { event } = await calendar().enter(meeting());
  await calendar().remove(event);
  expect(server.events()).toEqual([]);
  expect(server.calls.at(-1)).toMatchObject({
    method: 'DELETE',
    path: `${EVENTS}/${encodeURIComponent(event)}`,
  });
});

test('a meeting that is gone already is no error', async () => {
  const { event } = await calendar().enter(meeting());
  await calendar().remove(event);
  await calendar().remove(event);
  expect(server.calls).toHaveLength(3);
});

test('an answer lost after the meeting was taken out is no error', async () => {
  const { event } = await calendar().enter(meeting());
  server.faults.push({ doneThen: 504 });
  await calendar().remove(event);
  expect(server.events()).toEqual([]);
});

test('a meeting that may not be taken out is an error', async () => {
  server.faults.push(graphError(403, 'ErrorAccessDenied'));
  await expect(calendar().remove('event')).rejects.toThrow('403 ErrorAccessDenied');
});

test.each([
  ['the last hour before the clocks go forward', '2027-03-14T01:00:00-05:00[America/Toronto]'],
  ['the first hour after the clocks went forward', '2027-03-14T03:00:00-04:00[America/Toronto]'],
  ['the hour that comes twice, the first time', '2027-11-07T01:00:00-04:00[America/Toronto]'],
  ['the hour that comes twice, the second time', '2027-11-07T01:00:00-05:00[America/Toronto]'],
])('%s is entered, and busy, at its own instant', async (_name, local) => {
  const start = Temporal.ZonedDateTime.from(local).toInstant();
  const hour = { start, end: start.add({ hours: 1 }) };
  await calendar().enter(meeting(hour));
  expect(texts(server.events())).toEqual(texts([hour]));
  const around = { start: start.subtract({ hours: 24 }), end: start.add({ hours: 24 }) };
  expect(texts(await calendar().busy(around))).toEqual(texts([hour]));
});

test('of ten at once, and ten again, never more than two are under way', async () => {
  const one = calendar();
  await Promise.all(meetings(10).map((each) => one.enter(each)));
  await Promise.all(meetings(10).map((each) => one.enter(each)));
  expect(server.calls).toHaveLength(20);
  expect(server.events()).toHaveLength(10);
  expect(server.mostAtOnce()).toBe(2);
});

test('one that fails leaves its place to the next', async () => {
  const one = calendar();
  server.faults.push(...Array.from({ length: 5 }, () => graphError(403, 'ErrorAccessDenied')));
  const outcomes = await Promise.allSettled(meetings(10).map((each) => one.enter(each)));
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(5);
  expect(server.events()).toHaveLength(5);
  expect(server.mostAtOnce()).toBe(2);
});

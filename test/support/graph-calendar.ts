import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import { z } from 'zod';
import type { Interval } from '../../src/core/ports/calendar.ts';
import {
  type GraphAnswer,
  type GraphCall,
  type GraphFault,
  graphError,
  openGraphServer,
} from './graph-server.ts';

/** Beside what the plain server does: do the work, then cut the connection. */
export type CalendarFault = GraphFault | 'doneThenReset';

export interface Stretch extends Interval {
  /** Graph's own word; `busy` when absent. */
  readonly status?: string;
}

/** An event as the calendar keeps it: its hour is read from the time zone that came with it. */
export interface KeptEvent extends Interval {
  readonly id: string;
  readonly joinUrl: string | undefined;
  /** As it was sent. */
  readonly sent: SentEvent;
}

const Moment = z.object({ dateTime: z.string(), timeZone: z.string() });
type Moment = z.output<typeof Moment>;

/** What Graph needs of an event to keep it. */
const SentEvent = z.looseObject({
  transactionId: z.string().optional(),
  start: Moment,
  end: Moment,
  isOnlineMeeting: z.boolean().optional(),
});
type SentEvent = z.output<typeof SentEvent>;

interface AskedSchedule {
  readonly schedules: readonly string[];
  readonly startTime: Moment;
  readonly endTime: Moment;
  readonly availabilityViewInterval?: number;
}

/** A subject and a place, of which nothing should be found anywhere. */
export const CANARY = 'Canari';
const LONGEST_DAYS = 62;
/** Long enough for requests made together to be seen together. */
const HOLD_MS = 5;

const { paths, components } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'schemas/graph-calendar.openapi.json'), 'utf8'),
);
const ajv = new Ajv2019({ strict: false, validateFormats: false, logger: false });
const operations = readOperations();

/**
 * The calendar of Microsoft Graph on the loopback. It keeps what is entered, checks each request against the official
 * description, and takes a moment over each so that those made at the same time are counted.
 */
export async function openGraphCalendar() {
  const kept = new Map<string, KeptEvent>();
  const busy: Stretch[] = [];
  const invalid: string[] = [];
  const faults: CalendarFault[] = [];
  const graph = await openGraphServer(serveOrRefuse);
  let entered = 0;
  let inside = 0;
  let most = 0;

  function enter(sent: SentEvent): KeptEvent {
    const same = [...kept.values()].find(
      (event) => sent.transactionId !== undefined && event.sent.transactionId === sent.transactionId,
    );
    if (same) return same;
    const id = `AAMkAG=${++entered}`;
    const joinUrl = sent.isOnlineMeeting
      ? `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${entered}%40thread.v2/0`
      : undefined;
    const event = { id, joinUrl, sent, start: instantOf(sent.start), end: instantOf(sent.end) };
    kept.set(id, event);
    return event;
  }

  function schedules({ schedules, startTime, endTime, availabilityViewInterval = 30 }: AskedSchedule) {
    const [start, end] = [instantOf(startTime), instantOf(endTime)];
    const minutes = (end.epochMilliseconds - start.epochMilliseconds) / 60_000;
    if (minutes > LONGEST_DAYS * 24 * 60) return graphError(400, 'ErrorTimeIntervalTooBig');
    if (availabilityViewInterval < 5 || availabilityViewInterval > Math.min(1_440, minutes))
      return graphError(400, 'ErrorInvalidMergedFreeBusyInterval');
    const scheduleItems = [...busy, ...kept.values()]
      .filter((item) => item.start.epochMilliseconds < end.epochMilliseconds)
      .filter((item) => item.end.epochMilliseconds > start.epochMilliseconds)
      .map((item) => ({
        isPrivate: false,
        status: ('status' in item && item.status) || 'busy',
        subject: CANARY,
        location: CANARY,
        start: inUtc(item.start),
        end: inUtc(item.end),
      }));
    const value = schedules.map((scheduleId) => ({ scheduleId, availabilityView: '', scheduleItems }));
    return { status: 200, body: { value } };
  }

  function list(query: URLSearchParams): GraphAnswer {
    const filter = /^start\/dateTime ge '([^']+)' and end\/dateTime le '([^']+)'$/.exec(
      query.get('$filter') ?? '',
    );
    if (!filter) return graphError(400, 'ErrorInvalidUrlQueryFilter');
    const [from, to] = filter
      .slice(1)
      .map((dateTime) => instantOf({ dateTime, timeZone: 'UTC' }).epochMilliseconds);
    const names = query.get('$select')?.split(',');
    const value = [...kept.values()]
      .filter(({ start }) => start.epochMilliseconds >= Number(from))
      .filter(({ end }) => end.epochMilliseconds <= Number(to))
      .map((event) => Object.entries(shown(event)).filter(([name]) => names?.includes(name) ?? true))
      .map((entries) => Object.fromEntries(entries));
    return { status: 200, body: { value } };
  }

  function serve({ method, path, body }: GraphCall): GraphAnswer {
    const { pathname, searchParams } = new URL(path, 'http://graph');
    if (pathname.endsWith('/getSchedule')) return schedules(uncapitalized(body ?? {}) as AskedSchedule);
    if (method === 'GET') return list(searchParams);
    if (method === 'POST') return { status: 201, body: shown(enter(SentEvent.parse(body))) };
    if (method === 'DELETE') {
      const id = decodeURIComponent(pathname.split('/').at(-1) ?? '');
      return kept.delete(id) ? { status: 204 } : graphError(404, 'ErrorItemNotFound');
    }
    return graphError(501, 'notImplemented');
  }

  /** Graph refuses what it cannot make sense of. */
  function serveOrRefuse(call: GraphCall): GraphAnswer {
    try {
      return serve(call);
    } catch {
      return graphError(400, 'ErrorInvalidRequest');
    }
  }

  /** What the official description says against a request. */
  function complaintOf(method: string, path: string, body: unknown): string | undefined {
    const { pathname } = new URL(path, 'http://graph');
    const operation = operations.find((known) => known.method === method && known.path.test(pathname));
    if (!operation) return `${method} ${pathname}: no such operation`;
    if (!operation.accepts) return body === undefined ? undefined : `${method} ${pathname}: a body`;
    if (operation.accepts(body)) return undefined;
    return `${method} ${pathname} ${ajv.errorsText(operation.accepts.errors)}`;
  }

  // In front of the plain server, which answers at once: nothing could be seen to happen at the same time.
  const front = createServer(async (request, response) => {
    most = Math.max(most, ++inside);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const [method = '', url = ''] = [request.method, request.url];
    await new Promise((resolve) => setTimeout(resolve, HOLD_MS));

    const complaint = complaintOf(method, url.replace(/^\/v1\.0/, ''), text ? JSON.parse(text) : undefined);
    const fault = faults.shift();
    if (complaint) {
      invalid.push(complaint);
      graph.faults.push(graphError(400, 'ErrorInvalidRequest'));
    } else if (fault && fault !== 'doneThenReset') graph.faults.push(fault);
    try {
      const answer = await fetch(`${graph.url}${url}`, {
        method,
        headers: { authorization: request.headers.authorization ?? '' },
        ...(text && { body: text }),
      });
      const answered = await answer.text();
      inside--;
      if (fault === 'doneThenReset') return void response.destroy();
      const wait = answer.headers.get('retry-after');
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        ...(wait && { 'retry-after': wait }),
      });
      response.end(answered);
    } catch {
      inside--;
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    /** What is in the calendar, oldest first. */
    events: () => [...kept.values()],
    /** When it is not free for other reasons: the test's own to set. */
    busy,
    /** What came that the official description does not allow. */
    invalid,
    calls: graph.calls,
    /** The next answers, in their order, in place of the calendar's own. */
    faults,
    /** The most requests that were under way at once. */
    mostAtOnce: () => most,
    async close() {
      front.closeAllConnections();
      await new Promise<void>((resolve) => front.close(() => resolve()));
      await graph.close();
    },
  };
}

interface Operation {
  readonly method: string;
  readonly path: RegExp;
  /** None when it takes no body. */
  readonly accepts: ValidateFunction | undefined;
}

function readOperations(): readonly Operation[] {
  const known = asMeant(components);
  const methods = ['get', 'post', 'patch', 'delete'];
  return Object.entries<Record<string, Described>>(paths).flatMap(([path, described]) =>
    Object.entries(described)
      .filter(([method]) => methods.includes(method))
      .map(([method, { requestBody }]) => {
        const schema = requestBody?.content['application/json'].schema;
        return {
          method: method.toUpperCase(),
          path: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
          accepts:
            schema &&
            ajv.compile({
              ...(asMeant(eitherCase(schema)) as object),
              unevaluatedProperties: false,
              components: known,
            }),
        };
      }),
  );
}

interface Described {
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } };
}

/**
 * The description says « this, or any object that may be null » where it means « this, or null », and lets any other
 * name pass: here a misspelt name is found.
 */
function asMeant(node: unknown, within = ''): unknown {
  if (Array.isArray(node)) return node.map((item) => asMeant(item, within));
  if (typeof node !== 'object' || node === null) return node;
  if ('nullable' in node && 'type' in node && node.type === 'object') return { type: 'null' };
  const entries = Object.entries(node).map(([name, value]) => [name, asMeant(value, name)]);
  const closed = '$ref' in node && within !== 'allOf';
  return Object.fromEntries(closed ? [...entries, ['unevaluatedProperties', false]] : entries);
}

/** Names that the description spells « Schedules » are « schedules » in Microsoft’s examples: both are accepted. */
function eitherCase(schema: { readonly properties?: object }): object {
  const { properties } = schema;
  return properties ? { ...schema, properties: { ...properties, ...uncapitalized(properties) } } : schema;
}

function uncapitalized(named: object): object {
  return Object.fromEntries(
    Object.entries(named).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
}

const instantOf = ({ dateTime, timeZone }: Moment): Temporal.Instant =>
  Temporal.PlainDateTime.from(dateTime).toZonedDateTime(timeZone).toInstant();

/** As Graph writes it, with seven decimals. */
const inUtc = (instant: Temporal.Instant): Moment => ({
  dateTime: instant.toString({ fractionalSecondDigits: 7 }).replace('Z', ''),
  timeZone: 'UTC',
});

/** As Graph shows it. */
const shown = ({ id, joinUrl, sent, start, end }: KeptEvent) => ({
  ...sent,
  id,
  start: inUtc(start),
  end: inUtc(end),
  onlineMeeting: joinUrl === undefined ? null : { joinUrl },
});

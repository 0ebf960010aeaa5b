import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

const specification = JSON.parse(
  readFileSync(join(import.meta.dirname, 'schemas/botframework-channel.json'), 'utf8'),
);
const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
const schemaOf = (definition: string): ValidateFunction =>
  ajv.compile({ $ref: `#/definitions/${definition}`, definitions: specification.definitions });
const isActivity = schemaOf('Activity');
const isConversation = schemaOf('ConversationParameters');

/** The published limits of sending in one conversation. */
const PULSE_MS = 20;
const STALL_MS = 80;

const LIMITS = [
  { posts: 7, ms: 1_000 },
  { posts: 8, ms: 2_000 },
  { posts: 60, ms: 30_000 },
  { posts: 1_800, ms: 3_600_000 },
];

export interface Call {
  readonly method: string;
  readonly conversation: string;
  readonly activity: string | undefined;
  readonly body: { readonly [key: string]: unknown };
  /** Epoch milliseconds of its arrival. */
  readonly at: number;
  /** Which request of the server it is, from 1. */
  readonly n: number;
}

/** What a test makes the server answer in place of its own rules. */
export type Fault =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: object }
  /** Takes the message, and answers as if it had not. */
  | { readonly acceptedThen: number }
  | 'silence'
  | 'reset';

export interface Accepted {
  readonly activity: string;
  readonly conversation: string;
  readonly at: number;
  body: { readonly [key: string]: unknown };
  edits: number;
  deleted: boolean;
}

export type TeamsServer = Awaited<ReturnType<typeof openTeamsServer>>;

/**
 * Teams' connector on the loopback, with its published limits: it refuses what is too fast, keeps its own account
 * of what it accepted, and checks each request against the official description.
 */
export async function openTeamsServer({
  perSecond = 50,
  fault = () => undefined,
}: {
  readonly perSecond?: number;
  readonly fault?: (call: Call) => Fault | undefined;
} = {}) {
  const accepted = new Map<string, Accepted>();
  const calls: Call[] = [];
  const invalid: string[] = [];
  /** Requests over a limit, and requests before the end of a pause that was asked for. */
  const violations = { conversation: 0, tenant: 0, early: 0 };
  const arrivals = new Map<string, number[]>();
  const pauses = new Map<string, number>();
  const waiting: { readonly n: number; readonly resolve: () => void }[] = [];
  let plan = fault;
  let taken = 0;

  /** Counts an arrival; true when it is one too many. */
  function over(key: string, at: number, limits: readonly { posts: number; ms: number }[]): boolean {
    const seen = arrivals.get(key) ?? [];
    seen.push(at);
    if (seen.length > 2_000) seen.splice(0, seen.length - 2_000);
    arrivals.set(key, seen);
    return limits.some(({ posts, ms }) => seen.filter((then) => then > at - ms).length > posts);
  }

  function answer(response: ServerResponse, status: number, body: object = {}, headers = {}): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  }

  function accept(call: Call): string {
    const activity = `activity-${++taken}`;
    const { conversation, at, body } = call;
    accepted.set(activity, { activity, conversation, at, body, edits: 0, deleted: false });
    for (const [index, { n, resolve }] of waiting.entries())
      if (accepted.size >= n) {
        waiting.splice(index, 1);
        resolve();
      }
    return activity;
  }

  /** Answers a call, or leaves it without an answer. */
  function serve(call: Call, response: ServerResponse): unknown {
    const { method, conversation, at, body } = call;
    if (method !== 'DELETE' && method !== 'GET') {
      const valid = conversation === '' ? isConversation : isActivity;
      if (!valid(body)) invalid.push(`${method} ${ajv.errorsText(valid.errors)}`);
    }
    const tenant = String((body.conversation as { tenantId?: string } | undefined)?.tenantId ?? '');
    if ((pauses.get(conversation) ?? 0) > at) violations.early++;
    const planned = plan(call);
    if (planned === 'silence') return undefined;
    if (planned === 'reset') return response.destroy();
    if (planned && 'acceptedThen' in planned) {
      accept(call);
      return answer(response, planned.acceptedThen);
    }
    if (planned) {
      const seconds = Number(planned.headers?.['retry-after'] ?? 0);
      if (planned.status === 429 && seconds > 0) pauses.set(conversation, at + seconds * 1_000);
      return answer(response, planned.status, planned.body, planned.headers);
    }
    if (method === 'POST') {
      const tooMany = {
        conversation: over(`c:${conversation}`, at, LIMITS),
        tenant: over(`t:${tenant}`, at, [{ posts: perSecond, ms: 1_000 }]),
      };
      if (tooMany.conversation) violations.conversation++;
      if (tooMany.tenant) violations.tenant++;
      if (tooMany.conversation || tooMany.tenant)
        return answer(response, 429, { error: { code: 'TooManyRequests' } }, { 'retry-after': '1' });
      if (conversation === '') return answer(response, 201, { id: `reopened-${accepted.size}-${call.n}` });
      return answer(response, 201, { id: accept(call) });
    }
    const found = accepted.get(call.activity ?? '');
    if (!found || found.deleted) return answer(response, 404, { error: { code: 'ActivityNotFound' } });
    if (method === 'PUT') {
      found.body = body;
      found.edits++;
    } else found.deleted = true;
    return answer(response, 200, { id: found.activity });
  }

  // What arrives while the machine leaves this process waiting cannot be timed: counting begins anew.
  let turn = Date.now();
  const pulse = setInterval(() => {
    const now = Date.now();
    if (now - turn > STALL_MS) arrivals.clear();
    turn = now;
  }, PULSE_MS);

  const server = createServer(async (request: IncomingMessage, response) => {
    const at = Date.now();
    if (at - turn > STALL_MS) arrivals.clear();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const [, , , conversation = '', , activity] = (request.url ?? '').split('/').map(decodeURIComponent);
    const call: Call = {
      method: request.method ?? '',
      conversation,
      activity,
      body: text ? JSON.parse(text) : {},
      at,
      n: calls.length + 1,
    };
    calls.push(call);
    serve(call, response);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls,
    /** What was accepted, oldest first. */
    accepted: () => [...accepted.values()],
    /** Its own account weighs nothing from here: what it took is forgotten. */
    forget() {
      accepted.clear();
      calls.length = 0;
      arrivals.clear();
    },
    violations,
    /** Requests that the official description does not allow. */
    invalid,
    /** Answers by another plan from now on. */
    replan(next: (call: Call) => Fault | undefined) {
      plan = next;
    },
    /** Resolves when so many messages were accepted. */
    has: (n: number) =>
      new Promise<void>((resolve) => {
        if (accepted.size >= n) resolve();
        else waiting.push({ n, resolve });
      }),
    /** How many more than one each conversation received. */
    duplicates: () =>
      accepted.size - new Set([...accepted.values()].map(({ conversation }) => conversation)).size,
    close: () =>
      new Promise<void>((resolve) => {
        clearInterval(pulse);
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

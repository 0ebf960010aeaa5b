import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { traced, traceId } from '../../../src/core/process/trace.ts';
import type { Storage } from '../../../src/edges/storage/index.ts';
import { buildAuthentication } from '../../../src/edges/teams/index.ts';
import { fakeClock } from '../../support/clock.ts';
import { database, empty } from '../../support/database.ts';
import {
  BOT,
  broadcast,
  chatOf,
  engine,
  introduce,
  personOf,
  reference,
  TENANT,
} from '../../support/delivery.ts';
import { rowsOf } from '../../support/rows.ts';
import { type Call, type Fault, openTeamsServer, type TeamsServer } from '../../support/teams-server.ts';

let storage: Storage;
let teams: TeamsServer;
let clock: ReturnType<typeof fakeClock>;

beforeAll(async () => {
  storage = await database();
});
afterAll(() => storage.close());
beforeEach(async () => {
  await empty(storage);
  clock = fakeClock();
  teams = await openTeamsServer({ perSecond: 1_000 });
});
afterEach(() => teams.close());

/** An engine that never waits: sending is as fast as the machine. */
const built = (changes: object = {}) =>
  engine({ db: storage.db, clock, rate: 1_000_000, sleep: async () => {}, ...changes });

async function sent(answers: (call: Call) => Fault | undefined, notice: object = {}, people = 1) {
  const parts = built();
  const to = await introduce(parts.conversations, teams.url, people);
  teams.replan(answers);
  await parts.alone.address(broadcast(notice), to);
  await parts.pump.drain();
  return parts;
}

const first =
  (fault: Fault) =>
  ({ n }: Call): Fault | undefined =>
    n === 1 ? fault : undefined;

test('a notice reaches each of its recipients, once, and the ledger says so', async () => {
  const { deliveries, pump } = await sent(() => undefined, {}, 5);
  await pump.drain();
  expect(
    teams
      .accepted()
      .map(({ conversation }) => conversation)
      .sort(),
  ).toEqual([1, 2, 3, 4, 5].map(chatOf));
  expect(await deliveries.counts('broadcast:1')).toMatchObject({ sent: 5, pending: 0 });
  expect(teams.invalid).toEqual([]);
});

test('addressing the same people twice sends once', async () => {
  const { alone, pump, conversations } = built();
  const to = await introduce(conversations, teams.url, 2);
  await alone.address(broadcast(), to);
  await alone.address(broadcast(), to);
  await pump.drain();
  await alone.address(broadcast(), to);
  await pump.drain();
  expect(teams.calls).toHaveLength(2);
});

test('a delivery is made under the id of what made it necessary, whoever makes it', async () => {
  const seen: (string | undefined)[] = [];
  const say = () => void seen.push(traceId());
  const { alone, pump, conversations } = built({ say });
  const [one, other] = await introduce(conversations, teams.url, 2);
  const about = { kind: 'changing', subject: {} };
  await traced('a'.repeat(32), 'one', () => alone.address(broadcast(about), [one ?? personOf(1)]));
  await traced('b'.repeat(32), 'other', () =>
    alone.address(
      broadcast({ ...about, key: 'broadcast:2' }),
      sql`select ${other?.tenantId}::text as tenant_id, ${other?.objectId}::text as object_id, '' as conversation_id`,
    ),
  );
  await pump.drain();
  expect(seen.sort()).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
});

test('recipients may be rows that the database reads itself', async () => {
  const { alone, pump, conversations } = built();
  await introduce(conversations, teams.url, 3);
  await alone.address(
    broadcast(),
    sql`select tenant_id, person_id as object_id, '' as conversation_id from conversations`,
  );
  await pump.drain();
  expect(teams.accepted()).toHaveLength(3);
});

test('nothing of an undone transaction is sent', async () => {
  const { deliveries, pump, conversations } = built();
  const to = await introduce(conversations, teams.url, 1);
  await storage.db
    .transaction(async (tx) => {
      await deliveries.address(tx, broadcast(), to);
      throw new Error('undone');
    })
    .catch(() => {});
  await pump.drain();
  expect(teams.calls).toHaveLength(0);
});

test('what is due later waits for its instant, and is caught up after a stop', async () => {
  const { alone, pump, conversations } = built();
  const to = await introduce(conversations, teams.url, 1);
  await alone.address(broadcast({ at: clock.now().add({ hours: 1 }) }), to);
  await pump.drain();
  expect(teams.calls).toHaveLength(0);
  clock.advance({ days: 3 });
  await built().pump.drain();
  expect(teams.accepted()).toHaveLength(1);
});

test('a cancelled notice is not sent; what was sent stays counted', async () => {
  const { alone, deliveries, pump, conversations } = built();
  const to = await introduce(conversations, teams.url, 3);
  await alone.address(broadcast(), to.slice(0, 1));
  await pump.drain();
  await alone.address(broadcast(), to);
  expect(await alone.cancel('broadcast:1')).toBe(2);
  await pump.drain();
  expect(await deliveries.counts('broadcast:1')).toMatchObject({ sent: 1, cancelled: 2 });
});

test('what was cancelled can be taken up again; what was sent is not sent twice', async () => {
  const { alone, deliveries, pump, conversations } = built();
  const to = await introduce(conversations, teams.url, 3);
  await alone.address(broadcast(), to.slice(0, 1));
  await pump.drain();
  await alone.address(broadcast(), to);
  await alone.cancel('broadcast:1');
  await alone.revive('broadcast:1');
  await pump.drain();
  expect(await deliveries.counts('broadcast:1')).toMatchObject({ sent: 3, cancelled: 0 });
  expect(teams.duplicates()).toBe(0);
});

test('a notice that has nothing to tell any more is not sent', async () => {
  const { alone, deliveries, pump, conversations } = built({ say: () => undefined });
  await alone.address(broadcast(), await introduce(conversations, teams.url, 1));
  await pump.drain();
  expect(await deliveries.counts('broadcast:1')).toMatchObject({ cancelled: 1 });
});

test('a notice that moves is sent at its new instant only', async () => {
  const { alone, pump, conversations } = built();
  const to = await introduce(conversations, teams.url, 1);
  await alone.address(broadcast({ at: clock.now().add({ hours: 1 }) }), to);
  await alone.move('broadcast:1', clock.now().add({ hours: 48 }));
  clock.advance({ hours: 2 });
  await pump.drain();
  expect(teams.calls).toHaveLength(0);
  clock.advance({ hours: 47 });
  await pump.drain();
  expect(teams.calls).toHaveLength(1);
});

test('the urgent goes first: an answer to somebody does not wait behind a broadcast', async () => {
  const { alone, pump, conversations } = built();
  const to = await introduce(conversations, teams.url, 3);
  await alone.address(broadcast(), to.slice(0, 2));
  await alone.address(broadcast({ kind: 'reminder', key: 'r', about: 'r' }), to.slice(2));
  await pump.drain();
  expect(teams.accepted()[0]?.conversation).toBe(chatOf(3));
});

// Errors of proactive sending: the table of the policies, one test each.

test.each([400, 401])('%i is final, sent once, and the staff are alerted', async (status) => {
  const events: string[] = [];
  const parts = built({ published: (event: string) => events.push(event) });
  teams.replan(() => ({ status }));
  await parts.alone.address(broadcast(), await introduce(parts.conversations, teams.url, 1));
  await parts.pump.drain();
  clock.advance({ hours: 1 });
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(1);
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ dead: 1 });
  expect(events).toEqual(['delivery.refused']);
});

test.each(['BotDisabledByAdmin', 'ConversationBlockedByUser', 'MessageWritesBlocked'])(
  '403 %s suspends the recipient until they write again',
  async (code) => {
    const parts = await sent(() => ({ status: 403, body: { error: { code } } }), { kind: 'reminder' });
    expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ unreachable: 1 });
    teams.replan(() => undefined);
    await parts.alone.address(broadcast({ key: 'next', about: 'next' }), [personOf(1)]);
    await parts.pump.drain();
    expect(teams.calls).toHaveLength(1);
    await parts.conversations.remember(reference(teams.url, 1));
    await parts.pump.drain();
    expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ sent: 1 });
  },
);

test('403 of somebody who is not in the conversation waits for an installation', async () => {
  const parts = await sent(() => ({ status: 403, body: { error: { code: 'BotNotInConversationRoster' } } }));
  const [row] = await parts.deliveries.page('broadcast:1', ['unreachable'], 0, 5);
  expect(row?.reason).toBe('removed');
  expect(await parts.deliveries.reach('broadcast:1')).toMatchObject({ removed: 1, reachable: 0 });
  await parts.conversations.remember({ ...reference(teams.url, 1), name: 'installé' });
  expect(await parts.deliveries.reach('broadcast:1')).toMatchObject({ reachable: 1 });
});

test('404 opens the chat again, once', async () => {
  const parts = await sent(({ conversation }) => (conversation === chatOf(1) ? { status: 404 } : undefined));
  expect(teams.calls.map(({ method, conversation }) => [method, conversation])).toEqual([
    ['POST', chatOf(1)],
    ['POST', ''],
    ['POST', expect.stringContaining('reopened')],
  ]);
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ sent: 1 });
});

test('404 of the chat that was opened again is the end', async () => {
  const parts = await sent(({ conversation }) => (conversation === '' ? undefined : { status: 404 }));
  expect(teams.calls).toHaveLength(3);
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ unreachable: 1 });
});

test.each([412, 503])('%i is tried again, later each time, five times at most', async (status) => {
  const parts = await sent(() => ({ status }));
  for (let n = 0; n < 10; n++) {
    clock.advance({ minutes: 2 });
    await parts.pump.drain();
  }
  expect(teams.calls).toHaveLength(5);
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ dead: 1 });
});

test.each([502, 504])(
  '%i leaves what is told once unknown, listed with its reason and not sent again',
  async (status) => {
    const parts = await sent(first({ acceptedThen: status }));
    for (let n = 0; n < 3; n++) {
      clock.advance({ minutes: 2 });
      await parts.pump.drain();
    }
    expect(teams.calls).toHaveLength(1);
    expect(teams.duplicates()).toBe(0);
    expect(await parts.deliveries.page('broadcast:1', ['unknown'], 0, 5)).toMatchObject([
      { reason: 'gateway' },
    ]);
  },
);

test.each([502, 504])(
  '%i is tried again for a reminder: a duplicate is better than none, one POST an attempt',
  async (status) => {
    const parts = await sent(first({ acceptedThen: status }), { kind: 'sure' });
    expect(teams.calls).toHaveLength(1);
    clock.advance({ seconds: 5 });
    await parts.pump.drain();
    expect(teams.calls).toHaveLength(2);
    expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ sent: 1 });
  },
);

test('502 for each attempt of a reminder ends after five', async () => {
  const parts = await sent(() => ({ status: 502 }), { kind: 'sure' });
  for (let n = 0; n < 10; n++) {
    clock.advance({ minutes: 2 });
    await parts.pump.drain();
  }
  expect(teams.calls).toHaveLength(5);
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ dead: 1 });
});

test('an edit that met 502 is simply done again', async () => {
  const parts = await sent(() => undefined);
  teams.replan(({ n }) => (n === 2 ? { status: 502 } : undefined));
  await parts.alone.correct(broadcast({ key: 'broadcast:1/2' }), 'broadcast:1', 'edit');
  await parts.pump.drain();
  clock.advance({ seconds: 5 });
  await parts.pump.drain();
  expect(teams.accepted()).toMatchObject([{ edits: 1 }]);
  expect(await parts.deliveries.counts('broadcast:1/2')).toMatchObject({ sent: 1 });
});

test('413 goes as its sentence, once', async () => {
  const card = { template: 'welcome/group', summary: 'Bonjour en une phrase.', view: { examples: [] } };
  const parts = built({ say: () => card });
  teams.replan(first({ status: 413 }));
  await parts.alone.address(broadcast(), await introduce(parts.conversations, teams.url, 1));
  await parts.pump.drain();
  expect(teams.accepted()[0]?.body.text).toBe('Bonjour en une phrase.');
});

test('413 twice is the end', async () => {
  const parts = await sent(() => ({ status: 413 }));
  expect(teams.calls).toHaveLength(2);
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ dead: 1 });
});

test('429 waits as long as it is told, and costs no attempt', async () => {
  const parts = await sent(({ n }) =>
    n <= 8 ? { status: 429, headers: { 'retry-after': '7' } } : undefined,
  );
  for (let n = 0; n < 8; n++) {
    clock.advance({ seconds: 6 });
    await parts.pump.drain();
    expect(teams.calls).toHaveLength(n + 1);
    clock.advance({ seconds: 2 });
    await parts.pump.drain();
  }
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ sent: 1 });
});

test('without a token from Entra nothing is sent, nothing is lost, and it goes once there is one', async () => {
  let known = false;
  const getToken = async () => {
    if (!known) throw new Error('AADSTS7000222: the client secret keys are expired');
    return { token: 'token', expiresOnTimestamp: Date.now() + 3_600_000 };
  };
  const { deliveries, pump, conversations, alone } = built({
    authentication: buildAuthentication(BOT, undefined, { getToken }),
  });
  await alone.address(broadcast(), await introduce(conversations, teams.url, 1));
  for (let n = 0; n < 8; n++) {
    await pump.drain();
    clock.advance({ seconds: 16 });
  }
  expect(teams.calls).toHaveLength(0);
  expect(await deliveries.counts('broadcast:1')).toMatchObject({ pending: 1, unknown: 0, dead: 0 });
  known = true;
  await pump.drain();
  expect(await deliveries.counts('broadcast:1')).toMatchObject({ sent: 1 });
  expect(teams.accepted()).toHaveLength(1);
});

test('429 pauses its conversation only; several at once pause everything', async () => {
  const parts = built();
  const to = await introduce(parts.conversations, teams.url, 40);
  const refuse = (n: number) => (call: Call) =>
    Number(call.conversation.slice(5)) <= n
      ? { status: 429 as const, headers: { 'retry-after': '30' } }
      : undefined;
  teams.replan(refuse(2));
  await parts.alone.address(broadcast(), to.slice(0, 10));
  await parts.pump.drain();
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ sent: 8, pending: 2 });
  clock.advance({ minutes: 2 });
  teams.replan(refuse(40));
  await parts.alone.address(broadcast(), to);
  await parts.pump.drain();
  teams.replan(() => undefined);
  const before = teams.calls.length;
  clock.advance({ seconds: 29 });
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(before);
  clock.advance({ seconds: 2 });
  await parts.pump.drain();
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ sent: 40 });
});

test.each<[string, Fault]>([
  ['500', { status: 500 }],
  ['a reset after the request was written', 'reset'],
  ['an answer without id', { status: 201, body: {} }],
])('%s leaves a broadcast unknown, and a reminder is sent once more', async (_what, fault) => {
  const parts = await sent(() => fault);
  clock.advance({ hours: 1 });
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(1);
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ unknown: 1 });

  await parts.alone.address(broadcast({ kind: 'reminder', key: 'r', about: 'r' }), [personOf(1)]);
  for (let n = 0; n < 4; n++) {
    await parts.pump.drain();
    clock.advance({ hours: 1 });
  }
  expect(teams.calls).toHaveLength(3);
  expect(await parts.deliveries.counts('r')).toMatchObject({ unknown: 1 });
});

test('what is unknown or dead is sent again when a person asks, and only that', async () => {
  const parts = await sent(
    ({ conversation }) => (conversation === chatOf(1) ? { status: 500 } : undefined),
    {},
    3,
  );
  teams.replan(() => undefined);
  expect(await parts.alone.retry('broadcast:1', ['unknown', 'dead'])).toBe(1);
  await parts.pump.drain();
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ sent: 3 });
  expect(teams.calls).toHaveLength(4);
});

test('a composer that fails is tried again and ends dead, and nobody else waits', async () => {
  const parts = built({
    say: () => {
      throw new Error('no card');
    },
  });
  await parts.alone.address(broadcast(), await introduce(parts.conversations, teams.url, 1));
  for (let n = 0; n < 8; n++) {
    await parts.pump.drain();
    clock.advance({ minutes: 2 });
  }
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ dead: 1 });
});

test('a composer whose table is held waits for it, and it costs no attempt', async () => {
  let held = true;
  const parts = built({
    say: () => {
      if (held) throw Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });
      return 'Bonjour';
    },
  });
  await parts.alone.address(broadcast(), await introduce(parts.conversations, teams.url, 1));
  for (let n = 0; n < 8; n++) {
    await parts.pump.drain();
    clock.advance({ minutes: 2 });
  }
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ pending: 1, dead: 0 });
  held = false;
  await parts.pump.drain();
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ sent: 1 });
});

// Corrections.

test('a correction edits every posted message in place; a withdrawal deletes them', async () => {
  let words = 'Avant';
  const parts = built({ say: () => words });
  await parts.alone.address(broadcast(), await introduce(parts.conversations, teams.url, 3));
  await parts.pump.drain();
  words = 'Après';
  await parts.alone.correct(broadcast({ key: 'broadcast:1/edit/2' }), 'broadcast:1', 'edit');
  await parts.pump.drain();
  expect(teams.accepted().map(({ body, edits }) => [body.text, edits])).toEqual(Array(3).fill(['Après', 1]));
  await parts.alone.correct(broadcast({ key: 'broadcast:1/delete' }), 'broadcast:1', 'delete');
  await parts.pump.drain();
  expect(teams.accepted().every(({ deleted }) => deleted)).toBe(true);
  expect(teams.accepted()).toHaveLength(3);
});

test('where nothing can be deleted, what was posted is replaced', async () => {
  const parts = await sent(() => undefined);
  teams.replan(({ method }) => (method === 'DELETE' ? { status: 501 } : undefined));
  await parts.alone.correct(broadcast({ key: 'd' }), 'broadcast:1', 'delete');
  await parts.pump.drain();
  expect(teams.calls.map(({ method }) => method)).toEqual(['POST', 'DELETE', 'PUT']);
  expect(await parts.deliveries.counts('d')).toMatchObject({ sent: 1 });
});

test('an edit that may have been received is simply done again', async () => {
  const parts = await sent(() => undefined);
  teams.replan(({ method, n }) => (method === 'PUT' && n === 2 ? { status: 500 } : undefined));
  await parts.alone.correct(broadcast({ key: 'e' }), 'broadcast:1', 'edit');
  await parts.pump.drain();
  clock.advance({ seconds: 5 });
  await parts.pump.drain();
  expect(await parts.deliveries.counts('e')).toMatchObject({ sent: 1 });
});

test('a message that its reader deleted is no reason to forget the chat', async () => {
  const parts = await sent(() => undefined);
  teams.replan(({ method }) => (method === 'PUT' ? { status: 404 } : undefined));
  await parts.alone.correct(broadcast({ key: 'e' }), 'broadcast:1', 'edit');
  await parts.pump.drain();
  expect(await parts.deliveries.counts('e')).toMatchObject({ unreachable: 1 });
  expect(await parts.conversations.find(chatOf(1))).toBeDefined();
});

// Hours and pauses.

test('a reminder waits for a decent hour', async () => {
  const parts = built();
  const to = await introduce(parts.conversations, teams.url, 1);
  clock.advance({ hours: 12 });
  await parts.alone.address(broadcast({ kind: 'decent' }), to);
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(0);
  clock.advance({ hours: 10 });
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(1);
});

test('a person’s pause and hour hold their reminders, and lose none', async () => {
  const parts = built();
  const to = await introduce(parts.conversations, teams.url, 1);
  const pausedUntil = new Date('2026-11-25T05:00:00Z');
  await parts.alone.prefer(personOf(1), { pausedUntil, notBefore: 9 * 60 + 30 });
  await parts.alone.address(broadcast({ kind: 'decent' }), to);
  for (const _day of [23, 24]) {
    await parts.pump.drain();
    clock.advance({ days: 1 });
  }
  expect(teams.calls).toHaveLength(0);
  // Wednesday 25 November, 9 h 20, then 9 h 40.
  clock.advance({ minutes: -40 });
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(0);
  clock.advance({ minutes: 20 });
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(1);
});

test.each([
  ['skipped', '2027-03-14T02:30', '2027-03-15T08:00'],
  ['lived twice', '2027-11-07T01:30', '2027-11-08T08:00'],
])(
  'a reminder due at an hour that is %s when clocks change goes once, on the next business morning',
  async (_how, due, goes) => {
    const parts = built();
    const to = await introduce(parts.conversations, teams.url, 1);
    const instant = (local: string) =>
      Temporal.PlainDateTime.from(local).toZonedDateTime('America/Toronto').toInstant();
    await parts.alone.address(broadcast({ kind: 'decent', at: instant(due) }), to);
    const morning = instant(goes);
    // Every half hour of two days, on one and the other side of the change.
    for (
      clock = fakeClock(morning.subtract({ hours: 40 }).toString());
      clock.now().epochMilliseconds < morning.epochMilliseconds;
      clock.advance({ minutes: 30 })
    )
      await built().pump.drain();
    expect(teams.calls).toHaveLength(0);
    await built().pump.drain();
    clock.advance({ hours: 3 });
    await built().pump.drain();
    expect(teams.calls).toHaveLength(1);
  },
);

test.each([1, -1])('a clock that jumps by %i hour sends a reminder once', async (hours) => {
  const parts = built();
  const to = await introduce(parts.conversations, teams.url, 2);
  const at = clock.now().add({ minutes: 30 });
  await parts.alone.address(broadcast({ kind: 'reminder' }), to.slice(0, 1));
  await parts.pump.drain();
  await parts.alone.address(broadcast({ kind: 'reminder', key: 'later', at }), to.slice(1));
  clock.advance({ hours });
  for (let n = 0; n < 4; n++) {
    await parts.pump.drain();
    clock.advance({ hours: 1 });
  }
  expect(teams.accepted().map(({ conversation }) => conversation)).toEqual([chatOf(1), chatOf(2)]);
});

// What is kept.

test('the words of a notice are in Teams only: not in the ledger, nor in an error that is kept', async () => {
  const canary = 'Zorglubertin Canari';
  const parts = built({ say: () => canary });
  const to = await introduce(parts.conversations, teams.url, 3);
  teams.replan(({ n }) =>
    n === 1
      ? { status: 400, body: { error: { code: 'BadSyntax', message: canary } } }
      : n === 2
        ? 'reset'
        : undefined,
  );
  await parts.alone.address(broadcast(), to);
  await parts.pump.drain();
  expect(JSON.stringify(teams.accepted())).toContain(canary);
  for (const table of [
    'deliveries',
    'delivery_lanes',
    'delivery_pauses',
    'delivery_posts',
    'conversations',
  ]) {
    const rows = await rowsOf(
      storage.db,
      sql`select t::text as row from ${sql.identifier(table)} t`,
      z.object({ row: z.string() }),
    );
    expect(JSON.stringify(rows)).not.toContain('Canari');
  }
});

// Who can be reached.

test('before sending, the ledger tells how many can be reached and who cannot, and why', async () => {
  const parts = built();
  await introduce(parts.conversations, teams.url, 2);
  await parts.conversations.block(chatOf(2), 'suspended');
  const channel = { kind: 'conversation' as const, tenantId: TENANT, conversationId: '19:inconnu' };
  const everyone = [personOf(1), personOf(2), personOf(3), channel];
  await parts.alone.address(broadcast(), everyone, 'held');
  expect(await parts.deliveries.reach('broadcast:1')).toEqual({
    people: 3,
    conversations: 1,
    reachable: 1,
    notInstalled: 2,
    suspended: 1,
    removed: 0,
  });
  expect(await parts.deliveries.outOfReach('broadcast:1', 0, 10)).toHaveLength(3);
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(0);
  await parts.alone.unhold('broadcast:1');
  await parts.alone.address(broadcast(), everyone);
  await parts.pump.drain();
  expect(await parts.deliveries.counts('broadcast:1')).toMatchObject({ sent: 1, unreachable: 3 });
});

test('the limits of one conversation hold: a burst of twenty is spread over the seconds that Teams wants', async () => {
  const parts = built();
  const [to] = await introduce(parts.conversations, teams.url, 1);
  for (let n = 0; n < 20; n++)
    await parts.alone.address(broadcast({ key: `b${n}`, about: 'b' }), to ? [to] : []);
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(7);
  clock.advance({ milliseconds: 1_200 });
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(8);
  clock.advance({ milliseconds: 1_200 });
  await parts.pump.drain();
  expect(teams.calls).toHaveLength(15);
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { forgiving } from '../../../src/core/cards/forgiving.ts';
import { CourtierError, type DeliveryError } from '../../../src/core/errors.ts';
import { newId } from '../../../src/core/id.ts';
import type { ConversationReference, Conversations } from '../../../src/core/ports/conversations.ts';
import type { Answer, Inbox } from '../../../src/core/ports/inbox.ts';
import { buildAfterwards } from '../../../src/core/process/afterwards.ts';
import { buildRouter } from '../../../src/core/router.ts';
import { action } from '../../../src/core/routes/turns.ts';
import type { MessageTurn } from '../../../src/core/turn.ts';
import { buildInboxAlone } from '../../../src/edges/inbox/alone.ts';
import { buildApplication } from '../../../src/edges/teams/application.ts';
import { buildAuthentication, buildEndpoint, buildMessenger } from '../../../src/edges/teams/index.ts';
import { activity, openConnector, TENANT } from '../../support/channel.ts';
import { BOT, silent, unseen } from '../../support/delivery.ts';

const card = { template: 't/c', summary: 'Résumé', view: {} };
const render = () => ({ type: 'AdaptiveCard' });

let connector: Awaited<ReturnType<typeof openConnector>>;
let known: Map<string, ConversationReference>;
let conversations: Conversations;

beforeEach(async () => {
  connector = await openConnector();
  const reference = {
    kind: 'personal' as const,
    tenantId: TENANT,
    serviceUrl: connector.url,
    botId: 'b',
    botName: 'Courtier',
  };
  known = new Map([['chat', { id: 'chat', ...reference }]]);
  conversations = {
    find: async (id) => known.get(id),
    personal: async () => undefined,
    remember: async (found) => void known.set(found.id, found),
    forget: async (id) => void known.delete(id),
    block: async () => {},
    forgetPersonal: async () => {},
    claimWelcome: async () => true,
  };
});
afterEach(() => connector.close());

const messenger = () => buildMessenger(buildAuthentication(undefined), undefined, conversations, render);
const chat = (): ConversationReference => {
  const found = known.get('chat');
  if (!found) throw new Error('no chat');
  return found;
};
const failure = (sending: Promise<unknown>): Promise<DeliveryError> =>
  sending.then(
    () => Promise.reject(new Error('it was sent')),
    (error: DeliveryError) => error,
  );

test('a message is posted once, and its id comes back', async () => {
  expect(await messenger().send(chat(), 'Bonjour')).toBe('activity-1');
  expect(connector.calls).toMatchObject([
    { method: 'POST', path: '/v3/conversations/chat/activities', body: { text: 'Bonjour' } },
  ]);
});

test('a card is replaced in place', async () => {
  await messenger().update(chat(), 'a-1', card);
  expect(connector.calls).toMatchObject([{ method: 'PUT', path: '/v3/conversations/chat/activities/a-1' }]);
});

test.each([
  [400, 'dead'],
  [401, 'dead'],
  [403, 'unreachable'],
  [404, 'unreachable'],
  [412, 'retry'],
  [413, 'dead'],
  [429, 'retry'],
  [500, 'unknown'],
  [502, 'unknown'],
  [503, 'retry'],
  [504, 'unknown'],
])('an answer %i is « %s », after exactly one POST', async (status, outcome) => {
  connector.answers.push({ status });
  expect((await failure(messenger().send(chat(), 'Bonjour'))).outcome).toBe(outcome);
  expect(connector.calls).toHaveLength(1);
});

test('the delay that the connector asks for is kept', async () => {
  connector.answers.push({ status: 429, headers: { 'retry-after': '17' } });
  expect((await failure(messenger().send(chat(), 'Bonjour'))).retryAfterSeconds).toBe(17);
});

test('a success without an activity id is no delivery', async () => {
  connector.answers.push({ status: 200, body: {} });
  expect((await failure(messenger().send(chat(), 'Bonjour'))).outcome).toBe('unknown');
});

test('a connector that cannot be reached may be tried again', async () => {
  known.set('chat', { ...chat(), serviceUrl: 'http://127.0.0.1:9/' });
  expect((await failure(messenger().send(chat(), 'Bonjour'))).outcome).toBe('retry');
});

test.each([
  ['refuses us', new Error('AADSTS7000222: the client secret keys are expired'), 401],
  ['cannot be reached', new Error('getaddrinfo ENOTFOUND login.microsoftonline.com'), undefined],
])(
  'Entra, which %s, is counted; nothing reached Teams, and it may be tried again',
  async (_what, error, told) => {
    const counted: (number | undefined)[] = [];
    const identity = { getToken: () => Promise.reject(error) };
    // The SDK keeps the token of a bot for the whole process.
    const bot = { ...BOT, id: newId() };
    const authentication = buildAuthentication(bot, (status) => void counted.push(status), identity);
    const { send } = buildMessenger(authentication, bot.id, conversations, render);
    expect(await failure(send(chat(), 'Bonjour'))).toMatchObject({ outcome: 'retry', reason: 'noToken' });
    expect(connector.calls).toEqual([]);
    expect(counted).toEqual([told]);
  },
);

test('a pause without end is asked about again in an hour', async () => {
  connector.answers.push({ status: 429, headers: { 'retry-after': '999999999999999999' } });
  expect((await failure(messenger().send(chat(), 'Bonjour'))).retryAfterSeconds).toBe(3_600);
});

test('a conversation that is gone is forgotten', async () => {
  connector.answers.push({ status: 404 });
  await failure(messenger().send(chat(), 'Bonjour'));
  expect(known.has('chat')).toBe(false);
});

test('a message leaves at its moment: nothing is asked of the database first', async () => {
  conversations.find = () => Promise.reject(new Error('the database was asked'));
  expect(await messenger().send(chat(), 'Bonjour')).toBe('activity-1');
});

test('the members of an unknown conversation cannot be read, and nothing is asked of Teams', async () => {
  expect((await failure(messenger().page('elsewhere'))).outcome).toBe('unreachable');
  expect(connector.calls).toHaveLength(0);
});

test('the members of a conversation come a page at a time', async () => {
  const members = [
    { id: '29:a', name: 'Alex', aadObjectId: 'AAAA' },
    { id: '29:bot', name: 'Sans compte' },
  ];
  connector.answers.push({ status: 200, body: { members, continuationToken: 'next' } });
  expect(await messenger().page('chat')).toEqual({
    people: [{ tenantId: TENANT, objectId: 'aaaa', name: 'Alex' }],
    next: 'next',
  });
});

/** The whole way in, with a router that says what the test wants. */
function endpoint(
  handle: (turn: MessageTurn) => Promise<void>,
  inbox: Inbox = buildInboxAlone(Date.now),
  opened?: Promise<void>,
) {
  const freeText = async (turn: MessageTurn) => {
    await handle(turn);
    return true;
  };
  const anywhere = 'Nothing of anybody is shown.';
  const feature = { id: 'f', messages: [], actions: [form], jobs: [], templates: [], freeText, anywhere };
  const nobody = { may: async () => false, isStaffRoom: async () => false };
  const router = buildRouter([feature], {}, nobody, silent, unseen);
  const application = buildApplication(
    router,
    conversations,
    render,
    { hosts: [], loopback: true },
    buildAfterwards(silent),
  );
  return buildEndpoint({
    authentication: buildAuthentication(undefined),
    gate: { botId: undefined, tenants: [], serviceHosts: [] },
    inbox,
    run: (context) => application.run(context),
    log: silent,
    metrics: { refused: () => {}, turn: () => {} },
    now: Date.now,
    ...(opened && { opened }),
  });
}
/** A form that refuses whatever is sent. */
const form = forgiving(
  async () => card,
  action('f.save', z.object({}), async () => {
    throw new CourtierError('refused', 'Choisissez la date.');
  }),
);
const local = (changes: object = {}) => activity({ serviceUrl: connector.url, ...changes });

test.each([412, 429, 503])(
  'a reply that was refused for the moment is posted a second time: %i',
  async (status) => {
    connector.answers.push({ status });
    await endpoint(async (turn) => void (await turn.reply('Bonjour'))).receive('', local());
    expect(connector.calls.filter((call) => call.method === 'POST')).toHaveLength(2);
  },
);

test('what a turn posted is replaced in place', async () => {
  await endpoint(async (turn) => turn.revise(await turn.reply('Lecture…'), 'Lu')).receive('', local());
  const calls = connector.calls.map(({ method, path, body }) => ({ method, path, text: body.text }));
  expect(calls).toContainEqual({ method: 'PUT', path: expect.stringMatching(/activity-1$/), text: 'Lu' });
});

test('what fails after the answer fails no turn, although the sentence about it cannot be posted', async () => {
  const handle = async (turn: MessageTurn) => {
    await turn.reply('Bonjour');
    connector.answers.push({ status: 400 });
    throw new Error('on purpose');
  };
  expect((await endpoint(handle).receive('', local())).status).toBe(200);
});

test.each([500, 502, 504])('a reply whose fate is unknown is not posted again: %i', async (status) => {
  connector.answers.push({ status });
  await endpoint(async (turn) => void (await turn.reply('Bonjour'))).receive('', local());
  const replies = connector.calls.filter((call) => call.body.text === 'Bonjour');
  expect(replies).toHaveLength(1);
});

describe('a turn that another process took up, from one that seemed dead,', () => {
  /** An inbox where others have answered in the middle of the first turn. */
  const overtaken = (answer: Answer): Inbox => {
    let received = 0;
    return {
      once: (_key, work) => (received++ ? Promise.resolve(answer) : work({ isOurs: async () => false })),
    };
  };
  const press = (verb: string) => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    text: undefined,
    value: { action: { type: 'Action.Execute', verb, data: {} }, trigger: 'manual' },
  });

  test('says nothing more', async () => {
    const { receive } = endpoint(async (turn) => void (await turn.reply('Bonjour')), overtaken(undefined));
    expect((await receive('', local())).status).toBe(200);
    expect(connector.calls).toEqual([]);
  });

  test('gives the answer of the other to a pressed button', async () => {
    const answer = { status: 200, body: { statusCode: 200, type: 'theirs', value: {} } };
    const { receive } = endpoint(async () => {}, overtaken(answer));
    expect(await receive('', local(press('f.save')))).toEqual({ status: 200, body: answer.body });
  });

  test('goes on where nobody can say whose it is', async () => {
    const unsure: Inbox = {
      once: (_key, work) => work({ isOurs: () => Promise.reject(new Error('the database is away')) }),
    };
    await endpoint(async (turn) => void (await turn.reply('Bonjour')), unsure).receive('', local());
    expect(connector.calls).toMatchObject([{ body: { text: 'Bonjour' } }]);
  });
});

test('in a channel nothing is said without a mention', async () => {
  let handled = 0;
  const receive = endpoint(async () => void handled++).receive;
  const conversation = { id: '19:c;messageid=1', conversationType: 'channel', tenantId: TENANT };
  await receive('', local({ conversation }));
  expect(handled).toBe(0);
  const mention = {
    type: 'mention',
    text: '<at>Courtier</at>',
    mentioned: { id: '28:bot', name: 'Courtier' },
  };
  await receive('', local({ conversation, text: '<at>Courtier</at> durée ?', entities: [mention] }));
  expect(handled).toBe(1);
});

test('the mention is no part of the question, and the thread no part of the conversation', async () => {
  let seen: MessageTurn | undefined;
  const conversation = { id: '19:c;messageid=1', conversationType: 'channel', tenantId: TENANT };
  const mention = {
    type: 'mention',
    text: '<at>Courtier</at>',
    mentioned: { id: '28:bot', name: 'Courtier' },
  };
  await endpoint(async (turn) => {
    seen = turn;
  }).receive('', local({ conversation, text: '<at>Courtier</at>&nbsp;durée ?', entities: [mention] }));
  expect(seen?.text).toBe('durée ?');
  expect(seen?.conversation).toMatchObject({ id: '19:c', kind: 'channel' });
});

test('somebody whom Entra does not know is told so, and nothing is handled', async () => {
  let handled = 0;
  await endpoint(async () => void handled++).receive('', local({ from: { id: '29:x', name: 'Invité' } }));
  expect(handled).toBe(0);
  expect(connector.calls[0]?.body.text).toContain('reconnaître');
});

test('a turn that is slow is acknowledged before it ends', async () => {
  const release = Promise.withResolvers<void>();
  const answer = await endpoint(() => release.promise).receive('', local());
  expect(answer.status).toBe(202);
  release.resolve();
});

test('a turn that comes before the start is over waits for it, and is answered', async () => {
  const started = Promise.withResolvers<void>();
  const handled: string[] = [];
  const starting = endpoint(async ({ text }) => void handled.push(text), undefined, started.promise);
  const turn = starting.receive('', local());
  await new Promise((resolve) => setImmediate(resolve));
  expect(handled).toHaveLength(0);
  started.resolve();
  expect((await turn).status).toBe(200);
  expect(handled).toHaveLength(1);
});

test('draining waits for the turns under way and refuses new ones', async () => {
  const release = Promise.withResolvers<void>();
  let ended = false;
  const draining = endpoint(async () => {
    await release.promise;
    ended = true;
  });
  const turn = draining.receive('', local());
  const drained = draining.drain();
  expect((await draining.receive('', local())).status).toBe(503);
  release.resolve();
  await Promise.all([turn, drained]);
  expect(ended).toBe(true);
});

test.each([
  ['no value at all', null],
  ['a text for a value', 'verb'],
  ['no action', {}],
  ['an action without verb', { action: {} }],
  ['an unknown verb', { action: { verb: 'knowledge.nothing', data: {} } }],
  ['data that are a list', { action: { verb: 'x', data: [1, 2] } }],
])('a card submission with %s is survived, and answered like any that is not yours', async (_what, value) => {
  const { status, body } = await endpoint(async () => {}).receive(
    '',
    local({ type: 'invoke', name: 'adaptiveCard/action', value }),
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: expect.stringContaining('introuvable'),
  });
});

describe('a form that is refused', () => {
  const save = { action: { type: 'Action.Execute', verb: 'f.save', data: {} } };
  const press = (changes: object = {}) =>
    endpoint(async () => {}).receive(
      '',
      local({ type: 'invoke', name: 'adaptiveCard/action', value: save, replyToId: 'card-1', ...changes }),
    );
  const said = {
    type: 'application/vnd.microsoft.activity.message',
    value: expect.stringContaining('Choisissez la date.'),
  };
  const drawn = { type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } };
  const writes = () => connector.calls.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);

  test('is put back in its place, and the sentence is said', async () => {
    expect((await press()).body).toMatchObject(said);
    expect(writes()).toEqual(['PUT card-1']);
  });

  test('is posted where its card is not known', async () => {
    expect((await press({ replyToId: undefined })).body).toMatchObject(said);
    expect(writes()).toEqual([expect.stringMatching(/^POST /)]);
  });

  test('is the answer itself where it cannot be put back', async () => {
    connector.answers.push({ status: 502 });
    expect((await press()).body).toMatchObject(drawn);
  });

  test('is seen only by whoever pressed where others read along', async () => {
    const conversation = { id: '19:room', conversationType: 'groupChat', tenantId: TENANT };
    expect((await press({ conversation })).body).toMatchObject(drawn);
    expect(writes()).toEqual([]);
  });
});

test('an installation is remembered and a removal forgotten', async () => {
  const receive = endpoint(async () => {}).receive;
  await receive('', local({ type: 'installationUpdate', action: 'add' }));
  expect(known.get('a:chat')).toMatchObject({
    kind: 'personal',
    personId: 'aaaaaaaa-0000-4000-8000-000000000001',
  });
  await receive('', local({ type: 'installationUpdate', action: 'remove' }));
  expect(known.has('a:chat')).toBe(false);
});

test('in local mode a service that is not on this machine is refused', async () => {
  let handled = 0;
  const { status } = await endpoint(async () => void handled++).receive(
    '',
    local({ serviceUrl: 'https://attacker.example/' }),
  );
  expect(status).toBe(401);
  expect(handled).toBe(0);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Conversations } from '../../../src/core/ports/conversations.ts';
import type { Log } from '../../../src/core/ports/log.ts';
import { buildAfterwards } from '../../../src/core/process/afterwards.ts';
import { buildRouter } from '../../../src/core/router.ts';
import type { ActionTurn, MessageTurn } from '../../../src/core/turn.ts';
import { buildInboxAlone } from '../../../src/edges/inbox/alone.ts';
import { buildApplication } from '../../../src/edges/teams/application.ts';
import { buildAuthentication, buildEndpoint } from '../../../src/edges/teams/index.ts';
import { activity, openConnector, TENANT } from '../../support/channel.ts';
import { unseen } from '../../support/delivery.ts';

/** The real way in, from an activity to the router; what reached it. */
let connector: Awaited<ReturnType<typeof openConnector>>;
let heard: MessageTurn[];
let pressed: { turn: ActionTurn; input: unknown }[];
const failed: object[] = [];
const log: Log = { info: () => {}, warn: () => {}, error: (data) => void failed.push(data) };
const conversations: Conversations = {
  find: async () => undefined,
  personal: async () => undefined,
  remember: async () => {},
  forget: async () => {},
  block: async () => {},
  forgetPersonal: async () => {},
  claimWelcome: async () => true,
};
const feature = {
  id: 'f',
  messages: [],
  jobs: [],
  templates: [],
  actions: [
    {
      verb: 'f.go',
      role: 'client' as const,
      input: z.looseObject({}),
      handle: async (turn: ActionTurn, input: unknown) => void pressed.push({ turn, input }),
    },
  ],
  freeText: async (turn: MessageTurn) => Boolean(heard.push(turn)),
};
let endpoint: ReturnType<typeof buildEndpoint>;

beforeAll(async () => {
  connector = await openConnector();
  const nobody = { may: async () => false, isStaffRoom: async () => false };
  const router = buildRouter([feature], {}, nobody, log, unseen);
  const application = buildApplication(
    router,
    conversations,
    () => ({ type: 'AdaptiveCard' }),
    { hosts: [], loopback: true },
    buildAfterwards(log),
  );
  endpoint = buildEndpoint({
    authentication: buildAuthentication(undefined),
    gate: { botId: undefined, tenants: [], serviceHosts: [] },
    inbox: buildInboxAlone(Date.now),
    run: (context) => application.run(context),
    log,
    metrics: { refused: () => {}, turn: () => {} },
    now: Date.now,
  });
});
beforeEach(() => {
  heard = [];
  pressed = [];
  failed.length = 0;
});
afterAll(() => connector.close());

const GROUP = { id: '19:g@thread.v2', conversationType: 'groupChat', tenantId: TENANT, isGroup: true };
const BOT = { type: 'mention', text: '<at>Courtier</at>', mentioned: { id: '28:bot', name: 'Courtier' } };
const NADIA = { type: 'mention', text: '<at>Nadia B.</at>', mentioned: { id: '29:n', name: 'Nadia B.' } };

/** Sends an activity as Teams does, in JSON. */
async function receive(changes: object) {
  const sent = JSON.stringify(activity({ serviceUrl: connector.url, ...changes }))
    .replaceAll('"TWENTY THOUSAND TIMES"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    .replace('"BEYOND ALL"', '1e400');
  return endpoint.receive('', JSON.parse(sent));
}
async function textOf(text: unknown, changes: object = {}): Promise<string | undefined> {
  await receive({ text, ...changes });
  expect(failed).toEqual([]);
  return heard[0]?.text;
}
const inGroup = (text: unknown, entities: unknown) => textOf(text, { conversation: GROUP, entities });

describe('a mention of the assistant is no part of what is said', () => {
  test.each<[string, string, unknown]>([
    ['as usual', '<at>Courtier</at> catalogue', [BOT]],
    ['twice', '<at>Courtier</at> <at>Courtier</at> catalogue', [BOT, BOT]],
    ['at the end', 'catalogue <at>Courtier</at>', [BOT]],
    ['set off by a comma', '<at>Courtier</at>, catalogue', [BOT]],
    ['without the text of its entity', '<at>Courtier</at> catalogue', [{ ...BOT, text: undefined }]],
    ['with null for the text of its entity', '<at>Courtier</at> catalogue', [{ ...BOT, text: null }]],
    ['numbered', '<at id="0">Courtier</at> catalogue', [{ ...BOT, text: '<at id="0">Courtier</at>' }]],
    ['in capitals', '<AT>COURTIER</AT> catalogue', [BOT]],
    ['with markup inside', '<at><b>Courtier</b></at> catalogue', [BOT]],
    ['nested', '<at id="0"><at>Courtier</at></at> catalogue', [BOT]],
    ['without any entity', '<at>Courtier</at> catalogue', undefined],
    [
      'with an entity that has no name',
      '<at>Courtier</at> catalogue',
      [{ type: 'mention', mentioned: { id: '28:bot' } }],
    ],
    [
      'under another name, told by its id alone',
      '<at>Le robot</at> catalogue',
      [{ type: 'mention', mentioned: { id: '28:bot' } }],
    ],
    [
      'with the id of the application',
      '<at>Courtier</at> catalogue',
      [{ ...BOT, mentioned: { id: 'BOT', name: 'Courtier' } }],
    ],
    ['with a no-break space', '<at>Courtier</at>&nbsp;catalogue', [BOT]],
    ['with references for its signs', '&lt;at&gt;Courtier&lt;/at&gt; catalogue', [BOT]],
    ['with references twice over', '&amp;lt;at&amp;gt;Courtier&amp;lt;/at&amp;gt; catalogue', [BOT]],
    [
      'as the HTML of Teams writes it',
      '<div><span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">Courtier</span> catalogue</div>',
      [BOT],
    ],
    ['under a name that its entity does not give', '<at>Courtier (essai)</at> catalogue', [BOT]],
  ])('%s', async (_what, text, entities) => {
    expect((await inGroup(text, entities))?.trim()).toBe('catalogue');
  });

  test('but other people’s names stay, plain', async () => {
    expect(await inGroup('<at>Courtier</at> que dire à <at>Nadia B.</at> ?', [BOT, NADIA])).toBe(
      'que dire à Nadia B. ?',
    );
  });

  test('but a span that is no mention is not', async () => {
    expect(await inGroup('<at>Courtier</at> <span lang="fr">catalogue</span>', [BOT])).toBe('catalogue');
  });

  test('and a mention of somebody else only is not for the assistant', async () => {
    expect(await inGroup('<at>Nadia B.</at> bonjour', [NADIA])).toBeUndefined();
  });

  test('nor does it take the name of somebody that no entity gives, after the assistant is called', async () => {
    const called = { ...BOT, text: '@Courtier' };
    expect(await inGroup('@Courtier demande à <at>Paul</at>', [called])).toBe('demande à Paul');
  });

  test('nor does one mention of a renamed assistant take two names', async () => {
    expect(await inGroup('<at>Le robot</at> demande à <at>Paul</at>', [BOT])).toBe('demande à Paul');
  });

  test('and one that is quoted by hand beside a real one stays what it is', async () => {
    expect(await inGroup('<at>Courtier</at> que veut dire &lt;at&gt;a&lt;/at&gt; ?', [BOT])).toBe(
      'que veut dire <at>a</at> ?',
    );
  });

  test('and a mention that somebody typed by hand stays what it is', async () => {
    expect(await textOf('&lt;at&gt;Courtier&lt;/at&gt; bonjour')).toBe('<at>Courtier</at> bonjour');
  });
});

describe('a quoted reply is no part of what is said', () => {
  const quotedReply = { type: 'quotedReply', quotedReply: { messageId: '1', preview: 'Bonjour' } };
  test.each([
    '<quoted messageId="1772050244572"/> catalogue',
    '<quoted messageId="1"></quoted> catalogue',
    '<quoted preview="a" messageId=\'1\' />catalogue',
    '<QUOTED messageId="1">Bonjour <at>Nadia B.</at></QUOTED> catalogue',
    '<quoted messageId="1"/><quoted messageId="2"/> catalogue',
    'catalogue <attachment id="7"></attachment>',
  ])('%s', async (text) => {
    expect(await textOf(text, { entities: [quotedReply] })).toBe('catalogue');
  });
});

describe('HTML references are decoded once', () => {
  test.each([
    ['Qu&#39;est-ce&nbsp;?', "Qu'est-ce ?"],
    ['Qu&#x27;est-ce &agrave; faire', "Qu'est-ce à faire"],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['AT&T, R&D et &copy 2026', 'AT&T, R&D et &copy 2026'],
    ['a&#0;b&#x202e;c&#8203;d', 'a�bcd'],
  ])('%s', async (text, said) => {
    expect(await textOf(text)).toBe(said);
  });

  test('in message text only: what is typed in a form is as it was typed', async () => {
    await receive({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { verb: 'f.go', data: { note: 'R&amp;D\u0000' } } },
    });
    expect(pressed[0]?.input).toEqual({ note: 'R&amp;D' });
  });

  test('with their tags gone, in a message that is HTML', async () => {
    expect(await textOf('<div>Un<br/>deux</div><p>trois</p>', { textFormat: 'xml' })).toBe(
      'Un\ndeux\n\ntrois',
    );
  });
});

describe('what a client writes around words is no part of them', () => {
  test.each([
    ['<p>catalogue</p>', 'catalogue'],
    ['catalogue<br>', 'catalogue'],
    ['<b>catalogue</b>', 'catalogue'],
    ['si a < b et b > a', 'si a < b et b > a'],
    ['> Bonjour\n\ncatalogue', 'catalogue'],
    ['@Courtier catalogue', 'catalogue'],
    ['Courtier, catalogue', 'catalogue'],
    ['Courtier en infonuagique, c’est quoi ?', 'Courtier en infonuagique, c’est quoi ?'],
  ])('%s is « %s »', async (sent, words) => {
    expect((await textOf(sent))?.trim()).toBe(words);
  });

  test('nor is the reply that an older client quotes', async () => {
    const quoted =
      '<blockquote itemscope itemtype="http://schema.skype.com/Reply"><p>Bonjour</p></blockquote><p>catalogue</p>';
    expect((await textOf(quoted, { textFormat: 'xml' }))?.trim()).toBe('catalogue');
  });
});

describe('unseen characters and line breaks', () => {
  test.each([
    ['cata\u200blogue', 'catalogue'],
    ['\n\r\n\u00a0catalogue&nbsp;\r\n\n', 'catalogue'],
    ['Un\u0000\u202e\r\nDeux', 'Un\nDeux'],
    ['👩‍💻', '👩‍💻'],
    [`${'é'.repeat(10_000)}`, 'é'.repeat(4_000)],
  ])('%j', async (text, said) => {
    expect(await textOf(text)).toBe(said);
  });
});

describe('what comes without words', () => {
  const said = () => connector.calls.at(-1)?.body.text ?? '';
  const picture = { contentType: 'image/*', contentUrl: 'https://smba.trafficmanager.net/x' };
  test.each([null, undefined, ''])(
    'a picture with %p for a text is told that it is not read',
    async (text) => {
      await receive({ text, attachments: [picture] });
      expect(said()).toMatch(/images/);
      expect(said()).not.toMatch(/mention/);
      await receive({ text, attachments: [picture], conversation: GROUP, entities: [BOT] });
      expect(said()).toMatch(/images.*mention/);
      expect(failed).toEqual([]);
      expect(heard).toEqual([]);
    },
  );

  test('a picture that is in the message’s HTML only is one as well', async () => {
    await receive({
      text: undefined,
      attachments: [{ contentType: 'text/html', content: '<p><img src="x"></p>' }],
    });
    expect(said()).toMatch(/images/);
  });

  test('the HTML of a plain message is no attachment', async () => {
    expect(
      await textOf('Bonjour', { attachments: [{ contentType: 'text/html', content: '<p>Bonjour</p>' }] }),
    ).toBe('Bonjour');
    expect(heard[0]?.unread).toBeUndefined();
  });

  test.each([
    ['a mention alone', { text: '<at>Courtier</at>', conversation: GROUP, entities: [BOT] }],
    ['nothing that can be seen', { text: '\u200b\u2060' }],
  ])('%s reaches the free text, empty', async (_what, changes) => {
    await receive(changes);
    expect(heard.map(({ text }) => text)).toEqual(['']);
  });
});

describe('the echo of a form is no message', () => {
  const value = { file: 'abc', name: 'Courriel' };
  test.each<[string, object]>([
    ['its data as text', { text: JSON.stringify(value), value }],
    ['its data as escaped text', { text: JSON.stringify(value).replaceAll('"', '&quot;'), value }],
    ['its data in another order', { text: '{"name":"Courriel","file":"abc"}', value }],
    ['its data as text that was cut', { text: '{"file":"abc","na', value }],
    ['its data without text', { text: undefined, value }],
    ['its data with null for a text', { text: null, value: { action: 'x', foo: null } }],
    ['text that answers a card', { text: JSON.stringify(value), replyToId: 'act-1' }],
    ['text with the keys of a press', { text: '{"action":{"verb":"f.go","data":{}}}' }],
    [
      'its data as text, in a group',
      { text: `<at>Courtier</at> ${JSON.stringify(value)}`, value, conversation: GROUP, entities: [BOT] },
    ],
  ])('%s', async (_what, changes) => {
    const before = connector.calls.length;
    expect((await receive(changes)).status).toBe(200);
    expect(heard).toEqual([]);
    expect(connector.calls).toHaveLength(before);
    expect(failed).toEqual([]);
  });

  test.each([
    ['words with a value', { text: 'catalogue', value }],
    ['braces of one’s own', { text: '{ à préciser }' }],
    ['JSON of one’s own', { text: '{"a":1}' }],
  ])('but %s are a message', async (_what, changes) => {
    await receive(changes);
    expect(heard).toHaveLength(1);
  });
});

test.each([
  ['of another bot whose role is not told', { id: '28:autre', aadObjectId: 'aaaa', name: 'Autre' }],
  ['of the assistant itself', { id: '28:bot', name: 'Courtier' }],
])('a message %s is not answered', async (_what, from) => {
  const before = connector.calls.length;
  expect((await receive({ text: 'Bonjour', from })).status).toBe(200);
  expect(heard).toEqual([]);
  expect(connector.calls).toHaveLength(before);
});

describe('an activity of an odd shape', () => {
  const deep = 'TWENTY THOUSAND TIMES';

  test.each<[string, object]>([
    ['entities that are null', { entities: null }],
    ['entities that are a number', { entities: 7 }],
    [
      'entities of odd kinds',
      {
        entities: [null, 7, 'x', {}, [], { type: 7 }, { type: 'mention' }, { type: 'mention', mentioned: 7 }],
      },
    ],
    [
      'attachments of odd kinds',
      { attachments: [null, 7, {}, { contentType: 7 }, { contentType: 'text/html', content: {} }] },
    ],
    ['a sender without a name', { from: { id: '29:x', aadObjectId: 'aaaa', name: null } }],
    ['a sender whose name is a number', { from: { id: '29:x', aadObjectId: 'aaaa', name: 7 } }],
    ['a very long name', { from: { id: '29:x', aadObjectId: 'aaaa', name: 'n'.repeat(100_000) } }],
    ['a language that is a list', { locale: ['fr'] }],
    ['a conversation without a kind', { conversation: { id: 'a:chat', tenantId: TENANT } }],
    [
      'a conversation of an unknown kind',
      { conversation: { id: 'a:chat', tenantId: TENANT, conversationType: 'meeting' } },
    ],
    ['a local time that is none', { localTimestamp: 'hier' }],
    ['a local time', { localTimestamp: '2026-11-23T10:00:00.123-05:00' }],
    ['channel data that are a text', { channelData: 'x' }],
    [
      'values nested twenty thousand times',
      { entities: [{ type: 'x', deep }], channelData: { tenant: { id: TENANT }, deep } },
    ],
    ['half of a pair of characters', { text: 'Bonjour \ud83d' }],
  ])('%s is answered as any other', async (_what, changes) => {
    expect((await receive({ text: 'Bonjour', ...changes })).status).toBe(200);
    expect(heard.map(({ text }) => text.trim())).toEqual(['Bonjour']);
    expect(failed).toEqual([]);
  });

  test('a channel is one although its kind is not told', async () => {
    await receive({
      text: '<at>Courtier</at> durée ?',
      entities: [BOT],
      conversation: { id: '19:c@thread.tacv2;messageid=1', tenantId: TENANT },
    });
    expect(heard[0]?.conversation).toMatchObject({ id: '19:c@thread.tacv2', kind: 'channel' });
  });

  test.each([
    { type: 'conversationUpdate', membersAdded: null },
    { type: 'conversationUpdate', membersAdded: [{}, null, 7] },
    { type: 'conversationUpdate', membersRemoved: 'x', channelData: { eventType: 7 } },
    { type: 'installationUpdate', action: 7 },
    { type: 'messageReaction', reactionsAdded: null },
    { type: 'message', text: 7 },
  ])('%j is survived', async (changes) => {
    expect((await receive({ text: undefined, ...changes })).status).toBe(200);
    expect(failed).toEqual([]);
  });

  test('a press with data nested twenty thousand times, or with a number beyond all, is survived', async () => {
    const press = { action: { verb: 'f.go', data: { deep, half: 'x\ud83d', n: 'BEYOND ALL' } } };
    const sent = { type: 'invoke', name: 'adaptiveCard/action', value: press };
    expect((await receive(sent)).status).toBe(200);
    expect(failed).toEqual([]);
    expect(pressed).toHaveLength(1);
  });

  test('an id with a control character is refused', async () => {
    const { status } = await receive({ from: { id: '29:x', aadObjectId: 'aa\u0000aa' } });
    expect(status).toBe(400);
  });
});

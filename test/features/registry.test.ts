import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CARDS_FOLDER } from '../../src/app/paths.ts';
import { newId } from '../../src/core/id.ts';
import { buildRouter } from '../../src/core/router.ts';
import type { MessageRoute } from '../../src/core/routes/turns.ts';
import { fold } from '../../src/core/text/text.ts';
import { proposed } from '../../src/edges/teams/app-package.ts';
import { buildKnowledgeBase, KNOWLEDGE_FOLDER, readContent } from '../../src/features/knowledge/index.ts';
import { features } from '../../src/features/registry.ts';
import { silent, unseen } from '../support/delivery.ts';
import { alex, personalChat } from '../support/people.ts';

const actions = features.flatMap((feature) =>
  feature.actions.map((route) => ({ ...route, feature: feature.id })),
);
const jobs = features.flatMap((feature) => feature.jobs.map((route) => ({ ...route, feature: feature.id })));
const messages = features.flatMap((feature) => feature.messages);
const templates = features.flatMap((feature) => feature.templates);

/** As many commands as Microsoft's schema of the manifest takes for one kind of conversation. */
const MOST_PROPOSED = 12;

/** Questions that Teams itself proposes, before the commands. */
const starters: readonly { title: string; prompt: string }[] = JSON.parse(
  readFileSync(join(CARDS_FOLDER, '../teamsapp/manifest.json'), 'utf8'),
).bots[0].commandLists[0].commands;

const repeated = (names: readonly string[]): string[] => names.filter((name, n) => names.indexOf(name) !== n);

test('feature ids are unique and are their folders', () => {
  const ids = features.map((feature) => feature.id);
  expect(repeated(ids)).toEqual([]);
  for (const id of ids) expect(existsSync(join(CARDS_FOLDER, '../src/features', id, 'index.ts'))).toBe(true);
});

test('each verb and each job is unique and begins with its feature', () => {
  expect(repeated([...actions.map((route) => route.verb), ...jobs.map((route) => route.name)])).toEqual([]);
  for (const { verb, feature } of actions) expect(verb).toMatch(new RegExp(`^${feature}\\.[a-zA-Z]+$`));
  for (const { name, feature } of jobs) expect(name).toMatch(new RegExp(`^${feature}\\.[a-zA-Z]+$`));
});

test.each(actions.map(({ verb, input }) => [verb, input] as const))(
  'the input of %s drops the keys that it does not know, which some clients add',
  (_verb, input) => {
    const given = input.safeParse({ intruder: true, tabContext: '', msteams: {} });
    const refused = given.success ? [] : given.error.issues;
    expect(refused.filter(({ code }) => code === 'unrecognized_keys')).toEqual([]);
    expect(JSON.stringify(given.data ?? {})).not.toContain('intruder');
  },
);

test('each kind of notice is unique and begins with its feature', () => {
  const notices = features.flatMap((feature) =>
    (feature.notices ?? []).map(({ kind }) => ({ kind, feature: feature.id })),
  );
  expect(repeated(notices.map(({ kind }) => kind))).toEqual([]);
  for (const { kind, feature } of notices) expect(kind).toMatch(new RegExp(`^${feature}\\.[a-zA-Z]+$`));
});

test('each command and alias is unique, accents and case aside', () => {
  const names = messages.flatMap((route) => [route.command, ...(route.aliases ?? [])]).map(fold);
  expect(repeated(names)).toEqual([]);
});

test('each command says in one short line what it does, for whom and where', () => {
  for (const route of messages) {
    expect(route.description.length).toBeLessThanOrEqual(80);
    expect(['client', 'staff', 'admin']).toContain(route.role);
    expect(route.scopes.length).toBeGreaterThan(0);
  }
});

test('each command of clients has its heading in aide, three or four under each beside the ways in', () => {
  const clients = messages.filter(({ role, command }) => role === 'client' && command !== 'aide');
  expect(clients.filter(({ help }) => !help).map(({ command }) => command)).toEqual([]);
  for (const group of ['ask', 'buy', 'contracts', 'settings']) {
    const under = clients.filter(({ help }) => help?.group === group && !help.first);
    const named = `${group}: ${under.map(({ command }) => command).join(', ')}`;
    expect([named, under.length >= 3 && under.length <= 4]).toEqual([named, true]);
  }
});

test.each(['personal', 'group', 'channel'] as const)(
  'Teams proposes as many commands in a %s conversation as Microsoft allows',
  (kind) => {
    const names = proposed(messages, kind).map(({ command }) => command);
    expect(names.length).toBeGreaterThan(0);
    const beyond = starters.length + names.length - MOST_PROPOSED;
    const sentence = `${beyond} too many: \`minor: true\` for those to which a card leads, of ${names.join(', ')}`;
    expect(beyond > 0 ? sentence : '').toBe('');
  },
);

test('each question that Teams proposes is short enough, and is answered for sure', () => {
  const base = buildKnowledgeBase(readContent(KNOWLEDGE_FOLDER).content);
  expect(starters.length).toBeGreaterThanOrEqual(3);
  for (const { prompt } of starters) {
    expect(prompt.length).toBeLessThanOrEqual(128);
    expect([prompt, base.search(prompt).outcome]).toEqual([prompt, 'answer']);
  }
});

test('each declared template has a file, and each file a feature that declares it', () => {
  const files = readdirSync(CARDS_FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replaceAll('\\', '/').replace(/\.json$/, ''));
  expect(repeated(templates)).toEqual([]);
  expect([
    ...templates.filter((name) => !files.includes(name)).map((name) => `no file cards/${name}.json`),
    ...files
      .filter((name) => !templates.includes(name))
      .map((name) => `cards/${name}.json: name it in \`templates\` of its feature`),
  ]).toEqual([]);
});

test.each(templates)(
  'no field of %s has the name of a button’s data, which some clients would overwrite',
  (name) => {
    const fields = new Set<unknown>();
    const keys: string[] = [];
    const walk = (node: unknown): void => {
      if (Array.isArray(node)) for (const item of node) walk(item);
      if (Array.isArray(node) || node === null || typeof node !== 'object') return;
      const { type, id, data } = node as { type?: unknown; id?: unknown; data?: object };
      if (String(type).startsWith('Input.')) fields.add(id);
      if (type === 'Action.Execute') keys.push(...Object.keys(data ?? {}));
      for (const [key, inner] of Object.entries(node)) if (key !== 'data') walk(inner);
    };
    walk(JSON.parse(readFileSync(join(CARDS_FOLDER, `${name}.json`), 'utf8')));
    expect(keys.filter((key) => fields.has(key))).toEqual([]);
  },
);

test('free text ends with the knowledge base, which takes everything', () => {
  expect(features.filter((feature) => feature.freeText).at(-1)?.id).toBe('knowledge');
});

test('at most one feature receives the dropped files that no other takes', () => {
  expect(features.filter(({ files }) => files && !files.takes).length).toBeLessThanOrEqual(1);
});

describe('a command and the words of a question', () => {
  const base = buildKnowledgeBase(readContent(KNOWLEDGE_FOLDER).content);
  const titles = base.content.entries
    .filter(({ reference }) => reference.startsWith('FAQ '))
    .map(({ title }) => title);
  /** One to four words in a row of each title, and the whole. */
  const wordings = [
    ...new Set(
      titles.flatMap((title) => {
        const words = title.match(/[\p{L}\p{N}'’-]+/gu) ?? [];
        const runs = words.flatMap((_word, at) => [1, 2, 3, 4].map((n) => words.slice(at, at + n).join(' ')));
        return [title, ...runs];
      }),
    ),
  ];

  /** Commands after which come words of one's own, whatever they are, and why. */
  const OWN_WORDS: Readonly<Record<string, string>> = {
    essayer: 'The staff alone have it, and the question that follows is what they try.',
  };

  /** The messages that a command takes although the knowledge base answers them. */
  async function swallowed(
    messages: readonly MessageRoute<never>[],
  ): Promise<[command: string, text: string][]> {
    const taken: [command: string, text: string][] = [];
    const routes = messages.map(
      (route): MessageRoute<object> => ({
        ...route,
        handle: async ({ text, argument }) => void (argument !== '' && taken.push([route.command, text])),
      }),
    );
    const listening = { id: 'f', messages: routes, actions: [], jobs: [], templates: [] };
    const anybody = { may: async () => true, isStaffRoom: async () => false };
    const router = buildRouter([listening], {}, anybody, silent, unseen);
    for (const { command, aliases = [], scopes } of messages)
      for (const name of [command, ...aliases])
        for (const words of wordings)
          await router.message({
            person: alex,
            conversation: { ...personalChat(alex), kind: scopes[0] ?? 'personal' },
            effect: newId(),
            reply: async () => '',
            revise: async () => {},
            text: `${name} ${words}`,
            argument: '',
            files: [],
          });
    return taken.filter(([, text]) => base.search(text).outcome === 'answer');
  }

  test('there are questions to be taken for a command', () => expect(wordings).not.toEqual([]));

  test('no command that takes an argument swallows what is a question', async () => {
    const found = (await swallowed(messages)).filter(([command]) => !(command in OWN_WORDS));
    // One question a command is enough to know.
    expect(
      [...new Map(found)].map(
        ([command, text]) =>
          `« ${command} » takes « ${text} », which is a question: another name, or OWN_WORDS with the reason`,
      ),
    ).toEqual([]);
  });

  test('one that would is found', async () => {
    const greedy: MessageRoute<object> = {
      command: 'durée',
      description: 'd',
      role: 'client',
      scopes: ['personal'],
      takesArgument: true,
      handle: async () => {},
    };
    expect(await swallowed([greedy])).toContainEqual(['durée', "durée maximale d'un contrat"]);
  });
});

import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';
import { fold } from '../src/core/text/text.ts';
import { features } from '../src/features/registry.ts';
import { documents, prose, read } from './support/documents.ts';
import { ROOT } from './support/process.ts';

// What is written beside the code is true of it: the environment, and what documents name.

/** The names that the configuration knows: it lists them to whoever misspells one. */
function knownVariables(): string[] {
  try {
    readConfig({ COURTIER_X: '1' });
  } catch (error) {
    const [, names = ''] = /connues : (.+)\.$/.exec(String((error as Error).message)) ?? [];
    return names.split(', ');
  }
  throw new Error('an unknown variable was accepted');
}

const known = knownVariables();
const bot = {
  BOT_ID: '00000000-0000-4000-8000-000000000001',
  BOT_PASSWORD: 'x',
  BOT_TENANT_ID: '00000000-0000-4000-8000-000000000002',
  PUBLIC_URL: 'https://courtier.example.org',
};

/** Literals at the beginning of a cell, as a list's value in the environment. */
const literals = (cell: string): string | undefined =>
  /^`[^`]+`(?:, `[^`]+`)*/.exec(cell)?.[0].replaceAll('`', '').replaceAll(', ', ',');

/** The table of variables: each with its default, and its default with a bot where that is another. */
const documented = new Map(
  [...read('docs/configuration.md').matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, name = '', cell = '']) => {
      const withBot = /avec `BOT_ID`, (.+)$/.exec(cell)?.[1];
      return [name, { value: literals(cell), withBot: withBot && literals(withBot) }] as const;
    },
  ),
);

/** The variables of an environment file, in order, with the comment above each. */
const examples = [...read('env/.env.example').matchAll(/^(?:# (.+)\n)?#?([A-Z_]+)=(.*)$/gm)].map(
  ([, comment, name = '', value = '']) => ({ comment, name, value }),
);

test('the table and the example hold each variable of the configuration once, and no other', () => {
  expect(known.length).toBeGreaterThan(20);
  expect([...documented.keys()].sort()).toEqual([...known].sort());
  expect(examples.map(({ name }) => name).sort()).toEqual([...known].sort());
});

test.each(examples)(
  '$name says what it is, and shows its default or what may be written',
  ({ comment, name, value }) => {
    expect(comment).toMatch(/\S{3}/);
    const { value: usual } = documented.get(name) ?? {};
    if (usual !== undefined) expect(value).toBe(usual);
    const surroundings = name === 'PUBLIC_URL' ? {} : bot;
    expect(() => readConfig({ ...surroundings, [name]: value })).not.toThrow();
  },
);

test.each([...documented].filter(([, { value }]) => value !== undefined))(
  'the default of %s is the one that is documented',
  (name, { value, withBot }) => {
    expect(readConfig({ [name]: value })).toEqual(readConfig({}));
    if (withBot !== undefined) expect(readConfig({ ...bot, [name]: withBot })).toEqual(readConfig(bot));
  },
);

/** The names that a file of `env` sets. */
const setIn = (file: string): string[] =>
  [...read(`env/${file}`).matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
/** Those of Microsoft's toolkit, which has names of its own. */
const OF_TOOLKIT = /^\.env\.(?:dev|local|production)$/;

test('what an environment file of the repository sets is known', () => {
  const set = readdirSync(join(ROOT, 'env'))
    .filter((file) => file !== '.env' && !OF_TOOLKIT.test(file))
    .flatMap(setIn);
  expect(set.filter((name) => !known.includes(name))).toEqual([]);
});

test('what the toolkit sets is nothing that the assistant would refuse', () => {
  const set = readdirSync(join(ROOT, 'env'))
    .filter((file) => OF_TOOLKIT.test(file))
    .flatMap(setIn);
  expect(set.length).toBeGreaterThan(10);
  // What is the assistant's own is empty there, until it is filled in.
  const given = set.map((name) => [name, known.includes(name) ? '' : 'x']);
  expect(() => readConfig(Object.fromEntries(given))).not.toThrow();
});

/** The anchors of a document's titles, as the hosts of repositories make them. */
const anchorsOf = (file: string): string[] =>
  [...prose(file).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each(documents)('the links of %s lead somewhere', (file) => {
  const links = [...prose(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(target).includes(decodeURIComponent(anchor));
  });
  expect(broken).toEqual([]);
});

test.each(documents)('the commands of %s exist', (file) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...read(file).matchAll(/npm run (?:-s |--silent )?([a-z][a-z:-]*)/g)].map(
    ([, name = '']) => name,
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test.each(documents)('the files that %s names exist', (file) => {
  const named = [
    ...prose(file).matchAll(
      /`((?:src|test|cards|content|docs|bench|env|rules|bin|teamsapp|tools)\/[^`<…*]+)`/g,
    ),
  ].map(([, path = '']) => path);
  expect(named.filter((path) => path !== 'env/.env' && !existsSync(join(ROOT, path)))).toEqual([]);
});

const promised = [...read('docs/reliability.md').matchAll(/`(test\/[^`]+\.ts)` › `([^`]+)`/g)].map(
  ([, file = '', name = '']) => ({ file, name }),
);

test('each promise names the tests that hold it', () => {
  expect(promised.length).toBeGreaterThan(60);
  expect(promised.filter(({ file, name }) => !read(file).includes(name))).toEqual([]);
});

test('what the README tells people to write is a command', () => {
  const told =
    read('README.md')
      .split(/^## /m)
      .find((section) => section.startsWith('Ce qu')) ?? '';
  const commands = features.flatMap(({ messages }) => messages.map(({ command }) => fold(command)));
  const written = [...told.matchAll(/`([^`]+)`/g)].map(([, words = '']) => fold(words));
  expect(written.length).toBeGreaterThan(20);
  expect(written.filter((words) => !commands.includes(words))).toEqual([]);
});

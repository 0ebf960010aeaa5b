import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CONTACT_IDS, guide, missingFacts } from '../../../../src/core/guide/index.ts';
import { KNOWLEDGE_FOLDER, readContent } from '../../../../src/features/knowledge/index.ts';
import { coverageOf, sentencesOf } from '../../../../tools/guide-sentences.ts';

// The table of the guide's sentences: each has its entry, and each entry reads the facts that the table says.

const rows = coverageOf(
  readFileSync(join(import.meta.dirname, '../../../../docs/couverture-du-guide.md'), 'utf8'),
);
const { content } = readContent(KNOWLEDGE_FOLDER);
const references = new Map(content.entries.map(({ id, reference }) => [id, reference]));

/** What is written in the file of each entry, before the facts are filled in. */
const written = new Map(
  readdirSync(KNOWLEDGE_FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(join(KNOWLEDGE_FOLDER, file), 'utf8'))
    .map((text) => [/^id: (.+)$/m.exec(text)?.[1] ?? '', text]),
);

test('the lines are numbered, and no sentence of a section is there twice', () => {
  expect(rows.length).toBeGreaterThan(400);
  expect(rows.map(({ number }) => number)).toEqual(rows.map((_row, n) => n + 1));
});

test('a sentence has an entry, or a reason why it has none', () => {
  const without = rows.filter(({ entries, reason }) => (entries.length === 0) === (reason === ''));
  expect(without).toEqual([]);
});

test('what stands of a sentence is its first words, not the whole', () => {
  for (const { start } of rows) {
    expect(start).toMatch(/…$/);
    expect(start.split(' ').length).toBeLessThanOrEqual(3);
  }
});

test('the entry of a sentence is one of its section', () => {
  const elsewhere = rows.filter(({ section, entries: [first = ''], reason }) => {
    const reference = references.get(first) ?? '';
    return reason === '' && (section === '1' ? !reference.startsWith('def: ') : reference !== section);
  });
  expect(elsewhere).toEqual([]);
});

test('every entry covers a sentence of the guide', () => {
  const covering = new Set(rows.flatMap(({ entries }) => entries));
  expect(content.entries.filter(({ id }) => !covering.has(id)).map(({ id }) => id)).toEqual([]);
});

test('the entry of a sentence reads the facts that the guide holds as data', () => {
  const unread = rows.flatMap(({ number, entries, facts }) =>
    facts
      .filter((fact) => !entries.some((id) => new RegExp(`\\{\\{${fact}[|}]`).test(written.get(id) ?? '')))
      .map((fact) => `${number} ${fact}`),
  );
  expect(unread).toEqual([]);
});

test('every rule, institution, contact and list of the guide stands in the table, and every fact of it exists', () => {
  const facts = new Set(rows.flatMap((row) => row.facts));
  const { rules, institutions } = guide();
  const lists = [
    'categories',
    'organizations',
    'seaoFields',
    'quarters',
    'steps',
    'agenda',
    'commentSubjects',
  ];
  const documents = ['documentsCopy', 'documentsAtOnce', 'documentsRequest'];
  for (const fact of [
    ...Object.keys(rules),
    ...Object.keys(institutions.bodies),
    ...CONTACT_IDS,
    ...lists,
    ...documents,
    'edition',
    'history',
  ])
    expect([fact, facts.has(fact)]).toEqual([fact, true]);
  expect([...facts].flatMap((fact) => missingFacts(`{{${fact}}}`, guide()))).toEqual([]);
});

test('sentences are told apart, titles and the table of contents left out, pages put together again', () => {
  const text = [
    'Guide',
    'Table des matières',
    '1. TITRE.....	4',
    'Historique des modifications',
    'Avant.',
    '2. GÉNÉRALITÉS',
    '2.1. Un titre',
    'Une première phrase qui',
    '',
    'continue ici. Et une seconde.',
    '- un point',
    '5. FOIRE AUX QUESTIONS',
    '- **Une question ?**',
    'Oui, mais pas toujours.',
  ].join('\n');
  expect(sentencesOf(text).map(({ section, start }) => `${section} ${start}`)).toEqual([
    'historique Avant.…',
    '2.1 Une première phrase…',
    '2.1 Et…',
    '2.1 un…',
    'FAQ 1 Une…',
    'FAQ 1 Oui, mais…',
  ]);
});

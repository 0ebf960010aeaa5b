import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { guide } from '../src/core/guide/index.ts';
import type { Due, Origin } from '../src/core/time/due.ts';
import { dutiesOf } from '../src/features/contracts/duties/rules/duties.ts';
import { CONTRACTS_FILE, readContractRules } from '../src/features/contracts/index.ts';
import { closingDue } from '../src/features/evaluations/campaigns/rules/schedule.ts';
import { MEETINGS_FILE, readMeetingRules } from '../src/features/kickoff/index.ts';
import { STEPS, standingOf } from '../src/features/kickoff/steps/rules.ts';
import { readContent } from '../src/features/knowledge/index.ts';
import { takenDue } from '../src/features/scenarios/supporting/rules/taking-charge.ts';
import { day, days } from './support/catalogue.ts';

// docs/dates.md says of each date whose word it is, and stays true of the code.

const ROOT = join(import.meta.dirname, '..');
const FEATURES = join(ROOT, 'src/features');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const rows = [...read('docs/dates.md').matchAll(/^\| (.+) \| (Guide|Repère|Fait) \| (.+) \| (.+) \|$/gm)].map(
  ([, what = '', kind = '', setIn = '', where = '']) => ({
    what,
    kind,
    setIn: setIn.replaceAll('`', ''),
    places: [...where.matchAll(/`([^`]+)`/g)].map(([, place = '']) => place),
  }),
);
const settings = (kind: string): string[] =>
  rows.filter((row) => row.kind === kind).map(({ setIn }) => setIn);
/** Whether a row, of a kind, names a file or a folder that holds it. */
const isListed = (file: string, kind?: string): boolean =>
  rows.some(
    (row) =>
      (kind === undefined || row.kind === kind) &&
      row.places.some((place) => file === place || file.startsWith(`${place}/`)),
  );

const sources = readdirSync(FEATURES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(FEATURES, file), 'utf8') }));

test('a file that shows a date has its row, and what a row names exists', () => {
  const shows = sources
    .filter(({ text }) => /\b(french(Date|Day|DateTime)|momentText|dueText|pastText)\(/.test(text))
    .map(({ file }) => file);
  expect(
    shows
      .filter((file) => !isListed(file))
      .map((file) => `${file}: it shows a date; add a row to docs/dates.md that says whose word it is`),
  ).toEqual([]);
  const places = new Set(rows.flatMap((row) => row.places));
  expect(places.size).toBeGreaterThan(15);
  const known = sources.map(({ file }) => file);
  expect(
    [...places].filter((place) => !known.some((file) => file === place || file.startsWith(`${place}/`))),
  ).toEqual([]);
});

test('a limit of the guide is the rule of its section, and each rule of the guide has its row', () => {
  const named = settings('Guide').map((setIn) => setIn.split(', '));
  const { rules } = guide();
  const known = new Map<string, string>(Object.entries(rules).map(([id, { section }]) => [id, section]));
  for (const [section = '', rule] of named)
    if (rule && !rule.endsWith('.yaml')) expect([rule, known.get(rule)]).toEqual([rule, section]);
  const timed = Object.entries(rules).filter(([, { unit }]) => unit !== 'unité');
  expect(timed.map(([id]) => id).sort()).toEqual(
    named.flatMap(([, rule = '']) => (known.has(rule) ? [rule] : [])).sort(),
  );
});

test('a mark of the broker’s is set where its row says, and each setting of a contract has its row', () => {
  const inFile = settings('Repère').flatMap((setIn) => {
    const [file = '', keys = ''] = setIn.split(', ');
    return file.endsWith('.yaml') ? keys.split(' et ').map((key) => ({ file, key })) : [];
  });
  for (const { file, key } of inFile) expect(Object.keys(parse(read(file)))).toContain(key);
  const contracts = inFile.filter(({ file }) => file.endsWith('contrats.yaml')).map(({ key }) => key);
  expect(contracts.sort()).toEqual(Object.keys(readContractRules(CONTRACTS_FILE)).sort());
});

describe('what the rules compute', () => {
  const meeting = readMeetingRules(MEETINGS_FILE);
  const signedOn = day('2026-12-01');
  const duties = dutiesOf(
    {
      signedOn,
      startsOn: signedOn,
      endsOn: day('2028-11-30'),
      rcti: true,
      finalSignedOn: day('2028-12-01'),
      amendments: [{ id: 'x', number: 1, signedOn }],
    },
    readContractRules(CONTRACTS_FILE),
    days,
  );
  const steps = STEPS.flatMap(({ number }) => {
    const confirmed = STEPS.filter((step) => step.number < number).flatMap((step) =>
      step.parties.map((party) => ({ step: step.number, party, at: new Date('2026-12-01T15:00Z'), by: 'x' })),
    );
    const ground = { rules: meeting, days, timeZone: 'America/Toronto', signedOn };
    return standingOf(confirmed, signedOn, ground).flatMap(({ due }) => due ?? []);
  });
  const dates: readonly Due[] = [
    ...duties.map(({ due }) => due),
    ...steps,
    closingDue('2026-12-21'),
    takenDue('2026-12-01', days),
  ];
  const origins: readonly Origin[] = [...dates, ...duties.map(({ asked }) => asked)];

  test('every mark of the broker’s is in the table', () => {
    const known = settings('Repère');
    const marks = origins.flatMap((origin) => (origin.source === 'repère' ? [origin.setIn] : []));
    expect(new Set(marks).size).toBeGreaterThan(8);
    expect(marks.filter((mark) => !known.includes(mark.replace(/ \d+$/, '')))).toEqual([]);
  });

  test('every date of the guide is in the table with its section', () => {
    const known = settings('Guide').map((setIn) => setIn.split(', ')[0]);
    const sections = dates.flatMap((due) => (due.source === 'guide' ? [due.section] : []));
    expect(new Set(sections)).toEqual(new Set(['4.12', '3.3.2']));
    expect(sections.filter((section) => !known.includes(section))).toEqual([]);
  });

  test('only the copies, and what a supplier takes in charge, are dates of the guide', () => {
    const guides = duties.filter(({ due }) => due.source === 'guide').map(({ kind }) => kind);
    expect(new Set(guides)).toEqual(new Set(['copy', 'amendment', 'finalCopy']));
    expect(steps.filter(({ source }) => source === 'guide')).toHaveLength(1);
  });
});

test('« au plus tard » and « en retard » are said only where a date of the guide is', () => {
  const says = sources
    .filter(({ text }) =>
      /au plus tard|en retard/i.test(text.replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')),
    )
    .map(({ file }) => file);
  expect(says.length).toBeGreaterThan(3);
  expect(
    says
      .filter((file) => !isListed(file, 'Guide'))
      .map(
        (file) => `${file}: these words are for a date of the guide, with its row « Guide » in docs/dates.md`,
      ),
  ).toEqual([]);
});

test('a card names sections that the guide has', () => {
  const sections = new Set(readContent().content.entries.map(({ reference }) => reference));
  const named = readdirSync(join(ROOT, 'cards'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => [...read(`cards/${file}`).matchAll(/\{\{guide\|([\d.+]+)\}\}/g)])
    .flatMap(([, places = '']) => places.split('+'));
  expect(named.length).toBeGreaterThan(25);
  const chapters = new Set([...sections].map((section) => section.split('.')[0]));
  expect(named.filter((section) => !sections.has(section) && !chapters.has(section))).toEqual([]);
});

test('a source line in a card names a section by the helper that gives its edition', () => {
  const cards = readdirSync(join(ROOT, 'cards'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  const bare = /\b(Source[^"]* : )?Guide, (section|chapitre|foire)/;
  expect(cards.filter((file) => bare.test(read(`cards/${file}`)))).toEqual([]);
  expect(
    sources
      .filter(({ text }) => bare.test(text.replace(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, '')))
      .map(({ file }) => file),
  ).toEqual([]);
  for (const file of cards) expect(read(`cards/${file}`)).not.toMatch(/au plus tard|en retard/i);
});

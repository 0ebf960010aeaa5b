import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { checkFile } from '../../../../src/features/catalogue/fiche/rules/check.ts';
import { EMPTY_CONTEXT } from '../../../../src/features/catalogue/fiche/rules/publication.ts';
import { readDocument } from '../../../../src/features/catalogue/fiche/rules/read.ts';
import { days } from '../../../support/catalogue.ts';
import { aDocument, anOffer } from '../../../support/fiches.ts';

const YAML = 'bleuet_2026-11-02.yaml';
const JSON_NAME = 'bleuet_2026-11-02.json';
const KIB = 1024;

const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

const check = (content: string | Uint8Array, name = YAML) =>
  checkFile(name, bytesOf(content), EMPTY_CONTEXT, days);

const problemsOf = (content: string | Uint8Array, name = YAML) => {
  const checked = check(content, name);
  return checked.kind === 'refused' ? checked.problems : [];
};

/** The one problem of a file that cannot be read; undefined when it has none, or several. */
function problemOf(content: string | Uint8Array, name = YAML) {
  const problems = problemsOf(content, name);
  return problems.length === 1 ? problems[0] : undefined;
}

const valid = () => stringify(aDocument());

/** A valid fiche of so many bytes: the rest is a comment. */
const weighing = (bytes: number) => {
  const text = `${valid()}# `;
  return text + 'x'.repeat(bytes - bytesOf(text).length);
};

describe('a file of another sort', () => {
  const BINARY = Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0);

  test.each(['contrat.pdf', 'Photo.JPG', 'bleuet_2026-11-02.docx'])(
    '%s is told not to be a fiche',
    (name) => {
      for (const content of [BINARY, 'x'.repeat(300 * KIB)])
        expect(problemOf(content, name)?.sentence).toContain('n’est pas une fiche');
    },
  );

  test.each(['bleuet_2026-11-02.xls', 'bleuet_2026-11-02.ods', 'bleuet_2026-11-02.xlsm'])(
    '%s is told to be saved as a workbook that is read',
    (name) => {
      expect(problemOf(BINARY, name)?.correction).toContain('.xlsx');
    },
  );
});

describe('the weight of a file', () => {
  test('may be 256 KiB', () => {
    expect(check(weighing(256 * KIB)).kind).toBe('valid');
  });

  test.each([
    ['one byte more', weighing(256 * KIB + 1)],
    ['10 MB', weighing(10_000_000)],
    ['10 MB of anything', new Uint8Array(10_000_000).fill(0xff)],
  ])('may not be %s', (_what, content) => {
    expect(problemOf(content)?.sentence).toMatch(/ Kio\..* 256\.$/);
  });

  test('is what its bytes weigh, not its characters', () => {
    expect(problemOf(`# ${'é'.repeat(200 * KIB)}`)?.sentence).toContain('Kio');
  });
});

test.each([
  ['nothing', ''],
  ['spaces', '   '],
  ['empty lines', '\n\n \r\n\t\n'],
  ['a mark of UTF-8 alone', '\ufeff'],
])('a file of %s is empty', (_what, text) => {
  for (const name of [YAML, JSON_NAME]) expect(problemOf(text, name)?.sentence).toContain('vide');
});

describe('the encoding', () => {
  test('may begin with the mark of UTF-8', () => {
    expect(check(`\ufeff${valid()}`).kind).toBe('valid');
    expect(check(`\ufeff${JSON.stringify(aDocument())}`, JSON_NAME).kind).toBe('valid');
  });

  test.each<[string, Uint8Array]>([
    ['UTF-16, low byte first', Buffer.from(`\ufeff${valid()}`, 'utf16le')],
    ['UTF-16, high byte first', Buffer.from(`\ufeff${valid()}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(valid(), 'utf16le')],
    ['Latin-1 with accents', Buffer.from(valid(), 'latin1')],
    ['half a character', Uint8Array.of(0x61, 0xc3)],
    ['an overlong character', Uint8Array.of(0x61, 0xc0, 0xaf)],
    ['half a pair', Uint8Array.of(0x61, 0xed, 0xa0, 0x80)],
  ])('may not be %s', (_what, content) => {
    const problem = problemOf(content);
    expect(problem?.sentence).toContain('UTF-8');
    expect(problem?.correction).toContain('UTF-8');
  });

  test.each(['\u0000', '\u0007', '\b', '\u000b', '\f', '\u001b', '\u007f', '\u0080', '\u009f'])(
    'may not hold the control character %j',
    (character) => {
      for (const name of [YAML, JSON_NAME])
        expect(problemOf(`{"a": "b${character}c"}`, name)?.sentence).toContain('n’est pas un texte');
    },
  );
});

const laughs = (levels: number) =>
  Array.from({ length: levels }, (_, n) =>
    n === 0
      ? 'a0: &a0 [rire]'
      : `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
  ).join('\n');

test.each<[string, string, string]>([
  ['an alias', 'a: &un 1\nb: *un', 'renvois'],
  ['a billion laughs', laughs(10), 'renvois'],
  ['a million laughs', laughs(7), 'renvois'],
  ['a merged alias', 'a: &un { x: 1 }\nb:\n  <<: *un', 'renvois'],
  ['a structure that holds itself', 'a: &un [*un]', 'renvois'],
  ['a tag that makes a function', 'a: !!js/function "function () { return 1 }"', 'étiquettes'],
  ['a tag that makes an expression', 'a: !!js/regexp /x/', 'étiquettes'],
  ['a tag that makes a Python object', 'a: !!python/object/apply:os.system ["ls"]', 'étiquettes'],
  ['a tag of its own', 'a: !fiche 1', 'étiquettes'],
  ['a binary tag', 'a: !!binary aGVsbG8=', 'étiquettes'],
  ['100 000 opening brackets', '['.repeat(100_000), 'niveaux'],
  ['100 000 brackets, closed', `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'niveaux'],
  ['3 000 groups', '{a: '.repeat(3_000), 'niveaux'],
  ['20 000 dashes', '- '.repeat(20_000), 'niveaux'],
  [
    '600 levels of indentation',
    Array.from({ length: 600 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
    'niveaux',
  ],
  ['900 KB of quotes', '"'.repeat(900_000), 'Kio'],
  ['200 KB of quotes', '"'.repeat(200_000), 'YAML'],
  ['200 KB of quotes in a value', `version: ${'"'.repeat(200_000)}`, 'YAML'],
  ['100 000 quoted lines', `a: ${'"\n'.repeat(100_000)}`, ''],
  ['a key written twice', 'version: 2026-11-02\nversion: 2026-12-01', 'deux fois'],
  ['a key written twice, deep', 'offers:\n  - tiers:\n      - { fromUnits: 1, fromUnits: 2 }', 'deux fois'],
  ['a key written twice, once in quotes', 'a: 1\n"a": 2', 'deux fois'],
  ['two documents', `${valid()}---\n${valid()}`, 'plusieurs documents'],
  ['a tabulation for indentation', 'supplier:\n\tid: bleuet', 'tabulation'],
  ['an open double quote', 'supplier:\n  id: "bleuet\nversion: 2026-11-02', 'guillemet'],
  ['an open single quote', "supplier:\n  id: 'bleuet\nversion: 2026-11-02", 'guillemet'],
  ['an open bracket', 'offers: [', 'YAML'],
  ['an indentation gone wrong', 'supplier:\n    id: bleuet\n  name: Bleuet', 'YAML'],
  ['a list as a key', '? [a, b]\n: 1', 'YAML'],
  ['a comment alone', '# À venir.', 'YAML'],
])('a file of %s is refused in one sentence', (_what, text, words) => {
  const problem = problemOf(text);
  expect(problem?.path).toBe('');
  expect(problem?.sentence).toContain(words);
  expect(problem?.sentence).toMatch(/^\p{Lu}.*\.$/u);
});

test.each([
  ['a key written twice', 'supplier:\n  id: a\n  id: b', 3],
  ['a tag', 'a: 1\nb:\n  - !x 1', 3],
  ['a tabulation', 'supplier:\n  id: a\noffers:\n\t- id: b', 4],
  ['an alias', '# commentaire\na: &un 1\n\nb: *un', 4],
])('%s is shown at its line', (_what, text, line) => {
  expect(problemOf(text)?.line).toBe(line);
});

describe('JSON', () => {
  test.each([
    ['a colon missing', '{\n  "a": 1,\n  "b" 2\n}', 3],
    ['a comma missing', '{\n  "a": 1\n  "b": 2\n}', 3],
    ['a comma too many', '{\n  "a": 1,\n}', 3],
    ['a key without quotes', '{\n  a: 1\n}', 2],
    ['a text on two lines', '{\n  "a": "b\n  c"\n}', 2],
    ['two documents', '{}\n{}', 2],
  ])('with %s is malformed, at its line', (_what, text, line) => {
    expect(problemOf(text, JSON_NAME)).toMatchObject({
      path: '',
      line,
      sentence: expect.stringContaining('mal formé'),
    });
  });

  test.each([
    ['YAML', valid()],
    ['a comment', `// fiche\n${JSON.stringify(aDocument())}`],
    ['its end missing', JSON.stringify(aDocument()).slice(0, -1)],
    ['100 000 opening brackets', '['.repeat(100_000)],
    ['a number that is none', '{"a": NaN}'],
  ])('with %s is malformed', (_what, text) => {
    expect(problemOf(text, JSON_NAME)?.sentence).toContain('mal formé');
  });

  test.each([
    ['lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['groups', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ])('of too many %s is refused', (_what, text) => {
    expect(problemOf(text, JSON_NAME)?.sentence).toContain('niveaux');
  });

  test('with a key written twice is refused, at its line', () => {
    const problem = problemOf('{\n  "version": "2026-11-02",\n  "version": "2026-12-01"\n}', JSON_NAME);
    expect(problem?.sentence).toContain('deux fois');
    expect(problem?.line).toBe(3);
  });

  test('with a key written twice, once with an escape, is refused', () => {
    expect(problemOf('{"a": 1, "\\u0061": 2}', JSON_NAME)?.sentence).toContain('deux fois');
  });

  test('may write a number with decimals that are all zeros', () => {
    const text = JSON.stringify(aDocument()).replace(
      /"minimumTermMonths":\d+/,
      '"minimumTermMonths": 12.000',
    );
    expect(text).toContain('12.000');
    expect(check(text, JSON_NAME).kind).toBe('valid');
  });

  test('may be in a file that says YAML', () => {
    expect(check(JSON.stringify(aDocument())).kind).toBe('valid');
  });
});

test.each([
  ['a list', '[]', 'une liste'],
  ['a text', '"bonjour"', 'bonjour'],
  ['a number', '7', '7'],
  ['a boolean', 'true', 'true'],
  ['null', 'null', 'rien'],
])('a file that holds %s alone is refused', (_what, text, words) => {
  for (const name of [YAML, JSON_NAME]) {
    const problem = problemOf(text, name);
    expect(problem?.path).toBe('');
    expect(problem?.sentence).toContain('un groupe de clés');
    expect(problem?.sentence).toContain(words);
  }
});

describe('keys that mean something to JavaScript', () => {
  const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'];

  test.each(KEYS)('« %s » is an unknown key', (key) => {
    const json = JSON.stringify(aDocument()).replace('{', `{"${key}": {"polluted": true}, `);
    for (const [text, name] of [
      [`${valid()}${key}: { polluted: true }\n`, YAML],
      [json, JSON_NAME],
    ] as const) {
      const problem = problemOf(text, name);
      expect(problem?.path).toBe(key);
      expect(problem?.sentence).toContain('inconnue');
    }
  });

  test.each(KEYS)('« %s » is an unknown key of an offer', (key) => {
    const text = valid().replace('    unit:', `    ${key}: { polluted: true }\n    unit:`);
    expect(problemOf(text)?.path).toBe(`offers[0].${key}`);
  });

  test('change no object of the program', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    check(`${valid()}__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n`);
    check('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}', JSON_NAME);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('lend a fiche none of their values', () => {
    const text = valid().replace('version: 2026-11-02', '__proto__: { version: 2026-11-02 }');
    expect(problemsOf(text).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['version', '__proto__']),
    );
  });
});

describe('a number is what a person reads', () => {
  const offer = (field: string, value: string) =>
    valid().replace(new RegExp(`^( *)${field}: .*$`, 'm'), `$1${field}: ${value}`);

  test.each(['0x10', '0o17', '1.000', '9:3', '1_000', '.inf'])('« %s » is no quantity', (written) => {
    const problem = problemOf(offer('minimumUnits', written));
    expect(problem?.sentence).toContain(`« ${written} »`);
    expect(problem?.correction).toBeUndefined();
  });

  test.each(['0x10', '0o17', '9:3', '1_000'])('« %s » is no price, and stands for none', (written) => {
    expect(problemOf(offer('entryFee', written))?.correction).toBeUndefined();
  });

  test('a price of three decimals is not one of thousands', () => {
    expect(problemOf(offer('entryFee', '4.000'))?.correction).toContain('le prix convenu');
  });

  const tier = (written: string) =>
    valid().replace(/^ *- fromUnits: 1\n *unitPricePerMonth: .*$/m, `      - { fromUnits: 1, ${written} }`);

  test('a comma that parts a price in two keys gives the whole price', () => {
    const [first] = problemsOf(tier('unitPricePerMonth: 4,50'));
    expect(first?.correction).toContain('"4.50"');
  });

  test('a price whose first decimal may be a zero that is lost stands for none', () => {
    const [first] = problemsOf(tier('unitPricePerMonth: 4,05'));
    expect(first?.path).toContain('unitPricePerMonth');
    expect(first?.correction).toBeUndefined();
  });

  test('two prices of one group, each with a comma, do not lend each other their decimals', () => {
    const offer = JSON.stringify(anOffer()).replace(/"(entryFee|exitFee)":"[^"]*"/g, (_all, field) =>
      field === 'entryFee' ? '"entryFee": 4,50' : '"exitFee": 7,25',
    );
    const text = JSON.stringify({ ...aDocument(), offers: ['OFFER'] }).replace('"OFFER"', offer);
    const fees = problemsOf(text).filter(({ path }) => /(?:entry|exit)Fee$/.test(path));
    expect(fees.map(({ correction }) => correction)).toEqual([undefined, undefined]);
  });
});

describe('values stay what YAML 1.2 says', () => {
  test('a date is a text', () => {
    const reading = readDocument(YAML, bytesOf('version: 2026-11-02'));
    expect(reading.kind === 'read' && reading.document.data).toEqual({ version: '2026-11-02' });
  });

  test('« no » and « on » are texts: Norway and Ontario', () => {
    const reading = readDocument(YAML, bytesOf('langues: [no, on, yes]'));
    expect(reading.kind === 'read' && reading.document.data).toEqual({ langues: ['no', 'on', 'yes'] });
  });

  test('a merge is an unknown key', () => {
    expect(problemOf(`${valid()}<<: { a: 1 }\n`)?.path).toBe('<<');
  });
});

describe('the line of a value', () => {
  const text = 'a:\n  - b: 1\n    c: 2\n  - d:\n      e: 3\n';
  const reading = readDocument(YAML, bytesOf(text));
  const lineOf =
    reading.kind === 'read'
      ? (path: readonly (string | number)[]) => reading.document.placeOf(path)?.line
      : () => undefined;

  test.each<[(string | number)[], number]>([
    [['a'], 1],
    [['a', 0], 2],
    [['a', 0, 'b'], 2],
    [['a', 0, 'c'], 3],
    [['a', 1, 'd', 'e'], 5],
    [['a', 0, 'absent'], 2],
    [['a', 7], 1],
    [['absent'], 1],
  ])('at %j is %d', (path, line) => {
    expect(lineOf(path)).toBe(line);
  });
});

test('two thousand unknown keys give a hundred problems at most', () => {
  const keys = Array.from({ length: 2_000 }, (_, n) => `k${n}: 1`).join('\n');
  const problems = problemsOf(valid() + keys);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(100);
});

test('two hundred offers that are all wrong give a hundred problems at most', () => {
  const offers = Array.from({ length: 200 }, (_, n) => ({ ...anOffer({ id: `bleuet-${n}` }), billing: 1 }));
  expect(problemsOf(JSON.stringify({ ...aDocument(), offers }), JSON_NAME)).toHaveLength(100);
});

describe('whatever is in a file, the answer is a fiche or sentences', () => {
  const answers = (content: string | Uint8Array, name: string) => {
    const checked = check(content, name);
    if (checked.kind === 'valid') return;
    expect(checked.problems.length).toBeGreaterThan(0);
    for (const { sentence } of checked.problems) expect(sentence).toMatch(/^\S.*\.$/s);
  };
  const names = fc.constantFrom(YAML, JSON_NAME);

  test('for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), names, answers), { numRuns: 500 });
  });

  test('for any text', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 2_000 }),
      fc.string({ unit: 'grapheme', maxLength: 500 }),
      fc.string({ unit: 'binary', maxLength: 500 }),
    );
    fc.assert(fc.property(text, names, answers), { numRuns: 500 });
  });

  test('for any text made of the signs of YAML', () => {
    const signs = [
      'a',
      '"',
      "'",
      ':',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '\n',
      '  ',
      '\t',
      '&a',
      '*a',
      '!',
      '|',
      '>',
      '?',
      '#',
      '%',
      '---',
      '\\',
      '<<',
      '__proto__',
      '\u2028',
      '\ufeff',
    ];
    const text = fc.array(fc.constantFrom(...signs), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(fc.property(text, names, answers), { numRuns: 1_000 });
  });

  test('for any name', () => {
    const { length } = bytesOf(valid());
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat({ max: length }), (name, cut) =>
        answers(bytesOf(valid()).subarray(0, cut), name),
      ),
    );
  });
});

import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CARDS_FOLDER } from '../../../src/app/paths.ts';
import { escapeMarkdown, typeset } from '../../../src/core/text/text.ts';
import { buildRenderer } from '../../../src/edges/teams/render.ts';
import { features } from '../../../src/features/registry.ts';
import { problemsOf } from '../../support/card-schema.ts';

const render = buildRenderer(CARDS_FOLDER, new Set());
const answered = (text: string) =>
  render({
    template: 'knowledge/answered',
    summary: text,
    view: { escalation: 'e', number: 1, text, answer: text, author: 'A' },
  });

test('an unknown template is an error, not an empty card', () => {
  expect(() => render({ template: 'knowledge/nothing', summary: '', view: {} })).toThrow('no card template');
});

test('what a card says is typeset as French is', () => {
  const json = JSON.stringify(answered("Est-ce l'offre ?"));
  expect(json).toContain('l’offre\u202f?');
});

test('a card that is only looked at is the same, but for its buttons, of which none can be pressed', () => {
  const card = {
    template: 'knowledge/ask-person',
    summary: 's',
    view: { question: 'id', message: 'Une offre ?', contact: '' },
  };
  const still = JSON.stringify(render({ ...card, inert: true }));
  expect(still).toContain('"isEnabled":false');
  expect(still.replaceAll(',"isEnabled":false', '')).toBe(JSON.stringify(render(card)));
});

test('the data of buttons are left as they are', () => {
  const card = render({
    template: 'knowledge/ask-person',
    summary: 's',
    view: { question: "l'id ?", message: "l'offre ?", contact: '' },
  });
  expect(JSON.stringify(card)).toContain('"value":"l\'offre ?"');
});

test('any text of a person gives a good card, in which nothing is an expression', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 500 }), (text) => {
      expect(problemsOf(answered(escapeMarkdown(`${text} \${$root} \${1 + 1}`)))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test('a person’s words cannot make a link, an emphasis or a mention', () => {
  expect(escapeMarkdown('[a](b) **c** <at>d</at> `e` _f_')).toBe(
    '\\[a\\]\\(b\\) \\*\\*c\\*\\* &lt;at&gt;d&lt;/at&gt; \\`e\\` \\_f\\_',
  );
});

test('invisible characters that turn or hide text are taken out', () => {
  expect(escapeMarkdown('a\u202eb\u200bc\u0007d')).toBe('abcd');
});

test.each([
  ['Pourquoi ?', 'Pourquoi\u202f?'],
  ['« Bonjour »', '«\u00a0Bonjour\u00a0»'],
  ["l'offre", 'l’offre'],
  ['Source : le guide', 'Source\u00a0: le guide'],
  ['https://a.b?c=d', 'https://a.b?c=d'],
])('« %s » is typeset', (text, expected) => {
  expect(typeset(text)).toBe(expected);
});

test('typesetting twice changes nothing more', () => {
  fc.assert(fc.property(fc.string(), (text) => typeset(typeset(text)) === typeset(text)));
});

test('every template is well-formed JSON in a folder of its feature', () => {
  expect(readdirSync(CARDS_FOLDER).sort()).toEqual(features.map(({ id }) => id).sort());
});

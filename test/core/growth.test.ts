import { expect, test } from '@jest/globals';
import { CARDS_FOLDER } from '../../src/app/paths.ts';
import { wholeOf } from '../../src/core/text/digits.ts';
import { html } from '../../src/core/text/html.ts';
import { compose, escapeMarkdown, fold, shorten, typeset } from '../../src/core/text/text.ts';
import { dayOf, moneyOf, monthsOf } from '../../src/core/text/typed.ts';
import { deliveryError } from '../../src/edges/teams/failures.ts';
import { droppedFiles } from '../../src/edges/teams/files.ts';
import { parseJson } from '../../src/edges/teams/json.ts';
import { writtenText } from '../../src/edges/teams/mentions.ts';
import { buildRenderer } from '../../src/edges/teams/render.ts';
import { allowedLink, limitedMarkdown } from '../../src/features/broadcasts/drafting/rules/content.ts';
import { readList } from '../../src/features/broadcasts/lists/rules/reading.ts';
import { readComparison } from '../../src/features/catalogue/asking/rules/comparison.ts';
import { readProduct } from '../../src/features/catalogue/asking/rules/product.ts';
import { readWish } from '../../src/features/catalogue/asking/rules/wish.ts';
import { buildNameIndex } from '../../src/features/catalogue/browsing/rules/names.ts';
import {
  buildKnowledgeBase,
  KNOWLEDGE_FOLDER,
  readContent,
  smallTalk,
} from '../../src/features/knowledge/index.ts';
import { wordsOf } from '../../src/features/knowledge/search/normalize.ts';
import { soundOf } from '../../src/features/knowledge/search/similar-words.ts';
import { fingerprint } from '../../src/features/knowledge/search/tokens.ts';
import { features } from '../../src/features/registry.ts';
import { samples } from '../support/catalogue.ts';
import { superlinear } from '../support/growth.ts';

// Whatever arrives from outside, twice as much of it takes about twice the time: 256 KB stop nobody else.

const base = buildKnowledgeBase(readContent(KNOWLEDGE_FOLDER).content);
base.warm();
const names = buildNameIndex(samples, base.knows);
const render = buildRenderer(CARDS_FOLDER, new Set());

const said = (text: string) => ({ text, recipient: { id: '28:bot', name: 'Courtier' } });

/** A message, and entities that mention the assistant without a name, in as many bytes. */
const mentioning = (text: string) => ({
  ...said(text),
  entities: Array.from({ length: text.length / 50 }, () => ({
    type: 'mention',
    mentioned: { id: '28:bot' },
  })),
});

test.each<[string, (text: string) => unknown]>([
  ['fold', fold],
  ['compose', compose],
  ['escapeMarkdown', escapeMarkdown],
  ['typeset', typeset],
  ['shorten', (text) => shorten(text, 100)],
  ['limitedMarkdown', limitedMarkdown],
  ['allowedLink', (text) => allowedLink(`https://${text}`, ['.quebec.ca'])],
  ['a page', (text) => html`<p>${text}</p>`.html],
  ['the words of a question', wordsOf],
  ['the sound of a word', soundOf],
  ['the fingerprint of a question', fingerprint],
  ['small talk', smallTalk],
  ['the search', (text) => base.search(text)],
  ['the names of the catalogue', (text) => names.find(text)],
  ['the wish for offers', (text) => readWish(text, ['mfa'])],
  ['the offers to compare', readComparison],
  ['the product that is asked for', (text) => readProduct(text, base.knows)],
  ['JSON', (text) => parseJson(Buffer.from(text))],
  ['JSON of a text', (text) => parseJson(Buffer.from(JSON.stringify({ text })))],
  ['the answer of a connector', (text) => deliveryError(Object.assign(new Error(text), { statusCode: 403 }))],
  ['a message, with as many mentions of nobody as it is long', (text) => writtenText(mentioning(text))],
  ['a message', (text) => writtenText(said(text))],
  ['a message below what it quotes', (text) => writtenText(said(`> ${text}\n${text}`))],
  ['an amount', moneyOf],
  ['an amount before something else', (text) => moneyOf(`1${text}x`)],
  ['a day', dayOf],
  ['a length', monthsOf],
  ['a whole number', wholeOf],
  ['a file of people', (text) => readList([{ name: '', rows: [[text, 'alex@exemple.ca']] }])],
  [
    'the name of a file',
    (name) =>
      droppedFiles(
        {
          attachments: [
            {
              contentType: 'application/vnd.microsoft.teams.file.download.info',
              name,
              content: { downloadUrl: name },
            },
          ],
        },
        { hosts: [], loopback: false },
      ),
  ],
  [
    'a card',
    (text) =>
      render({ template: 'knowledge/declined', view: { question: text, title: text }, summary: text }),
  ],
])('%s takes a time that grows with the text', (_name, work) => {
  expect(superlinear(work)).toEqual([]);
});

/** What a pattern of a form may stumble over. */
const TYPED = [' ', '\n', '1', '1.', ',', ',a', 'a', 'a-', ':', '1:1,', '\u0301\u0323', '😀', 'é'];

test('each form takes a time that grows with what is typed into it', () => {
  const slow = [...new Set(features.flatMap(({ actions }) => actions.map(({ input }) => input)))].flatMap(
    (input) => {
      if (!('shape' in input) || typeof input.shape !== 'object' || input.shape === null) return [];
      const fields = Object.keys(input.shape);
      const filled = (text: string) =>
        input.safeParse(Object.fromEntries(fields.map((field) => [field, text])));
      return superlinear(filled, TYPED).map((found) => `${fields} ${found}`);
    },
  );
  expect(slow).toEqual([]);
});

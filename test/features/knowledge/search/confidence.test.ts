import { expect, test } from '@jest/globals';
import { confidence } from '../../../../src/features/knowledge/search/confidence.ts';

const good = { words: 1.2, letters: 0.8, coverage: 1, length: 5, background: 0.01 };

test('all that speaks for the best entry makes an answer sure', () => {
  expect(confidence(good)).toBeGreaterThan(0.9);
  expect(confidence({ ...good, background: undefined })).toBeGreaterThan(0.9);
});

test.each([
  ['fewer of the words are in the entry', { words: 0.4 }],
  ['no utterance is near', { letters: 0.1 }],
  ['words are unknown', { coverage: 0.3 }],
  ['there are fewer words', { length: 1 }],
  ['the message looks out of scope', { background: 0.9 }],
])('confidence falls when %s', (_what, change) => {
  expect(confidence({ ...good, ...change })).toBeLessThan(confidence(good));
});

test('from five words on, more of them prove no more', () => {
  expect(confidence({ ...good, length: 12 })).toBe(confidence(good));
});

test('certainty out of scope stays finite', () => {
  expect(confidence({ ...good, background: 1 })).toBeGreaterThan(0);
  expect(confidence({ ...good, background: 0 })).toBeLessThan(1);
});

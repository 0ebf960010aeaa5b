import { expect, test } from '@jest/globals';
import { confidence } from '../../../../src/features/knowledge/search/confidence.ts';

const good = {
  words: 1.2,
  letters: 0.8,
  probability: 0.9,
  lead: 0.6,
  agreed: true,
  coverage: 1,
  length: 5,
  background: 0.01,
};

test('all that speaks for the best entry makes an answer sure', () => {
  expect(confidence(good).right).toBeGreaterThan(0.8);
  expect(confidence({ ...good, background: undefined }).right).toBeGreaterThan(0.8);
});

test.each([
  ['fewer of the words are in the entry', { words: 0.4 }],
  ['the classifier doubts', { probability: 0.1 }],
  ['another entry is as near', { lead: 0 }],
  ['words are unknown', { coverage: 0.3 }],
  ['there are fewer words', { length: 1 }],
])('the chance that the entry is right falls when %s', (_what, change) => {
  expect(confidence({ ...good, ...change }).right).toBeLessThan(confidence(good).right);
});

test.each([
  ['no utterance is near', { letters: 0.1 }],
  ['words are unknown', { coverage: 0.3 }],
  ['there are fewer words', { length: 1 }],
  ['the message looks out of scope', { background: 0.9 }],
])('the chance that some entry answers falls when %s', (_what, change) => {
  expect(confidence({ ...good, ...change }).covered).toBeLessThan(confidence(good).covered);
});

test('from five words on, more of them prove no more', () => {
  expect(confidence({ ...good, length: 12 })).toEqual(confidence(good));
});

test('certainty out of scope stays finite', () => {
  expect(confidence({ ...good, background: 1 }).covered).toBeGreaterThan(0);
  expect(confidence({ ...good, background: 0 }).covered).toBeLessThan(1);
});

import { expect, test } from '@jest/globals';
import { Bm25f } from '../../../../src/features/knowledge/search/bm25f.ts';
import { Classifier } from '../../../../src/features/knowledge/search/classifier.ts';
import { Expansion } from '../../../../src/features/knowledge/search/expansion.ts';
import { learned } from '../../../../src/features/knowledge/search/learning.ts';
import { Nearest } from '../../../../src/features/knowledge/search/nearest.ts';
import { ngramsOf } from '../../../../src/features/knowledge/search/ngrams.ts';
import { analyse } from '../../../../src/features/knowledge/search/tokens.ts';
import { Vocabulary } from '../../../../src/features/knowledge/search/vocabulary.ts';

const texts = ['durée du contrat', 'prix des offres', 'prix du contrat'].map(analyse);
const vocabulary = new Vocabulary();
for (const { tokens } of texts) vocabulary.add(tokens);
const [duration, offers, price] = texts as [(typeof texts)[0], (typeof texts)[0], (typeof texts)[0]];
const known = (text: string) =>
  analyse(text).tokens.map((token) => ({ ...token, forms: [{ key: token.key, factor: 1 }] }));

test('a rare word tells more than a common one, and an unknown one the most', () => {
  expect(vocabulary.idf('dure')).toBeGreaterThan(vocabulary.idf('contrat'));
  expect(vocabulary.idf('inconnu')).toBeGreaterThan(vocabulary.idf('dure'));
});

test('a text of known words has length one, and unknown words shorten what is left', () => {
  const squares = ({ values }: { values: Float32Array }) =>
    values.reduce((sum, value) => sum + value * value, 0);
  expect(squares(vocabulary.vector(duration.tokens))).toBeCloseTo(1);
  expect(squares(vocabulary.vector(analyse('durée de la tourtière').tokens))).toBeLessThan(1);
});

test('the nearest utterance of each entry counts', () => {
  const vectors = texts.map(({ tokens }) => vocabulary.vector(tokens));
  const nearest = Nearest.of(vectors, [0, 1, 1], vocabulary.size);
  const [first, second] = nearest.scores(vocabulary.vector(price.tokens), 2);
  expect(second).toBeCloseTo(1);
  expect(first).toBeLessThan(1);
});

test('a word in the question counts more than in the answer', () => {
  const numbered = ({ tokens }: typeof duration) => vocabulary.number(tokens);
  const alternates = vocabulary.number([]);
  const entries = [
    { question: numbered(duration), alternates, answer: numbered(offers) },
    { question: numbered(offers), alternates, answer: numbered(duration) },
  ];
  const [inQuestion = 0, inAnswer = 0] = Bm25f.of(entries, vocabulary).scores(known('durée'));
  expect(inQuestion).toBeGreaterThan(inAnswer);
  expect(inAnswer).toBeGreaterThan(0);
});

test('the classifier learns its examples, and its probabilities make one', () => {
  const examples = texts.map(({ tokens }, target) => ({
    vector: vocabulary.vector(tokens),
    target,
    weight: 1,
  }));
  const classifier = new Classifier(learned(examples, vocabulary.size, 3));
  examples.forEach(({ vector }, n) => {
    const probabilities = classifier.probabilities(vector);
    expect(probabilities.indexOf(Math.max(...probabilities))).toBe(n);
    expect(probabilities.reduce((sum, p) => sum + p)).toBeCloseTo(1);
  });
});

test.each([
  ['contrrat', 'contrat'],
  ['contra', 'contrat'],
  ['dureee', 'dure'],
])('« %s », never seen, is taken for « %s »', (word, stem) => {
  const expansion = Expansion.of(new Set(texts.flatMap(({ words }) => words)), vocabulary);
  expect(expansion.expand(analyse(word))[0]?.forms[0]?.key).toBe(stem);
});

test('a word far from all others is taken for none', () => {
  const expansion = Expansion.of(new Set(texts.flatMap(({ words }) => words)), vocabulary);
  expect(expansion.expand(analyse('tourtière'))[0]?.forms).toEqual([]);
});

test('letters keep to their word, whose borders are marked', () => {
  expect(ngramsOf(['ab', 'cd']).map(({ key }) => key)).toEqual(['_ab', 'ab_', '_ab_', '_cd', 'cd_', '_cd_']);
});

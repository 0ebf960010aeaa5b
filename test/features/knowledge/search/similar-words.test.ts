import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editDistance } from '../../../../src/core/text/edit-distance.ts';
import { soundOf } from '../../../../src/features/knowledge/search/similar-words.ts';

test.each([
  ['contrat', 'contrat', 0],
  ['contrat', 'contat', 1],
  ['contrat', 'conrtat', 1],
  ['fournisseur', 'fourniseur', 1],
  ['prix', 'banc', 3],
])('from « %s » to « %s » there are %i changes', (a, b, distance) => {
  expect(editDistance(a, b, 2)).toBe(distance);
});

const word = fc.string({ unit: fc.constantFrom(...'abcde'), maxLength: 8 });

test('the edit distance is symmetric, and none from a word to itself', () => {
  fc.assert(
    fc.property(
      word,
      word,
      (a, b) => editDistance(a, b, 9) === editDistance(b, a, 9) && editDistance(a, a, 9) === 0,
    ),
  );
});

test('a limit only shortens the work', () => {
  fc.assert(fc.property(word, word, (a, b) => editDistance(a, b, 2) === Math.min(3, editDistance(a, b, 9))));
});

test.each([
  ['fournisseur', 'fourniseur'],
  ['contrat', 'contra'],
  ['donnees', 'donner'],
  ['infonuagique', 'infonuajique'],
  ['qualite', 'kalite'],
])('« %s » sounds like « %s »', (a, b) => {
  expect(soundOf(a)).toBe(soundOf(b));
});

import { expect, test } from '@jest/globals';
import { ideasOf, ideasOfExpressions } from '../../../../src/features/knowledge/search/idea-finder.ts';
import { IDEAS } from '../../../../src/features/knowledge/search/ideas.ts';

const share = (a: string, b: string) => ideasOf(a).some((idea) => ideasOf(b).includes(idea));

test.each([
  ['fournisseur', 'vendeur'],
  ['essayer', 'tester'],
  ['boss', 'dirigeant'],
  ['ville', 'municipalite'],
  ['cher', 'prix'],
  ['chicane', 'litige'],
  ['resilier', 'annuler'],
  ['amortir', 'immobilisation'],
])('« %s » and « %s » share an idea', (a, b) => {
  expect(share(a, b)).toBe(true);
});

test.each([
  ['fournisseur', 'formation'],
  ['signer', 'heberger'],
])('« %s » and « %s » share no idea', (a, b) => {
  expect(share(a, b)).toBe(false);
});

test('a misspelt word still has its ideas', () => {
  expect(ideasOf('fourniseur')).toEqual(ideasOf('fournisseur'));
});

test('a word of another world has none', () => {
  expect(ideasOf('tourtiere')).toEqual([]);
});

test.each([
  ['en meme temps', '#simultane'],
  ['le mot de passe du portail', '#identifiant'],
  ['conclu hors canada', '#etranger'],
])('« %s » is an expression of %s', (text, idea) => {
  expect(ideasOfExpressions(text.split(' '))).toContain(idea);
});

test('no two ideas have the same name, and none has a word twice', () => {
  for (const { words } of IDEAS) expect(words.filter((word, n) => words.indexOf(word) !== n)).toEqual([]);
  const names = IDEAS.map(({ name }) => name);
  expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
});

test('every word of every idea is folded, as the words it is compared with', () => {
  for (const { words } of IDEAS) for (const word of words) expect(word).toMatch(/^[a-z0-9_+.-]+$/);
});

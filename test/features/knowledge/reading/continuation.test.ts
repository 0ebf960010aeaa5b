import { expect, test } from '@jest/globals';
import { continuationOf } from '../../../../src/features/knowledge/reading/continuation.ts';

test.each([
  'combien de temps ?',
  'pour combien d’utilisateurs ?',
  'pourquoi ?',
  'et pour une université ?',
  'et en France ?',
  'et s’il refuse ?',
  'ok et quand ?',
  'c’est obligatoire ?',
])('« %s » cannot be read without what was said before', (said) => {
  expect(continuationOf(said)).toBe('bare');
});

test.each([
  ['et le SEAO ?', 'and'],
  ['il doit le signer avant ?', 'short'],
  ['c’est ça la règle ?', 'short'],
  ['durée maximale', 'short'],
])('« %s » may go on from what was said before', (said, how) => {
  expect(continuationOf(said)).toBe(how);
});

test.each([
  'Quelle est la durée maximale d’un contrat spécifique ?',
  `et ${'encore '.repeat(20)}?`,
  'Qui doit donner son autorisation avant la signature ?',
])('« %s » stands by itself', (said) => {
  expect(continuationOf(said)).toBeUndefined();
});

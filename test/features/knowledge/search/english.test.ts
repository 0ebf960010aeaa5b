import { expect, test } from '@jest/globals';
import { inFrench } from '../../../../src/features/knowledge/search/english.ts';

const french = (text: string) => inFrench(text.split(' ')).join(' ');

test.each([
  ['how long is the contract', 'duree contrat'],
  ['who signs the agreement', 'signer entente'],
  ['suppliers outside canada', 'fournisseurs hors canada'],
  ['negotiating prices', 'negocier prix'],
  ['maximum term', 'maximum duree'],
])('« %s » is read in French', (english, expected) => {
  expect(french(english)).toBe(expected);
});

test.each([
  'le meeting de la semaine avec notre broker',
  'on a un contrat de trois ans',
  'question sur le service',
  'support technique',
  'date de fin',
])('« %s » is left as it is', (text) => {
  expect(french(text)).toBe(text);
});

test('no words are no words', () => {
  expect(inFrench([])).toEqual([]);
});

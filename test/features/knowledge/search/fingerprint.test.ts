import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fingerprint } from '../../../../src/features/knowledge/search/index.ts';

test.each([
  ['Quelle est la durée du contrat ?', 'du contrat la DUREE quelle est'],
  ['Peut-on héberger nos données ailleurs ?', 'heberger nos donnees ailleurs, peut-on'],
  ['Bonjour, qui signe le contrat ? Merci !', 'le contrat, qui le signe'],
  ["L'entente du fournisseur", 'entente fournisseur'],
])('« %s » and « %s » are the same question', (a, b) => {
  expect(fingerprint(a)).toBe(fingerprint(b));
});

test.each([
  ['durée du contrat', 'prix du contrat'],
  ['Кто подписывает договор?', 'Где хранятся данные?'],
  ['谁签合同', '数据在哪里'],
  ['pourquoi', 'comment'],
])('« %s » and « %s » are two questions', (a, b) => {
  expect(fingerprint(a)).not.toBe(fingerprint(b));
});

test('the order and repetition of words do not change a fingerprint', () => {
  const words = fc.array(fc.constantFrom('contrat', 'prix', 'fournisseur', 'essai', 'signer', 'données'), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(
      words,
      (said) => fingerprint(said.join(' ')) === fingerprint([...said, ...said].reverse().join(' ')),
    ),
  );
});

test.each(['', '  ', '🎉'])('« %s » says nothing', (text) => {
  expect(fingerprint(text)).toBe('');
});

test('any text has a fingerprint whose capitals do not matter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      expect(fingerprint(text.toUpperCase())).toBe(fingerprint(text.toLowerCase()));
    }),
  );
});

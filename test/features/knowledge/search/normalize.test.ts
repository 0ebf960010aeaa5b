import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wordsOf } from '../../../../src/features/knowledge/search/normalize.ts';

test.each([
  ['Élément DÉJÀ hébergé', ['element', 'deja', 'heberge']],
  ["l'entente qu'on a", ['entente', 'on', 'a']],
  ['l’entente jusqu’au bout', ['entente', 'au', 'bout']],
  ['un cœur', ['un', 'coeur']],
  ['Faut-il signer ?', ['faut', 'signer']],
  ['Y a-t-il un rabais', ['y', 'a', 'un', 'rabais']],
  ['On peut-tu essayer', ['on', 'peut', 'essayer']],
  ["un appel d'offres", ['un', 'appeldoffres']],
  ['aux États-Unis', ['aux', 'etatsunis']],
  ['how many of us', ['how', 'many', 'of', 'us']],
  ['mon e-mail', ['mon', 'courriel']],
  ['le courrier électronique', ['le', 'courriel']],
  ['une preuve de concept', ['une', 'preuveconcept']],
  ["trois bancs d'essai", ['trois', 'bancessai']],
  ['la section 3.4.3', ['la', 'section', '3.4.3']],
  ['Bonjour, durée du contrat svp', ['duree', 'du', 'contrat']],
  ["Salut ! J'aurais une question : combien ça coûte ? Merci beaucoup !", ['combien', 'ca', 'coute']],
  ['Pourriez-vous me dire qui signe', ['qui', 'signe']],
  ['облако и договор', ['облако', 'и', 'договор']],
])('« %s » is read in the words that tell', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('courtesies alone are kept, so that something remains to be read', () => {
  expect(wordsOf('merci')).toEqual(['merci']);
});

test('capitals and accents make no difference', () => {
  const word = fc.constantFrom('Hébergé', 'DURÉE', 'à', 'sécurité', "l'été", 'Où', 'contrat');
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
      const text = words.join(' ');
      const bare = text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
      expect(wordsOf(bare)).toEqual(wordsOf(text));
    }),
  );
});

import { expect, test } from '@jest/globals';
import { anew, continuationOf } from '../../../../src/features/knowledge/reading/continuation.ts';

test.each([
  'combien de temps ?',
  'pour combien d’utilisateurs ?',
  'pourquoi ?',
  'ok et quand ?',
  'c’est obligatoire ?',
])('« %s » cannot be read without what was said before', (said) => {
  expect(continuationOf(said)).toBe('bare');
});

test.each([
  ['et pour une université ?', 'varied'],
  ['et en France ?', 'varied'],
  ['et s’il refuse ?', 'varied'],
  ['même pour un petit contrat ?', 'varied'],
  ['Qui doit donner son autorisation avant la signature ?', 'near'],
  ['et le SEAO ?', 'named'],
  ['et celui du Catalogue ?', 'named'],
  ['pis les frais de gestion ?', 'named'],
  ['et ça prend une permission ?', 'and'],
  ['il doit le signer avant ?', 'pointing'],
  ['c’est ça la règle ?', 'pointing'],
  ['est-il différent d’un fournisseur à l’autre ?', 'pointing'],
  ['à quoi ils servent ?', 'pointing'],
  ['on met les dossiers des employés dedans ou pas ?', 'pointing'],
  ['qui l’écrit, alors ?', 'pointing'],
  ['que doit-on faire avant ?', 'pointing'],
  ['est-il permis de faire un essai ?', 'near'],
  ['durée maximale', 'short'],
])('« %s » may go on from what was said before', (said, how) => {
  expect(continuationOf(said)).toBe(how);
});

test.each([
  'Quelle est la durée maximale d’un contrat spécifique, renouvellements et prolongations compris, s’il vous plaît ?',
  `et ${'encore '.repeat(20)}?`,
])('« %s » stands by itself', (said) => {
  expect(continuationOf(said)).toBeUndefined();
});

test.each([
  [
    'Ah pis en passant, si une fiche contient une erreur on le dit à qui ?',
    'si une fiche contient une erreur on le dit à qui ?',
  ],
  ['bon jlache ca. un banc d’essai, ca coute tu ?', 'un banc d’essai, ca coute tu ?'],
  ['Autre question : qui signe le contrat ?', 'qui signe le contrat ?'],
])('« %s » begins something else', (said, rest) => {
  expect(anew(said)).toBe(rest);
});

test('what says nothing of it goes on', () => {
  expect(anew('et pour une université ?')).toBeUndefined();
});

test.each([
  'Peut-on mettre autre chose que des courriels dans ce contrat ?',
  'Autre chose que le prix peut-il compter dans le choix ?',
  'Peut-on laisser faire le fournisseur pour la migration ?',
])('« %s » announces nothing', (said) => {
  expect(anew(said)).toBeUndefined();
});

import { expect, test } from '@jest/globals';
import { mayOpen, mayTurn } from '../../../../src/features/knowledge/reading/polarity.ts';

test.each([
  'Peut-on ajouter nos propres conditions ?',
  'on peut-tu ajouter une clause',
  'Est-ce que le Courtier signe ?',
  'Le Courtier signe le contrat ?',
  'Can we add our own terms?',
  'c’est-tu correct d’ajouter une clause',
])('« %s » wants a yes or a no', (said) => {
  expect(mayOpen(said)).toBe(true);
});

test.each([
  ['asks who', 'Qui signe le contrat ?'],
  ['asks how much', 'Quel est le montant minimal ?'],
  ['is keywords', 'conditions propres contrat'],
  ['asks the contrary', 'Est-ce interdit d’ajouter une clause ?'],
  ['denies', 'On ne peut pas ajouter de clause ?'],
  ['denies in English', 'Is it prohibited to add terms?'],
])('a message that %s has no « Oui » or « Non » before its answer', (_what, said) => {
  expect(mayOpen(said)).toBe(false);
});

test('a word that asks the contrary of the entry closes it too', () => {
  expect(mayOpen('Est-ce que le contrat est juste entre nous et le fournisseur ?')).toBe(true);
  expect(mayOpen('Est-ce que le contrat est juste entre nous et le fournisseur ?', ['juste'])).toBe(false);
});

test.each([
  'Est-ce défendu ?',
  'Quatre ans, est-ce trop long ?',
  'Est-ce qu’on dépasse la limite avec 45 ?',
  'Sommes-nous en retard après dix jours ?',
])('« %s » could be read the other way round', (said) => {
  expect(mayTurn(said)).toBe(true);
});

test.each(['Est-ce permis ?', '45 employés veulent essayer', 'Peut-on signer pour quatre ans ?'])(
  '« %s » is read one way only',
  (said) => {
    expect(mayTurn(said)).toBe(false);
  },
);

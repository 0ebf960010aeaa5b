import { expect, test } from '@jest/globals';
import { leavesOut } from '../../../../src/features/knowledge/reading/asked-aspect.ts';

const SENT =
  'La lettre de résiliation est envoyée au Courtier par courriel, aussitôt la résiliation effective.';

test.each([
  ['Auriez-vous un modèle de lettre ?', 'a form'],
  ['Doit-elle être en PDF ?', 'a format'],
  ['Dans quel logiciel la garder ?', 'a tool'],
  ['Quelle est l’amende si on oublie ?', 'a sanction'],
  ['La lettre doit-elle être en français ?', 'a language'],
  ['Combien d’exemplaires faut-il ?', 'a number'],
  ['Peut-on enregistrer l’appel ?', 'a recording'],
  ['Un dépassement de 10 % est-il permis ?', 'a percentage'],
])('« %s » asks for what an answer that says nothing of it leaves out: %s', (said) => {
  expect(leavesOut(SENT, said)).toBe(true);
});

test.each([
  ['Faut-il un formulaire ?', 'Remplissez la fiche d’autorisation : c’est le formulaire du SCT.'],
  ['Combien d’étapes y a-t-il ?', 'Le processus a cinq étapes.'],
  ['Combien d’utilisateurs peuvent essayer ?', 'Un essai compte 30 unités au plus de chaque offre.'],
  ['Quelle pénalité est prévue ?', 'Les pénalités sont dans les conditions du fournisseur.'],
  ['Combien de temps garder la lettre ?', SENT],
  ['À qui envoyer la lettre ?', SENT],
])('« %s » is told by « %s », or asks for nothing of the kind', (said, answer) => {
  expect(leavesOut(answer, said)).toBe(false);
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { halvesOf, questionsIn } from '../../../../src/features/knowledge/reading/questions.ts';

test.each([
  ['in two sentences', 'Peut-on acheter ? Et quel est le montant minimal ?', 2],
  ['in one sentence', 'Qui signe le contrat et combien de temps dure-t-il ?', 2],
  ['joined by « pis »', 'Qui prépare le contrat, pis combien de temps ça dure ?', 2],
  ['behind what is told', 'Notre conseil se réunit lundi. Le maire hésite. Peut-on acheter ?', 1],
  ['and no question', 'durée maximale du contrat', 0],
  ['and only facts', 'Notre contrat finit en mars.', 0],
  ['in a numbered section', 'Que dit la section 3.4.3 du guide ?', 1],
])('a message with questions %s', (_how, said, count) => {
  expect(questionsIn(said)).toHaveLength(count);
});

test('« et » between two things asks one question', () => {
  expect(questionsIn('Le courriel et le tableur sont-ils dans le Catalogue ?')).toHaveLength(1);
});

test('every question is a part of what was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const flat = text.replace(/\s+/g, ' ');
      for (const question of questionsIn(text)) expect(flat).toContain(question);
    }),
  );
});

test.each([
  'Combien de temps on garde le contrat, et un banc d’essai, ça dure combien ?',
  'Est-on obligé de passer par le Catalogue ? Et les rapports d’audit, on peut les voir ?',
  'cest koi un fournisseur selon le guide pis ils sont tu evalués',
])('« %s » may be two questions', (said) => {
  expect(halvesOf(said)).not.toEqual([]);
});

test('two things of which one question is asked are no two questions', () => {
  expect(halvesOf('De quoi parle-t-on avec le fournisseur et le Courtier ?')).toEqual([]);
});

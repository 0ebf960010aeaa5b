import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { giveRole } from '../../../support/organization.ts';
import { alex, diane, samuel } from '../../../support/people.ts';
import { countOf } from '../../../support/rows.ts';

// The staff try a question, see why it is answered so, and keep it as a measure.

const teams = fakeTeams();
const KNOWN = 'Quelle est la durée maximale d’un contrat ?';

beforeEach(async () => {
  for (const person of [diane, samuel]) await giveRole(teams, person, 'staff');
});
const add = async (question: string, expected: string) =>
  teams.mustClick(diane, await teams.asks(diane, `essayer ${question}`), 'Ajouter au banc', {
    wording: question,
    expected,
  });

test('a question that is tried shows what comes, and what each signal says of the nearest', async () => {
  const card = await teams.asks(diane, `essayer ${KNOWN}`);
  expect(card.plain).toContain('Je réponds');
  expect(card.plain).toMatch(/mots \d+ % · lettres \d+ % · classifieur \d+ %/);
  expect(card.plain).toMatch(/connus du guide à \d+ %/);
  expect(card.plain).toMatch(/hors sujet, d’après le classifieur : \d+ %/);
  expect(card.valueOf('expected')).toBe('duree-contrat');
  expect(await countOf(teams, sql`questions`)).toBe(0);
});

test('alone, the command asks for the question', async () => {
  const form = await teams.asks(diane, 'essayer');
  const card = await teams.mustClick(diane, form, 'Essayer', { wording: 'recette du pâté chinois' });
  expect(card.plain).toContain('pas de réponse sûre');
  expect(card.valueOf('expected')).toBe('-');
});

test('of somebody who is not of the staff it is a question like any other', async () => {
  expect((await teams.asks(alex, `essayer ${KNOWN}`)).template).not.toBe('knowledge/try');
});

test('the test set is listed by how it goes, run on demand, and its figure is kept over time', async () => {
  await add(KNOWN, 'duree-contrat');
  await add('Quelle est la recette du pâté chinois ?', '-');
  await add('Combien coûtent les frais de gestion ?', 'preuve-de-concept');
  const bench = await teams.asks(diane, 'banc de questions');
  expect(bench.plain).toContain('Banc de questions · 3');
  expect((await teams.mustClick(diane, bench, 'Réussies')).plain).toContain('réussies · 2');
  const bad = await teams.mustClick(diane, bench, 'Ratées');
  expect(bad.plain).toContain('ratées · 1');
  expect(bad.plain).toContain('attendu');
  expect((await teams.mustClick(diane, bench, 'Lancer')).plain).toContain('2 sur 3 : le résultat est noté');
  teams.clock.advance({ days: 7 });
  await teams.mustClick(diane, bad, 'Retirer');
  const again = await teams.mustClick(diane, await teams.asks(diane, 'banc'), 'Lancer');
  expect(again.plain).toMatch(/2 sur 2[\s\S]*100 %[\s\S]*2 sur 3[\s\S]*67 %/);
});

test('an empty test set is not run', async () => {
  const bench = await teams.asks(diane, 'banc');
  expect(await teams.refusedClick(diane, bench, 'Lancer')).toContain('Le banc est vide');
});

test('an answer that is not in force is refused', async () => {
  expect(
    await teams.refusedPress(diane, 'knowledge.addToBench', { asked: KNOWN, expected: 'courtier-9' }),
  ).toContain('en vigueur');
});

test('a client reaches none of it', async () => {
  expect(
    await teams.reaches(alex, [
      ['knowledge.tryQuestion', { wording: KNOWN }],
      ['knowledge.addToBench', { asked: KNOWN, expected: 'duree-contrat' }],
      ['knowledge.bench', { filter: 'all', page: 1 }],
      ['knowledge.removeFromBench', { question: '00000000-0000-4000-8000-000000000000' }],
      ['knowledge.runBench', {}],
    ]),
  ).toEqual([]);
});

import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { page } from '../../../../src/app/doors.ts';
import type { Person } from '../../../../src/core/turn.ts';
import { aContract } from '../../../support/contracts.ts';
import { evaluating, ofBodies } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { admin, alex, diane, nadia } from '../../../support/people.ts';
import { traces } from '../../../support/together.ts';
import { wordsOf } from '../../../support/word.ts';

// What staff put in place of a comment, before the supplier reads it and after.

const teams = fakeTeams();
const { answer, campaign, confirmed, submit } = evaluating(teams);
const YEAR = { supplier: 'airelle', year: 2026 };

/** A contract of the supplier evaluated by each of so many bodies: « Avis 0 », « Avis 1 »… */
async function evaluated(bodies: number): Promise<void> {
  const who = await ofBodies(teams, bodies);
  for (const person of who) await aContract(teams, {}, person);
  await campaign();
  for (const [n, person] of who.entries()) {
    const { rows } = await teams.services.evaluations.evaluationsPage(person, 1, 5);
    await submit(rows[0]?.evaluation.id ?? '', '4', { comment: `Avis ${n}` }, person);
  }
}

const written = async (all = false) =>
  (await teams.services.results.commentsPage(YEAR, ['overall'], 1, 50, all)).rows;

/** What a card of « Avis n » sends. */
async function card(n = 1) {
  const row = (await written(true)).find(({ comment }) => comment === `Avis ${n}`);
  return { ...YEAR, comment: row?.mark ?? '', page: 1, seen: row?.revision ?? 0 };
}

const release = async (): Promise<string> => {
  await teams.press(diane, 'evaluations.release', YEAR);
  return teams.lastCard().token();
};
const read = async (token: string) => wordsOf((await page(token, undefined, teams.services)).body);
const comments = async (person: Person) =>
  (await teams.mustPress(person, 'evaluations.resultComments', { ...YEAR, page: 1 })).plain;

beforeEach(() => people(teams));

test('the supplier reads the words of the broker, and staff both', async () => {
  await evaluated(3);
  const opened = await teams.mustPress(diane, 'evaluations.openComment', await card());
  await teams.click(diane, opened, 'Remplacer ces mots', { words: 'Support à améliorer.' });
  expect(await comments(diane)).toContain('Avis 1');
  expect(await comments(diane)).toContain('Support à améliorer.');
  const sheet = await read(await release());
  expect(sheet).toContain('« Support à améliorer. » (mots revus par le Courtier)');
  expect(sheet).not.toContain('Avis 1');
  expect(sheet).toContain('Avis 2');
});

test('a comment that is taken away leaves its place', async () => {
  await evaluated(3);
  const opened = await teams.mustPress(diane, 'evaluations.openComment', await card());
  await teams.click(diane, opened, 'Retirer le commentaire');
  const sheet = await read(await release());
  expect(sheet).toContain('Retiré par le Courtier');
  expect(sheet).not.toContain('Avis 1');
});

test('a sheet that was released follows, both ways, behind the same link', async () => {
  await evaluated(3);
  const link = await release();
  expect(await read(link)).toContain('Avis 1');
  await teams.mustPress(diane, 'evaluations.redact', { ...(await card()), how: 'hide' });
  expect(await read(link)).not.toContain('Avis 1');
  const opened = await teams.mustPress(diane, 'evaluations.openComment', await card());
  await teams.click(diane, opened, 'Rétablir l’original');
  expect(await read(link)).toContain('Avis 1');
});

test('so does one that was released before sheets said which comments they have', async () => {
  await evaluated(3);
  const link = await release();
  await teams.db.execute(sql`update evaluation_releases set comments = '[]'`);
  await teams.mustPress(diane, 'evaluations.redact', { ...(await card()), how: 'hide' });
  const sheet = await read(link);
  expect(sheet).not.toContain('Avis 1');
  expect(sheet).toContain('Avis 2');
});

test('written otherwise since, a comment stays redacted, and staff are told to read it again', async () => {
  await evaluated(3);
  const link = await release();
  await teams.mustPress(diane, 'evaluations.redact', { ...(await card(0)), how: 'hide' });
  const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 5);
  const evaluation = rows[0]?.evaluation.id ?? '';
  await answer(evaluation, 2, { overall: '4', comment: 'Avis neuf', revision: 3 });
  await confirmed(evaluation);
  expect(await read(link)).not.toContain('Avis 0');
  expect(await comments(admin)).toContain('Le commentaire a changé depuis');
});

test('words that are empty or too long are refused, and come back as they were typed', async () => {
  await evaluated(3);
  const data = await card();
  expect(await teams.refusedPress(diane, 'evaluations.redact', { ...data, words: ' ' })).toContain(
    'Écrivez ce que le fournisseur lira',
  );
  const long = 'x'.repeat(1_001);
  const back = await teams.sentBack(diane, 'evaluations.redact', { ...data, words: long });
  expect(back.inputs.find(({ id }) => id === 'words')?.value).toBe(long);
  expect(await teams.services.results.redactionsOf(YEAR)).toEqual([]);
});

test('on a card that a colleague’s is newer than, nothing changes and the words are not lost', async () => {
  await evaluated(3);
  const data = await card();
  await teams.mustPress(admin, 'evaluations.redact', { ...data, words: 'Ceux de la collègue' });
  const back = await teams.sentBack(diane, 'evaluations.redact', { ...data, words: 'Les miens' });
  expect(back.inputs.find(({ id }) => id === 'words')?.value).toBe('Les miens');
  expect(back.plain).toContain('Ceux de la collègue');
  expect(await teams.services.results.redactionsOf(YEAR)).toMatchObject([{ words: 'Ceux de la collègue' }]);
});

test('twice or at once is once, in the journal without the words', async () => {
  await evaluated(3);
  const data = { ...(await card()), words: 'Support à améliorer.' };
  for (let n = 0; n < 2; n++) await teams.mustPress(diane, 'evaluations.redact', data);
  expect(await traces(teams, 'evaluation.redact')).toBe(1);
  const { results } = teams.services;
  const other = await card(2);
  const both = await Promise.all(
    ['Un', 'Deux'].map((words) => results.redact(diane, YEAR, other.comment, words, 0)),
  );
  expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'stale']);
  expect(await traces(teams, 'evaluation.redact')).toBe(2);
});

test('a client finds none of it, nor staff what fewer than three bodies wrote', async () => {
  await evaluated(2);
  const data = { ...(await card()), words: 'Rien' };
  for (const verb of ['openComment', 'redact'])
    for (const person of [alex, nadia, diane])
      expect(await teams.refusedPress(person, `evaluations.${verb}`, data)).toContain('introuvable');
  await teams.mustPress(admin, 'evaluations.redact', data);
  expect(await teams.services.results.redactionsOf(YEAR)).toHaveLength(1);
});

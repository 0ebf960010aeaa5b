import { beforeEach, expect, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFile, DETAILS, kickoffOf, people, requested } from '../../../support/kickoff.ts';
import { alex, diane, nadia } from '../../../support/people.ts';

// A meeting that is asked for again, once one was cancelled.

const teams = fakeTeams();
beforeEach(() => people(teams));

const WORDS = {
  project: 'Remplacer le courriel de trois directions',
  existing: 'Un contrat qui finit en mars',
  quantities: '100 boîtes, puis 60 de plus en janvier',
  amount: '12 345,00 $',
  never: 'monday-am,friday-pm',
};

async function cancelled() {
  const file = await aFile(teams);
  await teams.services.files.share(alex, file, nadia);
  await requested(teams, file, WORDS);
  const { id, revision, number } = await kickoffOf(teams, file);
  await teams.mustPress(alex, 'kickoff.cancel', { kickoff: id, revision });
  return { file, number };
}
const form = (file: string, person = alex) => teams.mustPress(person, 'kickoff.open', { file });

test('finds what was written of the one before, and says where it comes from', async () => {
  const { file, number } = await cancelled();
  for (const person of [alex, nadia]) {
    const card = await form(file, person);
    expect(card.template).toBe('kickoff/request');
    expect(card.plain).toContain(`D’après la demande nº ${number}, annulée : relisez-la avant de l’envoyer.`);
    expect(card.valueOf('project')).toBe(WORDS.project);
    expect(card.valueOf('existing')).toBe(WORDS.existing);
    expect(card.valueOf('quantities')).toBe(WORDS.quantities);
    expect(String(card.valueOf('amount')).replaceAll(/\s/g, ' ')).toBe('12 345,00');
    // Alex had asked: the half-days are Alex's own.
    expect(card.valueOf('never')).toBe(person === alex ? WORDS.never : '');
    expect(card.valueOf('contactEmail')).toBe(DETAILS.contactEmail);
  }
});

test('cancelled by the staff, it is the same', async () => {
  const file = await aFile(teams);
  await requested(teams, file, WORDS);
  const { id, revision } = await kickoffOf(teams, file);
  await teams.mustPress(diane, 'kickoff.staffCancel', { kickoff: id, revision });
  expect((await form(file)).valueOf('quantities')).toBe(WORDS.quantities);
});

test('of another supplier, keeps the project and one’s hours; the rest is what the file says now', async () => {
  const { file } = await cancelled();
  await teams.mustPress(alex, 'scenarios.choose', { file, supplier: 'bleuet', sure: 'yes' });
  await teams.press(alex, 'scenarios.authorize', { file, reference: 'A-1', date: '2026-11-23' });
  const card = await form(file);
  expect(card.valueOf('project')).toBe(WORDS.project);
  expect(card.valueOf('existing')).toBe(WORDS.existing);
  expect(card.valueOf('never')).toBe(WORDS.never);
  expect(card.valueOf('quantities')).toBe('Courriel : 100 unités au départ');
  expect(String(card.valueOf('amount')).replaceAll(/\s/g, ' ')).toBe('12 000,00');
  expect(card.valueOf('contactEmail')).not.toBe(DETAILS.contactEmail);
});

test('of a choice that was made again since, has the quantities and the amount of the file', async () => {
  const { file } = await cancelled();
  teams.clock.advance({ days: 1 });
  await teams.mustPress(alex, 'scenarios.choose', { file, supplier: 'bleuet', sure: 'yes' });
  await teams.mustPress(alex, 'scenarios.choose', { file, supplier: 'airelle', sure: 'yes' });
  const card = await form(file);
  expect(card.valueOf('project')).toBe(WORDS.project);
  expect(card.valueOf('contactEmail')).toBe(DETAILS.contactEmail);
  expect(card.valueOf('quantities')).toBe('Courriel : 100 unités au départ');
});

test('of a choice that was made again the same day, it is the same', async () => {
  const { file } = await cancelled();
  teams.clock.advance({ minutes: 10 });
  await teams.mustPress(alex, 'scenarios.choose', { file, supplier: 'bleuet', sure: 'yes' });
  await teams.mustPress(alex, 'scenarios.choose', { file, supplier: 'airelle', sure: 'yes' });
  const card = await form(file);
  expect(card.valueOf('project')).toBe(WORDS.project);
  expect(card.valueOf('quantities')).toBe('Courriel : 100 unités au départ');
  expect(String(card.valueOf('amount')).replaceAll(/\s/g, ' ')).toBe('9 600,00');
});

test('a first request says nothing of another', async () => {
  const card = await form(await aFile(teams));
  expect(card.plain).not.toContain('annulée');
  expect(card.valueOf('project')).toBe('Courriel');
});

import { beforeEach, expect, test } from '@jest/globals';
import { CONTRACT } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, people } from '../../support/kickoff.ts';
import { alex, samuel } from '../../support/people.ts';

// A contract to note is filled in from the file that the person means: they change what the contract says otherwise.

const teams = fakeTeams();

beforeEach(async () => people(teams));

const form = (person = alex) => teams.mustPress(person, 'contracts.new');

test('the form comes filled in from the current file, and says which', async () => {
  await aFile(teams, { name: 'Courriel du ministère' });
  const card = await form();
  expect(card.plain).toContain(
    'D’après votre dossier nº 1 « Courriel du ministère » : le nom, le fournisseur',
  );
  expect(card.valueOf('title')).toBe('Courriel du ministère');
  expect(card.valueOf('supplier')).toBe('airelle');
  expect(card.valueOf('offers')).toMatch(/Courriel.*\nCourriel : 100 unités au départ$/);
  expect(card.valueOf('amount')).toBe('9\u00a0600,00');
  expect(card.valueOf('startsOn')).toBe('2026-11-23');
  expect(card.valueOf('endsOn')).toBe('2028-11-22');
  expect(card.valueOf('rcti')).toBe('true');
});

test('what comes filled in is noted as it was changed', async () => {
  await aFile(teams);
  const card = await form();
  const sent = Object.fromEntries(card.inputs.map(({ id, value }) => [String(id), String(value ?? '')]));
  const noted = await teams.mustPress(alex, 'contracts.create', {
    ...sent,
    title: 'Autre nom',
    amount: '9 000',
  });
  expect(noted.plain).toContain('Autre nom');
  expect(noted.plain).toContain('Montant 9 000,00 $');
});

test('a file without a choice fills in nothing', async () => {
  await aFile(teams, { chosen: '' });
  const card = await form();
  expect(card.plain).not.toContain('D’après votre dossier');
  expect(card.valueOf('title')).toBe('');
  expect(card.valueOf('supplier')).toBe('');
});

test('of several files, the one that was opened last is meant', async () => {
  const first = await aFile(teams, { name: 'Premier' });
  await aFile(teams, { name: 'Second' });
  await teams.mustPress(alex, 'acquisitions.open', { file: first });
  expect((await form()).valueOf('title')).toBe('Premier');
});

test('the file of somebody else fills in nothing', async () => {
  await aFile(teams);
  const card = await form(samuel);
  expect(card.plain).not.toContain('D’après votre dossier');
  expect(card.valueOf('title')).toBe('');
});

test('a form that is refused comes back as it was typed: what was emptied stays empty', async () => {
  await aFile(teams, { name: 'Courriel du ministère' });
  const { title: _emptied, ...typed } = CONTRACT;
  const card = await teams.sentBack(alex, 'contracts.create', { ...typed, offers: 'Autre chose' });
  expect(card.valueOf('title')).toBe('');
  expect(card.valueOf('offers')).toBe('Autre chose');
  expect(card.valueOf('amount')).toBe(CONTRACT.amount);
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { Person } from '../../../src/core/turn.ts';
import { readyToSign } from '../../support/article-48.ts';
import { CONTRACT } from '../../support/contracts.ts';
import { audited } from '../../support/drawn.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, booked, people } from '../../support/kickoff.ts';
import { alex, nadia, samuel } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import type { ShownCard } from '../../support/shown-card.ts';

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

describe('the contract of a file', () => {
  const sentOf = (card: ShownCard, changes: object = {}) => ({
    ...Object.fromEntries(card.inputs.map(({ id, value }) => [String(id), String(value ?? '')])),
    signedOn: '2026-11-20',
    ...changes,
  });
  const notes = (person: Person, card: ShownCard, changes?: object) =>
    teams.mustClick(person, card, 'Noter le contrat', sentOf(card, changes));
  const ofFile = (file: string) => teams.services.contracts.ofFile(file);
  const all = () => countOf(teams, sql`contracts`);

  test('is noted once, whether from « noter un contrat » or from its step', async () => {
    const file = await aFile(teams);
    const { kickoff } = await readyToSign(teams, { kickoff: (await booked(teams, file)).kickoff.id, file });
    await notes(alex, await form());
    expect(await ofFile(file)).toBeDefined();
    const status = await teams.mustPress(alex, 'kickoff.status', { kickoff });
    expect(status.offers('Noter le contrat signé')).toBe(false);
    await teams.mustPress(alex, 'kickoff.confirm', { kickoff, step: 11 });
    expect(await all()).toBe(1);
  });

  test('is noted once by two colleagues: the second keeps what they typed, and whoever shares the file follows it', async () => {
    const file = await aFile(teams);
    await teams.services.files.share(alex, file, nadia);
    await teams.mustPress(nadia, 'acquisitions.open', { file });
    const [mine, theirs] = [await form(), await form(nadia)];
    await notes(alex, mine);
    const sent = sentOf(theirs, { title: 'Le même' });
    const back = await teams.formBack(nadia, theirs, 'Noter le contrat', sent);
    expect(back.plain).toContain('Le contrat de ce dossier est déjà noté.');
    expect(back.valueOf('title')).toBe('Le même');
    expect(await all()).toBe(1);
    expect(await teams.services.contracts.follows((await ofFile(file))?.id ?? '', nadia)).toBe(true);
  });

  test('is none of the file where that is unticked, nor from a card of the release before', async () => {
    const file = await aFile(teams);
    await notes(alex, await form(), { ofFile: 'false' });
    await teams.mustPress(alex, 'contracts.create', { ...CONTRACT, sure: 'yes' });
    expect(await ofFile(file)).toBeUndefined();
    expect(await all()).toBe(2);
  });

  test('has the supplier that was chosen there', async () => {
    await aFile(teams);
    const card = await form();
    const sent = sentOf(card, { supplier: 'bleuet' });
    const back = await teams.formBack(alex, card, 'Noter le contrat', sent);
    expect(back.plain).toContain('Ce n’est pas le fournisseur choisi dans le dossier.');
    expect(await all()).toBe(0);
    await teams.mustClick(alex, back, 'Noter le contrat', { ...sent, supplier: 'airelle' });
    expect(await all()).toBe(1);
  });

  test('is noted by whoever sees the file, and nobody else', async () => {
    const file = await aFile(teams);
    for (const person of [nadia, samuel]) {
      const sent = { ...CONTRACT, file, ofFile: 'true' };
      expect(await teams.refusedPress(person, 'contracts.create', sent)).toContain('introuvable');
    }
    expect(await all()).toBe(0);
  });
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

test('a contract that was noted for the wrong file is detached by its correction, and the file’s own is noted', async () => {
  const file = await aFile(teams);
  const noted = { ...CONTRACT, file, ofFile: 'true' };
  await teams.mustPress(alex, 'contracts.create', noted);
  const { id: contract } = (await teams.services.contracts.ofFile(file)) ?? {};
  const card = await teams.mustPress(alex, 'contracts.correction', { contract });
  expect(card.valueOf('ofFile')).toBe('true');
  await teams.mustClick(alex, card, 'Enregistrer la correction', { ...CONTRACT, ofFile: 'false' });
  expect(await teams.services.contracts.ofFile(file)).toBeUndefined();
  await teams.mustPress(alex, 'contracts.create', { ...noted, title: 'Le bon contrat', sure: 'yes' });
  expect((await teams.services.contracts.ofFile(file))?.title).toBe('Le bon contrat');
  expect(await audited(teams, 'contract.untie')).toHaveLength(1);
});

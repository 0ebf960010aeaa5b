import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { readyToSign } from '../../support/article-48.ts';
import { CONTRACT } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, booked, people } from '../../support/kickoff.ts';
import { alex, nadia, samuel } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';

const teams = fakeTeams();
beforeEach(() => people(teams));

const YES = 'Oui, c’est bien cela';
const note = (person = alex, changes: object = {}) =>
  teams.mustPress(person, 'contracts.create', { ...CONTRACT, ...changes });
const asked = async (person = alex, changes: object = {}) =>
  teams.formBack(person, await teams.mustPress(person, 'contracts.new'), 'Noter le contrat', {
    ...CONTRACT,
    ...changes,
  });
const all = () => countOf(teams, sql`contracts`);

describe('a contract of the same body, supplier and day of signature as another', () => {
  beforeEach(() => note());

  test('is asked about, and noted once it is meant: what was typed is kept', async () => {
    const form = await asked(nadia, { title: 'Courriel, le même ?', amount: '1 000,00 $' });
    expect(form.plain).toContain('Un contrat avec airelle inc., signé le 20 novembre 2026, est déjà noté');
    expect(form.plain).toContain('« Courriel du ministère » (nº 1)');
    expect(form.valueOf('title')).toBe('Courriel, le même ?');
    expect(await all()).toBe(1);
    const typed = Object.fromEntries(form.inputs.map(({ id, value }) => [String(id), String(value ?? '')]));
    const card = await teams.mustClick(nadia, form, YES, typed);
    expect(card.plain).toContain('Courriel, le même ?');
    expect(await all()).toBe(2);
  });

  test('is noted without a question for another day, another supplier or another body', async () => {
    await note(alex, { signedOn: '2026-11-19' });
    await note(alex, { supplier: 'bleuet' });
    await note(samuel);
    expect(await all()).toBe(4);
  });

  test('is asked about by the contract of a file, and by its step, too', async () => {
    const file = await aFile(teams);
    const { kickoff } = await booked(teams, file);
    await readyToSign(teams, { kickoff: kickoff.id, file });
    const { title: _title, supplier: _supplier, offers: _offers, rcti: _rcti, ...signed } = CONTRACT;
    const form = await teams.sentBack(alex, 'kickoff.sign', { kickoff: kickoff.id, ...signed });
    expect(form.plain).toContain('est déjà noté');
    await teams.mustPress(alex, 'kickoff.sign', { kickoff: kickoff.id, ...signed, sure: 'yes' });
    expect(await all()).toBe(2);
  });
});

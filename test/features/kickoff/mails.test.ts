import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, kickoffOf, people, requested } from '../../support/kickoff.ts';
import { admin, alex, diane } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import type { ShownCard } from '../../support/shown-card.ts';

const teams = fakeTeams({ shortGuide: true });
let file: string;

beforeEach(async () => {
  await people(teams);
  file = await aFile(teams);
  await requested(teams, file);
});

const idOf = async () => (await kickoffOf(teams, file)).id;
const mails = async () => teams.mustPress(diane, 'kickoff.mails', { kickoff: await idOf(), page: 1 });
const reply = (card: ShownCard, words = 'Nous serons là.', on = '2026-11-20') =>
  teams.mustClick(diane, card, 'Noter la réponse', { on, words });
const refuse = (card: ShownCard) =>
  teams.mustClick(diane, card, 'Noter le refus', { on: '2026-11-23', words: 'Boîte inconnue' });
const correct = (card: ShownCard, contactEmail: string) =>
  teams.mustClick(diane, card, 'Enregistrer l’adresse', { contactName: 'Léa', contactEmail });
const waiting = async () => (await teams.services.kickoffs.refusedWaits()).map(({ title }) => title);
const notes = () => countOf(teams, sql`kickoff_mail_notes`);

test('an answer is noted with its day and its words, and who noted it', async () => {
  const card = await reply(await mails());
  for (const words of ['Réponse reçue le 20 novembre 2026', 'Nous serons là.', `Noté par ${diane.name}`])
    expect(card.plain).toContain(words);
});

test('a refused address waits for the team until it is corrected, and is not written to meanwhile', async () => {
  const refused = await refuse(await mails());
  expect(refused.plain).toContain('Cette adresse a été refusée');
  expect(refused.offers('Préparer le courriel')).toBe(false);
  expect(await waiting()).toEqual([expect.stringContaining('Adresse refusée · rencontre nº 1')]);
  expect((await teams.asks(diane, 'à traiter')).plain).toContain('Adresse refusée');
  const corrected = await correct(refused, 'lea@airelle.example');
  expect(corrected.plain).toContain('Adresse corrigée');
  expect(corrected.plain).toContain('camille@airelle.example');
  expect(corrected.offers('Préparer le courriel')).toBe(true);
  expect(await waiting()).toEqual([]);
  expect((await kickoffOf(teams, file)).details.contactEmail).toBe('lea@airelle.example');
});

test('an address that is refused as well waits again; the former one given back is refused still', async () => {
  const second = await refuse(await correct(await refuse(await mails()), 'lea@airelle.example'));
  expect(await waiting()).toHaveLength(1);
  await correct(second, 'camille@airelle.example');
  expect(await waiting()).toHaveLength(1);
});

test('a refusal that was noted by mistake is lifted by an answer from that address', async () => {
  const refused = await refuse(await mails());
  expect((await reply(refused, 'Avant.', '2026-11-20')).offers('Préparer le courriel')).toBe(false);
  teams.clock.advance({ seconds: 1 });
  const lifted = await reply(refused, 'Bien reçu.', '2026-11-23');
  expect(lifted.offers('Préparer le courriel')).toBe(true);
  expect(await waiting()).toEqual([]);
  teams.clock.advance({ seconds: 1 });
  await refuse(lifted);
  expect(await waiting()).toHaveLength(1);
});

test('an address that is saved as it was is not told to be corrected', async () => {
  const { contactName, contactEmail } = (await kickoffOf(teams, file)).details;
  const save = async (contact: object) =>
    teams.mustClick(diane, await mails(), 'Enregistrer l’adresse', contact);
  expect((await save({ contactName, contactEmail })).plain).toContain('rien n’est changé');
  expect((await save({ contactName: 'Léa', contactEmail })).plain).toContain('Le nom est corrigé');
});

test('what is pressed twice is noted once', async () => {
  const card = await mails();
  const { verb, data } = card.button('Noter le refus');
  const form = { ...data, on: '2026-11-23', words: '' };
  await Promise.all([teams.press(diane, verb, form), teams.press(diane, verb, form)]);
  expect(await notes()).toBe(1);
});

test('a day to come is refused beside its field, with what was typed', async () => {
  const form = await teams.formBack(diane, await mails(), 'Noter la réponse', {
    on: '2026-12-25',
    words: 'Bientôt',
  });
  expect(form.plain).toContain('Cette date n’est pas encore venue');
  expect(await notes()).toBe(0);
});

test('of two who correct an address, the second sees the first one’s', async () => {
  const before = await mails();
  await correct(before, 'lea@airelle.example');
  const form = await teams.formBack(admin, before, 'Enregistrer l’adresse', {
    contactName: '',
    contactEmail: 'autre@airelle.example',
  });
  expect(form.plain).toContain('lea@airelle.example');
  expect((await kickoffOf(teams, file)).details.contactEmail).toBe('lea@airelle.example');
});

test('a meeting that was cancelled waits for no address', async () => {
  await refuse(await mails());
  const { id, revision } = await kickoffOf(teams, file);
  await teams.services.kickoffs.cancel('staff', diane, id, revision);
  expect(await waiting()).toEqual([]);
});

test('many notes are read a page at a time', async () => {
  for (let n = 1; n <= 30; n++) {
    await reply(await mails(), `Réponse ${n}.`);
    teams.clock.advance({ seconds: 1 });
  }
  expect((await mails()).plain).toContain('Page 1 de 5');
  expect((await mails()).plain).toContain('Réponse 30.');
});

test('are the staff’s: the client sees nothing of them', async () => {
  const card = await reply(await mails());
  for (const { verb, data } of card.buttons) await teams.refusedPress(alex, verb, data);
});

test('whoever noted and left is named no more', async () => {
  await reply(await mails());
  await teams.db.transaction((tx) => teams.services.kickoffs.eraseMailNotes(tx, diane));
  expect((await mails()).plain).toContain('Noté par Une personne partie');
});

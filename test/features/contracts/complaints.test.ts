import { beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../src/app/doors.ts';
import { newId } from '../../../src/core/id.ts';
import type { Person } from '../../../src/core/turn.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { giveRole } from '../../support/organization.ts';
import { alex, diane, nadia, samuel, staffRoom } from '../../support/people.ts';
import { workbookOf } from '../../support/workbook.ts';

// A complaint is a case: it is answered as often as there is something to say, followed up, closed for a reason, and
// opened again by whoever wrote or by the staff.

const teams = fakeTeams({ shortGuide: true });

beforeEach(async () => {
  await people(teams);
  await giveRole(teams, samuel, 'staff');
});

const COMPLAINT = { kind: 'supplierComplaint', supplier: 'airelle', text: 'Le soutien tarde.' } as const;

async function complains(changes: object = {}, who: Person = alex): Promise<string> {
  const id = newId();
  await teams.services.comments.send(who, { ...COMPLAINT, ...changes }, id);
  await teams.runJobs();
  return id;
}
const rowOf = (id: string) => teams.services.comments.findComment(id);
async function press(verb: string, comment: string, more: object = {}, who = diane) {
  const { revision } = await rowOf(comment);
  const card = await teams.mustPress(who, verb, { comment, revision, ...more });
  await teams.runJobs();
  return card;
}
const answers = (comment: string, answer: string, who = diane) =>
  press('contracts.answerComment', comment, { answer }, who);
async function adds(comment: string, word: string) {
  await teams.mustPress(alex, 'contracts.addWord', { comment, word });
  await teams.runJobs();
}
const waiting = async () =>
  (await teams.services.office.standing(new Set(['comment']))).map(({ title, text, due }) => ({
    title,
    text,
    on: due.on.toString(),
  }));

test('a complaint in two rounds, from the first word to the last', async () => {
  const id = await complains();
  expect(await waiting()).toEqual([{ title: 'Plainte nº 1', text: 'Le soutien tarde.', on: '2026-11-26' }]);
  const card = await answers(id, 'Nous l’avons appelé.');
  expect(card.plain).toContain('La réponse est envoyée.');
  expect(card.plain).toContain('Répondu, ouvert');
  // It is open still: somebody looks whether it is settled.
  expect(await waiting()).toEqual([
    { title: 'Plainte nº 1', text: 'Répondu : voir si c’est réglé. Le soutien tarde.', on: '2026-12-07' },
  ]);
  const received = teams.newest(alex);
  expect(received.plain).toContain('Nous l’avons appelé.');

  teams.clock.advance({ days: 1 });
  const sent = await teams.mustClick(alex, received, 'Envoyer ce mot', { word: 'Rien n’a changé.' });
  await teams.runJobs();
  expect(sent.plain).toContain('Votre mot est transmis au Courtier.');
  expect(await waiting()).toEqual([{ title: 'Plainte nº 1', text: 'Rien n’a changé.', on: '2026-11-27' }]);
  const told = teams.newest(staffRoom);
  expect(told.plain).toContain('Un nouveau mot attend une réponse');
  expect(told.plain).toContain('Rien n’a changé.');

  const closed = await press('contracts.closeComment', id, {
    closing: 'settled',
    lastAnswer: 'Un crédit vous est versé.',
  });
  expect(closed.plain).toContain('Fermé : Réglé');
  expect(await waiting()).toEqual([]);
  expect(teams.newest(alex).plain).toContain('Un crédit vous est versé.');

  teams.clock.advance({ days: 10 });
  await adds(id, 'Le crédit n’est pas venu.');
  expect(await waiting()).toMatchObject([{ text: 'Le crédit n’est pas venu.' }]);
  const thread = await teams.mustPress(diane, 'contracts.lookComment', { comment: id });
  for (const said of ['Nous l’avons appelé.', 'Rien n’a changé.', 'Un crédit vous est versé.', 'rouvert'])
    expect(thread.plain).toContain(said);
});

describe('a case', () => {
  test('has the day that the staff choose', async () => {
    const id = await complains();
    await press('contracts.commentDue', id, { due: '2026-12-15' });
    expect(await waiting()).toMatchObject([{ on: '2026-12-15' }]);
  });

  test('has no more the day of its follow-up once whoever wrote says that it goes on', async () => {
    const id = await complains();
    await answers(id, 'Un technicien passera.');
    await press('contracts.commentDue', id, { due: '2026-12-21' });
    await adds(id, 'Toujours en panne.');
    expect(await waiting()).toMatchObject([{ text: 'Toujours en panne.', on: '2026-11-26' }]);
  });

  test('keeps the day that the staff chose to answer by, when whoever wrote adds a word before', async () => {
    const id = await complains();
    await press('contracts.commentDue', id, { due: '2026-12-15' });
    await adds(id, 'Encore ceci.');
    expect(await waiting()).toMatchObject([{ on: '2026-12-15' }]);
  });

  test('that the staff open again is no new word of whoever wrote, for them either', async () => {
    const id = await complains();
    await answers(id, 'Un technicien passera.');
    await press('contracts.closeComment', id, { closing: 'settled' });
    const staff = await press('contracts.reopenComment', id);
    expect(staff.plain).toContain('Rouvert par le Courtier');
    const own = await teams.mustPress(alex, 'contracts.myComment', { comment: id });
    for (const card of [staff, own, await teams.asks(alex, 'mes messages')])
      expect(card.words).not.toMatch(/nouveau mot/i);
    await adds(id, 'Merci.');
    const after = await teams.mustPress(alex, 'contracts.myComment', { comment: id });
    expect(after.plain).toContain('Un nouveau mot attend une réponse');
  });

  test('has no day that is past', async () => {
    const id = await complains();
    const { revision } = await rowOf(id);
    const form = await teams.sentBack(diane, 'contracts.commentDue', {
      comment: id,
      revision,
      due: '2026-11-01',
    });
    expect(form.plain).toContain('Choisissez un jour à venir.');
  });

  test('is opened again by the staff, and waits from then', async () => {
    const id = await complains();
    await press('contracts.closeComment', id, { closing: 'explained' });
    teams.clock.advance({ days: 7 });
    await press('contracts.reopenComment', id);
    expect(await waiting()).toMatchObject([{ on: '2026-12-03' }]);
  });

  test('is one answer for what is no complaint, until somebody writes again', async () => {
    const id = await complains({ kind: 'documents', supplier: '' });
    await answers(id, 'Merci.');
    expect(await waiting()).toEqual([]);
    teams.clock.advance({ days: 1 });
    await adds(id, 'Et la page 3 ?');
    expect(await waiting()).toMatchObject([{ title: 'Commentaire nº 1', text: 'Et la page 3 ?' }]);
  });

  test('is nobody else’s', async () => {
    const id = await complains();
    expect((await teams.asks(nadia, 'mes messages')).plain).toContain('Rien pour le moment.');
    for (const verb of ['contracts.myComment', 'contracts.addWord'])
      await expect(teams.mustPress(nadia, verb, { comment: id, word: 'Moi aussi.' })).rejects.toThrow();
    expect(await teams.services.comments.thread(await rowOf(id))).toEqual([]);
  });

  test('has a word once, however often its form is sent', async () => {
    const id = await complains();
    await answers(id, 'Bien reçu.');
    const form = teams.newest(alex);
    for (const _time of [1, 2]) await teams.mustClick(alex, form, 'Envoyer ce mot', { word: 'Une fois.' });
    const said = await teams.services.comments.thread(await rowOf(id));
    expect(said.filter(({ act }) => act === 'wrote')).toHaveLength(1);
  });
});

describe('of two members of the staff', () => {
  test('whoever acts on what the other has is asked first, and loses nothing', async () => {
    const id = await complains();
    await teams.mustPress(samuel, 'office.take', { wait: `comment/${id}` });
    const card = await teams.mustPress(diane, 'contracts.lookComment', { comment: id });
    expect(card.plain).toContain('Samuel');
    const asked = await teams.formBack(diane, card, 'Envoyer la réponse', { answer: 'Je m’en charge.' });
    expect(asked.plain).toContain('s’en occupe : rien n’est changé.');
    expect(asked.inputs).toContainEqual(expect.objectContaining({ id: 'answer', value: 'Je m’en charge.' }));
    expect((await rowOf(id)).answer).toBeNull();
    await teams.mustClick(diane, asked, 'Oui, c’est bien cela', { answer: 'Je m’en charge.' });
    expect((await rowOf(id)).answer).toBe('Je m’en charge.');
  });

  test('the second sees what became of it beside what they typed', async () => {
    const id = await complains();
    const card = await teams.mustPress(diane, 'contracts.lookComment', { comment: id });
    await answers(id, 'Déjà dit.', samuel);
    const late = await teams.mustClick(diane, card, 'Envoyer la réponse', { answer: 'Trop tard.' });
    expect(late.plain).toContain('Déjà dit.');
    expect(late.inputs).toContainEqual(expect.objectContaining({ id: 'answer', value: 'Trop tard.' }));
  });
});

test('the report counts the complaints of a year by supplier, and how they ended', async () => {
  await press('contracts.closeComment', await complains(), { closing: 'settled' });
  await complains();
  await complains({ kind: 'offerComplaint', supplier: 'nordet' });
  await complains({ kind: 'documents' });
  const card = await teams.asks(diane, 'plaintes par fournisseur');
  expect(card.plain).toContain('2 plaintes');
  expect(card.plain).toContain('1 ouverte ; 1 fermée : 1 réglée');
  expect(card.plain).toContain('1 plainte');
  const before = await teams.mustClick(diane, card, 'Année précédente');
  expect(before.plain).toContain('Aucune plainte cette année-là.');
});

describe('the file of complaints', () => {
  const exported = async () => {
    const card = await teams.asks(diane, 'plaintes par fournisseur');
    const button = card.buttons.find(({ title }) => title === 'Exporter (.xlsx)');
    await teams.press(diane, button?.verb ?? '', button?.data ?? {});
    return teams.lastCard().token();
  };

  test('has the year by supplier and each complaint, without who wrote it nor their words', async () => {
    await press('contracts.closeComment', await complains(), { closing: 'settled' });
    await complains();
    await complains({ supplier: '' });
    await complains({ kind: 'documents' });
    const file = await download(await exported(), teams.services);
    expect(file.fileName).toBe('plaintes-fournisseurs_2026.xlsx');
    const book = await workbookOf(file.body);
    const report = book.getWorksheet('Par fournisseur');
    expect(report?.getRow(5).values).toMatchObject({ 1: 'airelle inc.', 2: 2, 3: 1, 4: 1 });
    expect(report?.getCell('A6').value).toBe('Aucun fournisseur nommé');
    expect(report?.getCell('B7').value).toMatchObject({ result: 3 });
    const each = book.getWorksheet('Plaintes');
    expect(each?.getCell('E5').value).toBe('Fermé\u00a0: Réglé');
    expect(each?.rowCount).toBe(7);
    const words = JSON.stringify(each?.getSheetValues());
    expect(words).not.toContain('Le soutien tarde.');
    expect(words).not.toContain(alex.name);
  });

  test('is the staff’s, and for whoever asked while they are of the staff', async () => {
    expect(await teams.refusedPress(alex, 'contracts.exportComplaints', { page: 1 })).toContain(
      'introuvable',
    );
    const token = await exported();
    await giveRole(teams, diane, 'client');
    await expect(download(token, teams.services)).rejects.toThrow('introuvable');
  });
});

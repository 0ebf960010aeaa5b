import { expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, foreigner, nadia, personalChat, samuel } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';

const teams = fakeTeams();
const chat = personalChat(alex);

/** Creates a file as a person does; its card. */
async function aFileOf(person = alex, name = 'Courriel du ministère'): Promise<ShownCard> {
  const { card, word } = await teams.press(person, personalChat(person), 'acquisitions.create', { name });
  if (!card) throw new Error(word);
  return card;
}
const idOf = (card: ShownCard) => String(card.button('Journal').data.file);
const key = ({ tenantId, objectId }: typeof alex) => `${tenantId}/${objectId}`;

test('a first file is created from the empty list, and shows the five steps', async () => {
  await teams.says(alex, 'mon dossier');
  expect(teams.lastCard().plain).toContain('Créez le premier.');
  const { card } = await teams.click(alex, teams.lastCard(), 'Créer le dossier', {
    name: '  Courriel   du ministère ',
  });
  expect(card?.plain).toContain('Dossier nº 1 · 0 étape sur 5');
  expect(card?.plain).toContain('Courriel du ministère');
  expect(card?.plain).toContain('1 · Définir ses besoins\nEn cours');
});

test('the only file opens at once; several are listed, the latest first', async () => {
  await aFileOf();
  await teams.says(alex, 'mon dossier');
  expect(teams.lastCard().template).toBe('acquisitions/file');
  teams.clock.advance({ minutes: 1 });
  await aFileOf(alex, 'Visioconférence');
  await teams.says(alex, 'mes dossiers');
  const { plain } = teams.lastCard();
  expect(plain.indexOf('Visioconférence')).toBeLessThan(plain.indexOf('Courriel du ministère'));
});

test.each([
  ['no name', {}],
  ['a name too short', { name: ' ab ' }],
  ['a name too long', { name: 'x'.repeat(101) }],
  ['a wrong type', { name: 3 }],
])('%s is refused with a sentence, and nothing is created', async (_what, data) => {
  const { card, word } = await teams.press(alex, chat, 'acquisitions.create', data);
  expect(card).toBeUndefined();
  expect(word).toContain('Donnez un nom au dossier');
  expect(await teams.services.files.of(alex, 'open')).toEqual([]);
});

test('a file is renamed; a card that is out of date shows the file as it is', async () => {
  const card = await aFileOf();
  const { card: renamed } = await teams.click(alex, card, 'Enregistrer', { name: 'Nouveau nom' });
  expect(renamed?.plain).toContain('Nouveau nom');
  const { card: stale } = await teams.click(alex, card, 'Enregistrer', { name: 'Autre nom' });
  expect(stale?.plain).toContain('Le dossier a changé entre-temps');
  expect(stale?.plain).toContain('Nouveau nom');
});

test('a file is archived after a question, found among the archived ones, and reopened', async () => {
  const card = await aFileOf();
  const { card: archived } = await teams.click(alex, card, 'Archiver le dossier');
  expect(archived?.plain).toContain('Rien n’est perdu');
  const { card: list } = await teams.press(alex, chat, 'acquisitions.list', { state: 'archived', page: 1 });
  expect(list?.plain).toContain('Courriel du ministère');
  if (!archived) throw new Error('no card');
  const { card: reopened } = await teams.click(alex, archived, 'Rouvrir');
  expect(reopened?.plain).toContain('Le dossier est rouvert.');
});

test('pressing « archive » twice at once archives once', async () => {
  const card = await aFileOf();
  await Promise.all([
    teams.click(alex, card, 'Archiver le dossier'),
    teams.click(alex, card, 'Archiver le dossier'),
  ]);
  const history = await teams.services.files.history(idOf(card));
  expect(history.filter(({ sentence }) => sentence === 'Dossier archivé.')).toHaveLength(1);
});

test('for strangers a file does not exist, whatever they press', async () => {
  const id = idOf(await aFileOf());
  for (const stranger of [nadia, foreigner])
    for (const [verb, data] of [
      ['acquisitions.open', { file: id }],
      ['acquisitions.rename', { file: id, revision: 1, name: 'À moi' }],
      ['acquisitions.archive', { file: id, revision: 1 }],
      ['acquisitions.sharing', { file: id }],
      ['acquisitions.unshare', { file: id, member: key(alex) }],
      ['acquisitions.history', { file: id, page: 1 }],
      ['needs.open', { file: id }],
      ['needs.summary', { file: id }],
      ['needs.document', { file: id }],
    ] as const) {
      const { card, word } = await teams.press(stranger, personalChat(stranger), verb, data);
      expect(card).toBeUndefined();
      expect(word).toContain('introuvable');
    }
});

test('a file is shared with a confirmed colleague, who sees it and may leave it', async () => {
  await colleagues(teams, [alex, nadia]);
  const card = await aFileOf();
  const { card: sharing } = await teams.click(alex, card, 'Partager');
  if (!sharing) throw new Error('no card');
  const { card: shared } = await teams.click(alex, sharing, 'Partager', { colleague: key(nadia) });
  expect(shared?.plain).toContain('Nadia Benali');
  await teams.says(nadia, 'mon dossier');
  expect(teams.lastCard().plain).toContain('Courriel du ministère');
  expect(teams.lastCard().buttons.map(({ title }) => title)).not.toContain('Archiver le dossier');
  const left = await teams.press(nadia, personalChat(nadia), 'acquisitions.unshare', {
    file: idOf(card),
    member: key(nadia),
  });
  expect(left.card?.plain).toContain('Vous avez quitté ce dossier.');
  expect(
    (await teams.press(nadia, personalChat(nadia), 'acquisitions.open', { file: idOf(card) })).word,
  ).toContain('introuvable');
});

test('a file is not shared outside the body, nor by somebody who holds none', async () => {
  await colleagues(teams, [alex]);
  await colleagues(teams, [samuel], 'Ville de Rimouski');
  const id = idOf(await aFileOf());
  for (const other of [samuel, nadia, foreigner]) {
    const { word } = await teams.press(alex, chat, 'acquisitions.share', { file: id, colleague: key(other) });
    expect(word).toContain('de votre organisation');
  }
});

test('a member can neither archive nor remove others', async () => {
  await colleagues(teams, [alex, nadia, samuel]);
  const id = idOf(await aFileOf());
  for (const member of [nadia, samuel]) await teams.services.files.share(alex, id, member);
  const own = personalChat(nadia);
  expect((await teams.press(nadia, own, 'acquisitions.archive', { file: id, revision: 1 })).word).toContain(
    'Seule la personne',
  );
  expect(
    (await teams.press(nadia, own, 'acquisitions.unshare', { file: id, member: key(samuel) })).word,
  ).toContain('Seule la personne');
});

test('the journal says who did what', async () => {
  const card = await aFileOf();
  await teams.click(alex, card, 'Enregistrer', { name: 'Nouveau nom' });
  const { card: journal } = await teams.click(alex, card, 'Journal');
  expect(journal?.plain).toContain('Dossier renommé : « Nouveau nom ».');
  expect(journal?.plain).toContain('Alex Gagnon');
});

test('two writers of one fact: the second is told, and nothing is lost', async () => {
  const id = idOf(await aFileOf());
  const { files } = teams.services;
  const write = (by: string) => teams.db.transaction((tx) => files.saveFact(tx, id, 'x', { by }, 0));
  expect(await write('a')).toBe(true);
  expect(await write('b')).toBe(false);
  expect(await files.fact(teams.db, id, 'x')).toEqual({ value: { by: 'a' }, revision: 1 });
});

test('erasing a person passes shared files on, deletes the others, and takes the name out of the journal', async () => {
  await colleagues(teams, [alex, nadia]);
  const shared = idOf(await aFileOf());
  const own = idOf(await aFileOf(alex, 'Seul'));
  await teams.services.files.share(alex, shared, nadia);
  await teams.services.privacy.erase(alex, newId());
  expect((await teams.services.files.find(shared, nadia)).role).toBe('owner');
  await expect(teams.services.files.find(own, alex)).rejects.toThrow('introuvable');
  expect(JSON.stringify(await teams.services.files.history(shared))).not.toContain('Alex');
});

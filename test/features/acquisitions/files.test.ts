import { describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../src/core/id.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, foreigner, keyOf, nadia, samuel } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import type { ShownCard } from '../../support/shown-card.ts';

const teams = fakeTeams();

/** Creates a file as a person does; its card. */
const aFileOf = (person = alex, name = 'Courriel du ministère') =>
  teams.mustPress(person, 'acquisitions.create', { name });
const idOf = (card: ShownCard) => String(card.button('Journal').data.file);

test('a first file is created from the empty list, and shows the five steps', async () => {
  const list = await teams.asks(alex, 'mon dossier');
  expect(list.plain).toContain('Créez le premier.');
  const card = await teams.mustClick(alex, list, 'Créer le dossier', { name: '  Courriel   du ministère ' });
  expect(card.plain).toContain('Dossier nº 1 · 0 étape sur 5');
  expect(card.plain).toContain('Courriel du ministère');
  expect(card.plain).toContain('1 · Définir ses besoins\nEn cours');
});

test('the only file opens at once; several are listed, the latest first', async () => {
  await aFileOf();
  expect((await teams.asks(alex, 'mon dossier')).template).toBe('acquisitions/file');
  teams.clock.advance({ minutes: 1 });
  await aFileOf(alex, 'Visioconférence');
  const { plain } = await teams.asks(alex, 'mes dossiers');
  expect(plain.indexOf('Visioconférence')).toBeLessThan(plain.indexOf('Courriel du ministère'));
});

test.each([
  ['no name', {}],
  ['a name too short', { name: ' ab ' }],
  ['a name too long', { name: 'x'.repeat(101) }],
  ['a wrong type', { name: 3 }],
])('%s is refused with a sentence, and nothing is created', async (_what, data) => {
  const word = await teams.refusedPress(alex, 'acquisitions.create', data);
  expect(word).toContain('Donnez un nom au dossier');
  expect(await teams.services.files.filesOf(alex, 'open')).toEqual([]);
});

test('a file is renamed; a card that is out of date shows the file as it is', async () => {
  const card = await aFileOf();
  const renamed = await teams.mustClick(alex, card, 'Enregistrer', { name: 'Nouveau nom' });
  expect(renamed.plain).toContain('Nouveau nom');
  const stale = await teams.mustClick(alex, card, 'Enregistrer', { name: 'Autre nom' });
  expect(stale.plain).toContain('Le dossier a changé entre-temps');
  expect(stale.plain).toContain('Nouveau nom');
});

test('a file is archived after a question, found among the archived ones, and reopened', async () => {
  const card = await aFileOf();
  const archived = await teams.mustClick(alex, card, 'Archiver le dossier', { ended: 'abandoned' });
  expect(archived.plain).toContain('Rien n’est perdu');
  const list = await teams.mustPress(alex, 'acquisitions.list', { state: 'archived', page: 1 });
  expect(list.plain).toContain('Courriel du ministère');
  const reopened = await teams.mustClick(alex, archived, 'Rouvrir');
  expect(reopened.plain).toContain('Le dossier est rouvert.');
});

test('pressing « archive » twice at once archives once', async () => {
  const card = await aFileOf();
  await Promise.all([
    teams.click(alex, card, 'Archiver le dossier', { ended: 'unsuitable' }),
    teams.click(alex, card, 'Archiver le dossier', { ended: 'unsuitable' }),
  ]);
  const history = await teams.services.files.history(idOf(card));
  expect(history.filter(({ sentence }) => sentence.startsWith('Dossier archivé'))).toHaveLength(1);
});

test('for strangers a file does not exist, whatever they press', async () => {
  const id = idOf(await aFileOf());
  for (const stranger of [nadia, foreigner])
    expect(
      await teams.reaches(stranger, [
        ['acquisitions.open', { file: id }],
        ['acquisitions.rename', { file: id, revision: 1, name: 'À moi' }],
        ['acquisitions.archive', { file: id, revision: 1, ended: 'contract' }],
        ['acquisitions.sharing', { file: id }],
        ['acquisitions.unshare', { file: id, member: keyOf(alex) }],
        ['acquisitions.history', { file: id, page: 1 }],
        ['needs.open', { file: id }],
        ['needs.summary', { file: id }],
        ['needs.document', { file: id }],
      ]),
    ).toEqual([]);
});

test('a file is shared with a confirmed colleague, who sees it and may leave it', async () => {
  await colleagues(teams, [alex, nadia]);
  const card = await aFileOf();
  const sharing = await teams.mustClick(alex, card, 'Partager');
  const shared = await teams.mustClick(alex, sharing, 'Partager', { colleague: keyOf(nadia) });
  expect(shared.plain).toContain('Nadia Benali');
  const hers = await teams.asks(nadia, 'mon dossier');
  expect(hers.plain).toContain('Courriel du ministère');
  expect(hers.offers('Archiver le dossier')).toBe(false);
  const left = await teams.mustPress(nadia, 'acquisitions.unshare', {
    file: idOf(card),
    member: keyOf(nadia),
  });
  expect(left.plain).toContain('Vous avez quitté ce dossier.');
  expect(await teams.refusedPress(nadia, 'acquisitions.open', { file: idOf(card) })).toContain('introuvable');
});

test('a file is not shared outside the body, nor by somebody who holds none', async () => {
  await colleagues(teams, [alex]);
  await colleagues(teams, [samuel], 'Ville de Rimouski');
  const id = idOf(await aFileOf());
  for (const other of [samuel, nadia, foreigner]) {
    const word = await teams.refusedPress(alex, 'acquisitions.share', { file: id, colleague: keyOf(other) });
    expect(word).toContain('de votre organisation');
  }
});

test('a member can neither archive nor remove others', async () => {
  await colleagues(teams, [alex, nadia, samuel]);
  const id = idOf(await aFileOf());
  for (const member of [nadia, samuel]) await teams.services.files.share(alex, id, member);
  expect(
    await teams.refusedPress(nadia, 'acquisitions.archive', { file: id, revision: 1, ended: 'contract' }),
  ).toContain('Seule la personne');
  expect(
    await teams.refusedPress(nadia, 'acquisitions.unshare', { file: id, member: keyOf(samuel) }),
  ).toContain('Seule la personne');
});

test('the journal says who did what', async () => {
  const card = await aFileOf();
  await teams.click(alex, card, 'Enregistrer', { name: 'Nouveau nom' });
  const journal = await teams.mustClick(alex, card, 'Journal');
  expect(journal.plain).toContain('Dossier renommé : « Nouveau nom ».');
  expect(journal.plain).toContain('Alex Gagnon');
});

test('erasing a person passes shared files on, deletes what was theirs alone, and takes the name out of the journal', async () => {
  const own = idOf(await aFileOf(alex, 'Seul'));
  await colleagues(teams, [alex, nadia]);
  const shared = idOf(await aFileOf());
  const body = idOf(await aFileOf(alex, 'À l’organisme'));
  await teams.services.files.share(alex, shared, nadia);
  await teams.services.privacy.erase(alex, newId());
  expect((await teams.services.files.findFile(shared, nadia)).role).toBe('owner');
  expect((await teams.services.files.findFile(body, nadia)).name).toBe('À l’organisme');
  expect(await countOf(teams, sql`acquisitions where id = ${own}::uuid`)).toBe(0);
  expect(JSON.stringify(await teams.services.files.history(shared))).not.toContain('Alex');
});

describe('the file that a person means', () => {
  test('is the last one that they opened, for « mon dossier », « besoins » and « rencontre », until another is', async () => {
    const first = idOf(await aFileOf(alex, 'Premier'));
    teams.clock.advance({ minutes: 1 });
    await aFileOf(alex, 'Second');
    for (const text of ['mon dossier', 'besoins'])
      expect((await teams.asks(alex, text)).plain).toContain('Second');
    teams.clock.advance({ minutes: 1 });
    await teams.mustPress(alex, 'needs.open', { file: first });
    for (const text of ['mon dossier', 'besoins', 'rencontre'])
      expect((await teams.asks(alex, text)).plain).toContain('Premier');
  });

  test('is another once it is archived, or theirs no more', async () => {
    await colleagues(teams, [alex, nadia]);
    await aFileOf(nadia, 'Le sien');
    const shared = idOf(await aFileOf(alex, 'Partagé'));
    await teams.mustPress(alex, 'acquisitions.share', { file: shared, colleague: keyOf(nadia) });
    teams.clock.advance({ minutes: 1 });
    await teams.mustPress(nadia, 'acquisitions.open', { file: shared });
    expect((await teams.asks(nadia, 'besoins')).plain).toContain('Partagé');
    await teams.mustPress(alex, 'acquisitions.unshare', { file: shared, member: keyOf(nadia) });
    const card = await teams.asks(nadia, 'mon dossier');
    expect(card.plain).toContain('Le sien');
    await teams.mustClick(nadia, card, 'Archiver le dossier', { ended: 'assessing' });
    expect((await teams.asks(nadia, 'besoins')).plain).toContain('Créez le premier.');
  });

  test('is asked for by buttons that go on with what was wanted, when none was opened yet', async () => {
    const { files } = teams.services;
    await files.create(alex, 'Premier', newId());
    await files.create(alex, 'Second', newId());
    const choice = await teams.asks(alex, 'besoins');
    expect(choice.plain).toContain('Pour quel dossier ?');
    const chosen = await teams.mustClick(alex, choice, 'Premier');
    expect(chosen.template).toBe('needs/overview');
    expect((await teams.asks(alex, 'mon dossier')).plain).toContain('Premier');
  });
});

test('a file that is archived says why, on its card and in its journal, until it is reopened', async () => {
  const card = await aFileOf();
  expect(await teams.refusedClick(alex, card, 'Archiver le dossier')).toContain('Dites pourquoi');
  const archived = await teams.mustClick(alex, card, 'Archiver le dossier', { ended: 'unsuitable' });
  expect(archived.plain).toContain('Archivé : aucune offre ne convient.');
  const [line] = await teams.services.files.history(idOf(card));
  expect(line?.sentence).toBe('Dossier archivé : aucune offre ne convient.');
  const reopened = await teams.mustClick(alex, archived, 'Rouvrir');
  expect(reopened.plain).not.toContain('Archivé');
});

describe('a hundred open files', () => {
  const MOST = 100;
  const create = () => teams.services.files.create(alex, 'Un de plus', newId());
  const fill = async () => {
    for (let n = 0; n < MOST; n++) {
      // More than a day takes.
      if (n === 50) teams.clock.advance({ hours: 24 });
      await teams.services.files.create(alex, `Dossier ${n}`, newId());
    }
  };

  test('are what a person has at most; whoever archives one may create another', async () => {
    await fill();
    await expect(create()).rejects.toThrow('Archivez-en un');
    const [file] = await teams.services.files.filesOf(alex, 'open', 1);
    await teams.services.files.move(alex, file?.id ?? '', file?.revision ?? 0, 'archive');
    await create();
    await expect(create()).rejects.toThrow(`déjà ${MOST} dossiers ouverts`);
    const reopen = { file: file?.id, revision: (file?.revision ?? 0) + 1 };
    expect(await teams.refusedPress(alex, 'acquisitions.reopen', reopen)).toContain(
      `déjà ${MOST} dossiers ouverts. Archivez-en un, ou quittez un dossier partagé, pour rouvrir celui-ci.`,
    );
    const [other] = await teams.services.files.filesOf(alex, 'open', 1);
    await teams.services.files.move(alex, other?.id ?? '', other?.revision ?? 0, 'archive');
    expect((await teams.mustPress(alex, 'acquisitions.reopen', reopen)).plain).toContain('est rouvert');
  });
});

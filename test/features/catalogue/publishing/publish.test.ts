import { expect, test } from '@jest/globals';
import { CourtierError } from '../../../../src/core/errors.ts';
import { dropped, REASON, right } from '../../../support/correcting.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aDocument, aFiche, aFile, anOffer, aSupplier, dearer, flat } from '../../../support/fiches.ts';
import { giveRole, staffed } from '../../../support/organization.ts';
import { alex, diane, nadia, personalChat, staffRoom } from '../../../support/people.ts';

const teams = fakeTeams();
const staff = async () => giveRole(teams, diane, 'staff');
const drop = (document: unknown = aDocument(), person = diane) => {
  const { name, bytes } = aFile(document);
  return teams.drops(person, { [name]: bytes });
};
const inForce = async (supplier = 'bleuet') => (await teams.services.catalogue.current()).supplier(supplier);
const published = (...fiches: Parameters<typeof aDocument>[]) =>
  teams.services.catalogue.publication.publish(
    fiches.map(([changes]) => aFiche(changes)),
    'command',
  );

test('staff drop a fiche, see what it is, confirm, and it is in force', async () => {
  await staff();
  await drop();
  expect(teams.lastCard().plain).toContain('Nouveau fournisseur : 1 offre.');
  expect(await inForce()).toBeUndefined();
  const card = await teams.mustClick(diane, teams.lastCard(), 'Publier');
  expect(card.plain).toContain('Publiée et en vigueur.');
  expect((await inForce())?.version).toBe('2026-11-02');
});

test('the difference is shown before anything is published', async () => {
  await staff();
  await published([]);
  await drop(dearer('2026-12-01'));
  const { plain } = teams.lastCard();
  expect(plain).toContain('Prix : 5,00 $ → 6,00 $ (+20 %).');
  expect(plain).toContain('Comparée à la version du 2 novembre 2026.');
  expect(plain).toContain('Prendra effet le 1er décembre 2026, à 0 h.');
  expect(await teams.services.catalogue.history('bleuet')).toHaveLength(1);
});

test('a price that changes in the middle of a month is refused, with the next date', async () => {
  await staff();
  await published([]);
  await drop(dearer('2026-11-24'));
  expect(teams.lastCard().plain).toContain('1 problème à corriger');
  expect(teams.lastCard().plain).toContain('La prochaine date permise est le 1er décembre 2026');
  expect(teams.lastCard().offers('Publier')).toBe(false);
});

test('every problem of a file is shown, a page at a time', async () => {
  await staff();
  const offers = Array.from({ length: 12 }, (_, n) =>
    anOffer({ id: `bleuet-${n}`, billing: 'mensuel' as 'monthly' }),
  );
  await drop(aDocument({ offers }));
  const card = teams.lastCard();
  expect(card.plain).toContain('12 problèmes à corriger');
  expect(card.plain).toContain('offers[0].billing : « mensuel » n’est pas permis ici. Écrivez « monthly ».');
  const second = await teams.mustClick(diane, card, 'Suivante');
  expect(second.plain).toContain('offers[11].billing');
});

test('several files are read together: the good ones can be published, the others are explained', async () => {
  await staff();
  const [first, second] = [aFile(aDocument()), aFile(dearer('2026-12-01'))];
  await teams.drops(diane, {
    [second.name]: second.bytes,
    [first.name]: first.bytes,
    'notes.txt': 'bonjour',
  });
  const card = teams.lastCard();
  expect(card.plain).toContain('3 fichiers lus');
  expect(card.plain).toContain('notes.txt\nRefusé');
  const opened = await teams.mustClick(diane, card, 'bleuet_2026-12-01.yaml');
  expect(opened.plain).toContain('6,00 $ (+20 %)');
  const done = await teams.mustClick(diane, card, 'Publier les 2 fiches');
  expect(done.plain).toContain('2 fiches publiées');
  expect(await teams.services.catalogue.history('bleuet')).toHaveLength(2);
});

test('the reading of several files shows its progress, in one message', async () => {
  await staff();
  const before = teams.posted.length;
  await teams.drops(diane, { [aFile().name]: aFile().bytes, 'notes.txt': 'bonjour' });
  expect(teams.posted.length - before).toBe(1);
});

test('« Ne rien publier » leaves the catalogue as it was, and the card says so when pressed again', async () => {
  await staff();
  await drop();
  const card = teams.lastCard();
  expect((await teams.mustClick(diane, card, 'Ne rien publier')).plain).toContain('Rien n’a été publié');
  expect((await teams.mustClick(diane, card, 'Publier')).plain).toContain('Rien n’a été publié');
  expect(await inForce()).toBeUndefined();
});

test('a confirmation pressed twice publishes once', async () => {
  await staff();
  await drop();
  const card = teams.lastCard();
  await Promise.all([teams.click(diane, card, 'Publier'), teams.click(diane, card, 'Publier')]);
  expect(await teams.services.catalogue.history('bleuet')).toHaveLength(1);
  expect((await teams.mustClick(diane, card, 'Publier')).plain).toContain('Déjà publié');
});

test('the same content dropped again has nothing to publish', async () => {
  await staff();
  await published([]);
  await drop();
  expect(teams.lastCard().plain).toContain('Déjà publiée, avec le même contenu');
  const card = await teams.mustClick(diane, teams.lastCard(), 'Publier');
  expect(card.plain).toContain('rien n’a changé');
});

test('when another version came between, the new difference is shown and nothing is published', async () => {
  await staff();
  await published([]);
  await drop(dearer('2027-01-05'));
  const card = teams.lastCard();
  await published([{ version: '2026-12-01', offers: [anOffer({ tiers: flat('8.00') })] }]);
  const again = await teams.mustClick(diane, card, 'Publier');
  expect(again.plain).toContain('Le catalogue a changé entre-temps.');
  expect(again.plain).toContain('8,00 $ → 6,00 $');
  expect((await teams.mustClick(diane, again, 'Publier')).plain).toContain('prendra effet le 5 janvier 2027');
});

test('a version before which another came meanwhile is shown again, with what that one would undo', async () => {
  await staff();
  await published([]);
  await drop(dearer('2026-12-01'));
  const card = teams.lastCard();
  expect(card.plain).not.toContain('a été écrite sans celle-ci');
  await published([{ version: '2027-01-05' }]);
  const again = await teams.mustClick(diane, card, 'Publier');
  expect(again.plain).toContain('Le catalogue a changé entre-temps.');
  expect(again.plain).toContain('La version à venir du 5 janvier 2027 a été écrite sans celle-ci');
  await teams.mustClick(diane, again, 'Publier');
  expect((await teams.services.catalogue.history('bleuet')).map(({ version }) => version)).toEqual([
    '2027-01-05',
    '2026-12-01',
    '2026-11-02',
  ]);
});

test('when the version before it was corrected meanwhile, the new difference is shown and nothing is published', async () => {
  await staff();
  await published([]);
  await drop(aDocument({ version: '2026-12-01' }));
  const card = teams.lastCard();
  expect(card.plain).toContain('Aucun changement');
  await teams.mustClick(diane, await dropped(teams, right()), 'Corriger la fiche', REASON);
  const again = await teams.mustClick(diane, card, 'Publier');
  expect(again.plain).toContain('Le catalogue a changé entre-temps.');
  expect(again.plain).toContain('4,50 $ → 5,00 $');
  expect(await teams.services.catalogue.history('bleuet')).toHaveLength(1);
  expect((await teams.mustClick(diane, again, 'Publier')).plain).toContain('prendra effet le 1er décembre');
});

test('a version that was corrected after its file was dropped again is not said to be the same', async () => {
  await staff();
  await published([]);
  await drop();
  const card = teams.lastCard();
  await teams.mustClick(diane, await dropped(teams, right()), 'Corriger la fiche', REASON);
  const again = await teams.mustClick(diane, card, 'Publier');
  expect(again.plain).toContain('Déjà publiée, et corrigée depuis');
});

test('a file that was refused at its confirmation is not said to be published', async () => {
  await staff();
  await drop();
  const card = teams.lastCard();
  await teams.services.catalogue.publication.publish(
    [aSupplier('airelle', { offers: [anOffer()] })],
    'command',
  );
  expect((await teams.mustClick(diane, card, 'Publier')).plain).toContain('Aucune nouvelle version');
  const again = await teams.mustClick(diane, card, 'Publier');
  expect(again.plain).toContain('Rien n’a été publié');
  expect(again.plain).toContain('Refusée.');
  expect(again.plain).not.toContain('Publiée.');
});

test('what is counted is said in plain French', async () => {
  await staff();
  await drop(aDocument({ offers: [anOffer({ trial: { units: 1, days: 1 } })] }));
  expect(teams.lastCard().plain).toContain('Banc d’essai : 1 unité, 1 jour');
  await published([]);
  await teams.services.catalogue.publication.publish([aSupplier('airelle')], 'command');
  const files = [aFile(dearer('2026-12-01')), aFile(aSupplier('airelle'))];
  await teams.drops(diane, Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])));
  expect(teams.lastCard().plain).toContain('1 fiche dont un prix change · 1 fiche déjà publiée');
});

test('a version older than the one in force is refused with a sentence', async () => {
  await staff();
  await published([]);
  await drop(aDocument({ version: '2026-10-05' }));
  expect(teams.lastCard().plain).toContain('Une version plus récente, celle du 2 novembre 2026');
});

test('a file that cannot be had is refused, and the others are read', async () => {
  await staff();
  const lost = new CourtierError('unavailable', "Je n'ai pas pu lire ce fichier.");
  await teams.drops(diane, { 'perdu_2026-11-02.yaml': lost, [aFile().name]: aFile().bytes });
  expect(teams.lastCard().plain).toContain('perdu_2026-11-02.yaml\nRefusé : 1 problème.');
  expect(teams.lastCard().offers('Publier la fiche valide')).toBe(true);
});

test('too many files at once are refused', async () => {
  await staff();
  await teams.drops(diane, Object.fromEntries(Array.from({ length: 401 }, (_, n) => [`f${n}.yaml`, 'x'])));
  expect(teams.lastText()).toContain('au plus 400 fichiers');
});

test('a client who drops a file learns that files are not read, and nothing is kept', async () => {
  await drop(aDocument(), alex);
  expect(teams.lastText()).toContain('Je ne lis pas les fichiers');
  expect(await teams.services.catalogue.uploads.heldOf(alex)).toEqual([]);
});

test('staff publish in their personal chat only', async () => {
  await staff();
  const { name, bytes } = aFile();
  await teams.drops(diane, { [name]: bytes }, staffRoom);
  expect(teams.lastText()).toContain('conversation personnelle');
});

test('a client can neither see nor forge any of it, also by replaying a staff card', async () => {
  await staff();
  await drop();
  const card = teams.lastCard();
  const { data } = card.button('Publier');
  expect(
    await teams.reaches(alex, [
      ['catalogue.publish', data],
      ['catalogue.discard', data],
      ['catalogue.review', data],
      ['catalogue.reviewFile', { ...data, file: 0, page: 1 }],
      ['catalogue.fiches', { page: 1 }],
      ['catalogue.dropHelp', {}],
    ]),
  ).toEqual([]);

  expect((await teams.asks(alex, 'publier')).template).not.toMatch(/^catalogue\/drop/);
  expect(await inForce()).toBeUndefined();
});

test('what one of the staff dropped, a colleague confirms from the list of what waits, and it is done once', async () => {
  await staff();
  await staffed(teams, nadia);
  await drop();
  const [{ id = '' } = {}] = await teams.services.office.standing(new Set(['import']));
  await teams.press(nadia, 'office.open', { wait: `import/${id}` });
  const card = teams.lastCard();
  expect((await teams.mustClick(nadia, card, 'Publier')).template).toBe('catalogue/published');
  expect((await teams.mustClick(diane, card, 'Publier')).plain).toContain('Déjà publié');
  expect((await inForce())?.version).toBe('2026-11-02');
});

test('what a colleague took in hand is asked about before it is published', async () => {
  await staff();
  await staffed(teams, nadia);
  await drop();
  const card = teams.lastCard();
  const [{ id = '' } = {}] = await teams.services.office.standing(new Set(['import']));
  await teams.press(diane, 'office.take', { wait: `import/${id}` });
  const warned = await teams.formBack(nadia, card, 'Publier');
  expect(warned.plain).toContain('Diane Tremblay s’en occupe : rien n’est changé.');
  expect(await inForce()).toBeUndefined();
  expect((await teams.mustClick(nadia, warned, 'Oui, c’est bien cela')).template).toBe('catalogue/published');
});

test('who lost their role in between can no longer confirm', async () => {
  await staff();
  await drop();
  const card = teams.lastCard();
  await giveRole(teams, diane, 'client');
  expect(await teams.refusedClick(diane, card, 'Publier')).toContain('introuvable');
});

test('a version of the future takes effect at midnight in Toronto, neither before nor after', async () => {
  await staff();
  await published([], [{ version: '2026-12-01' }]);
  teams.clock.advance(Temporal.Instant.from('2026-12-01T04:59:59Z').since(teams.clock.now()));
  expect((await inForce())?.version).toBe('2026-11-02');
  teams.clock.advance({ seconds: 1 });
  expect((await inForce())?.version).toBe('2026-12-01');
});

test('what takes effect is told to the staff’s channel once, also after a stop over several dates', async () => {
  await staff();
  await staffed(teams);
  await published([], [{ version: '2026-11-25', changes: [] }], [dearer('2026-12-01')]);
  const run = () => teams.services.catalogue.announcements.announceDue();
  const told = async () => {
    await run();
    await run();
    await teams.runJobs();
    return teams.received(staffRoom, 'catalogue/day-in-force').length;
  };
  expect(await told()).toBe(1);
  expect(await told()).toBe(1);
  teams.clock.advance({ days: 20 });
  expect(await told()).toBe(2);
  expect(teams.lastCard().plain).toContain('En vigueur le 13 décembre 2026 : Bleuet Infonuagique inc.');
});

test('the event says which version took effect and which one was announced before it', async () => {
  await published([], [{ version: '2026-12-01' }]);
  await teams.jobs.take();
  await teams.services.catalogue.announcements.announceDue();
  expect(await teams.jobs.waiting()).toContainEqual({
    name: 'scenarios.recheck',
    payload: { changes: [{ supplier: 'bleuet', version: '2026-11-02', previous: null }] },
  });
  await teams.jobs.take();
  teams.clock.advance({ days: 10 });
  await teams.services.catalogue.announcements.announceDue();
  expect(await teams.jobs.waiting()).toContainEqual({
    name: 'scenarios.recheck',
    payload: { changes: [{ supplier: 'bleuet', version: '2026-12-01', previous: '2026-11-02' }] },
  });
});

test('samples are in force without being announced', async () => {
  await teams.services.catalogue.publication.publish([aSupplier('exemple')], 'sample');
  await teams.services.catalogue.announcements.announceDue();
  expect(await teams.jobs.waiting()).toEqual([]);
});

test('a supplier whose first fiche is still to come is not in the catalogue, but its history is shown to staff', async () => {
  await staff();
  await published([{ version: '2026-12-15' }]);
  expect(await inForce()).toBeUndefined();
  await teams.says(diane, 'fiches');
  expect(teams.lastCard().plain).toContain('Pas encore en vigueur · à venir : 15 décembre 2026');
  const card = await teams.mustClick(diane, teams.lastCard(), 'Bleuet Infonuagique inc.');
  expect(card.plain).toContain('À venir');
});

test('a version to come is shown to staff only, in their own chat', async () => {
  await staff();
  await published([], [{ version: '2026-12-15', changes: ['Changement secret.'] }]);
  const history = { supplier: 'bleuet', page: 1 };
  const difference = { ...history, version: '2026-12-15' };
  expect((await teams.mustPress(diane, 'catalogue.history', history)).plain).toContain('Changement secret.');
  expect((await teams.mustPress(diane, 'catalogue.difference', difference)).plain).toContain(
    '15 décembre 2026',
  );
  for (const [person, chat] of [
    [alex, personalChat(alex)],
    [diane, staffRoom],
  ] as const) {
    expect((await teams.mustPress(person, 'catalogue.history', history, chat)).plain).not.toContain('secret');
    expect(await teams.refusedPress(person, 'catalogue.difference', difference, chat)).toContain(
      'introuvable',
    );
  }
  teams.clock.advance({ days: 30 });
  expect((await teams.mustPress(alex, 'catalogue.difference', difference)).plain).toContain(
    '15 décembre 2026',
  );
});

test('who published what is in the audit trail', async () => {
  await staff();
  await drop();
  await teams.click(diane, teams.lastCard(), 'Publier');
  expect(await teams.services.audit.auditOf(diane)).toContainEqual(
    expect.objectContaining({ action: 'fiche.publish', object: 'bleuet 2026-11-02' }),
  );
});

test('uploads are forgotten after a week', async () => {
  await staff();
  await drop();
  teams.clock.advance({ days: 8 });
  await teams.services.forgetting.forget();
  expect(await teams.refusedClick(diane, teams.lastCard(), 'Publier')).toContain('introuvable');
});

test('words of a fiche cannot become Markdown, mentions or expressions in a card', async () => {
  await staff();
  await drop(
    aDocument({
      offers: [anOffer({ name: 'Bleuet [clic](https://mal.example) <at>tous</at> ${supplier}' })],
    }),
  );
  await teams.click(diane, teams.lastCard(), 'Publier');
  const card = await teams.mustPress(alex, 'catalogue.offer', {
    offer: 'bleuet-courriel',
  });
  expect(card.plain).toContain('clic');
  expect(card.words).not.toMatch(/(?<!\\)\[clic/);
  expect(card.words).not.toContain('<at>');
  expect(JSON.stringify(card.json)).not.toContain('${');
});

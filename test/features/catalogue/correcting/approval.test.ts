import { beforeEach, expect, test } from '@jest/globals';
import { dropped, presses, REASON, right } from '../../../support/correcting.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFiche } from '../../../support/fiches.ts';
import { met, staffed } from '../../../support/organization.ts';
import { admin, diane, samuel, staffRoom } from '../../../support/people.ts';

// Where a second person must approve what is told to many.
const teams = fakeTeams({ approval: true });
const priceNow = async () =>
  (await teams.services.catalogue.current()).offer('bleuet-courriel')?.offer.tiers[0]?.unitPricePerMonth;
const waiting = async () => (await teams.services.catalogue.correcting.awaiting()).length;
const asked = async (document: unknown = right()) => {
  const card = await teams.mustClick(diane, await dropped(teams, document), 'Demander l’approbation', REASON);
  await teams.runJobs();
  return card;
};

beforeEach(async () => {
  await met(teams, diane, samuel, admin);
  await staffed(teams, diane, samuel);
  await teams.services.catalogue.publication.publish([aFiche()], 'command');
  await teams.services.catalogue.announcements.announceDue();
  await teams.runJobs();
});

test('a correction changes nothing before somebody else approved it', async () => {
  const card = await asked();
  expect(card.plain).toContain(
    'L’approbation est demandée dans le canal de l’équipe. Rien n’a encore changé.',
  );
  expect([await priceNow(), await waiting()]).toEqual(['5.00', 1]);
});

test('the staff’s channel reads what changes, why, by whom and for whom, and another member approves it there', async () => {
  await asked();
  const card = teams.newest(staffRoom, 'catalogue/correction');
  for (const words of [
    'Correction à approuver',
    'correction de prix',
    'prix : 5,00 $ → 4,50 $',
    'La raison : Le prix signé est de 4,50 $.',
    'Écrite par Diane Tremblay.',
    'les membres des dossiers ouverts',
  ])
    expect(card.plain).toContain(words);
  await teams.click(samuel, card, 'Approuver la correction', {}, staffRoom);
  expect(await priceNow()).toBe('4.50');
  await teams.runJobs();
  expect(teams.newest(staffRoom, 'catalogue/correction').plain).toContain('Fiche corrigée');
});

test('whoever approves it reads what a version to come would undo', async () => {
  await teams.services.catalogue.publication.publish([aFiche({ version: '2026-12-01' })], 'command');
  await asked();
  expect(teams.newest(staffRoom, 'catalogue/correction').plain).toContain(
    'La version à venir du 1er décembre 2026 a été écrite sans celle-ci',
  );
});

test('whoever wrote it does not approve it', async () => {
  const { said } = await presses(teams, diane, await asked(), 'Approuver la correction');
  expect(said).toContain('une autre personne de l’équipe doit l’approuver');
  expect(await priceNow()).toBe('5.00');
});

test('its author learns that it was approved', async () => {
  await asked();
  await teams.click(
    samuel,
    teams.newest(staffRoom, 'catalogue/correction'),
    'Approuver la correction',
    {},
    staffRoom,
  );
  await teams.runJobs();
  expect(teams.newest(diane, 'catalogue/correction').plain).toContain('Approuvée par Samuel Roy.');
});

test('sent back with a comment, it comes back to its author as typed, who asks again', async () => {
  await asked();
  const seen = teams.newest(staffRoom, 'catalogue/correction');
  await teams.click(samuel, seen, 'Renvoyer', { comment: 'Quel document ?' }, staffRoom);
  await teams.runJobs();
  expect(await waiting()).toBe(0);
  const back = teams.newest(diane, 'catalogue/correct');
  expect(back.plain).toContain('Samuel Roy demande de la revoir : « Quel document ? »');
  expect(back.valueOf('reason')).toBe(REASON.reason);
  await teams.mustClick(diane, back, 'Demander l’approbation', {
    reason: 'Le prix de l’annexe signée est de 4,50 $.',
    mistake: 'true',
  });
  await teams.runJobs();
  const again = teams.newest(staffRoom, 'catalogue/correction');
  expect(again.plain).toContain('annexe signée');
  await teams.click(samuel, again, 'Approuver la correction', {}, staffRoom);
  expect(await priceNow()).toBe('4.50');
});

test('approved by one while another gives it back, it is one of the two; what was typed is not lost', async () => {
  await asked();
  const card = teams.newest(staffRoom, 'catalogue/correction');
  await teams.click(samuel, card, 'Approuver la correction', {}, staffRoom);
  const { said } = await presses(teams, admin, card, 'Renvoyer', { comment: 'Attendez !' });
  expect(said).toContain('Quelqu’un s’en est occupé entre-temps');
  expect(await priceNow()).toBe('4.50');
});

test('approved twice at once, it is made once', async () => {
  const card = await asked();
  await Promise.all([samuel, admin].map((person) => teams.click(person, card, 'Approuver la correction')));
  expect((await teams.services.catalogue.history('bleuet'))[0]?.corrected).toHaveLength(1);
});

test('when the fiche was corrected meanwhile, it goes back to its author to be seen again', async () => {
  const first = await asked(right('4.75'));
  const second = await asked();
  await teams.click(samuel, first, 'Approuver la correction');
  const { said } = await presses(teams, samuel, second, 'Approuver la correction');
  expect(said).toContain('corrigée entre-temps');
  expect(await priceNow()).toBe('4.75');
  await teams.runJobs();
  expect(teams.newest(diane, 'catalogue/correct').plain).toContain('prix : 4,75 $ → 4,50 $');
});

test('it may be given up, by its author too', async () => {
  const { card } = await presses(teams, diane, await asked(), 'Abandonner');
  expect(card?.plain).toContain('La fiche reste telle qu’elle est.');
  expect([await priceNow(), await waiting()]).toEqual(['5.00', 0]);
});

test('it is among what waits for the staff', async () => {
  await asked();
  const shown = await teams.mustPress(samuel, 'office.list', { page: 1 });
  expect(shown.plain).toContain('Correction de prix : Bleuet Infonuagique inc., fiche du 2 novembre 2026');
});

import { beforeEach, expect, test } from '@jest/globals';
import { presses } from '../../../support/correcting.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { priced } from '../../../support/fiches.ts';
import { met, staffed } from '../../../support/organization.ts';
import { admin, alex, diane, samuel, staffRoom } from '../../../support/people.ts';

// Where a second person must approve what is told to many: a suspension or a withdrawal changes nothing before.

const teams = fakeTeams({ approval: true });
const SUSPENDED = { offer: 'all', kind: 'suspended', reason: 'Pannes répétées.' };
const measures = () => teams.mustPress(diane, 'catalogue.measures', { supplier: 'airelle', page: 1 });
const offered = async () =>
  (await teams.services.catalogue.current()).offers.map(({ offer }) => offer.id).sort();
const inChannel = () => teams.newest(staffRoom, 'catalogue/measure-proposal');
const proposal = async () => {
  const [row] = await teams.services.catalogue.measureProposals.openOf('airelle');
  return teams.mustPress(diane, 'catalogue.measureProposal', { proposal: row?.id });
};
async function asked(typed: object = SUSPENDED) {
  const card = await teams.mustClick(diane, await measures(), 'Demander l’approbation', { ...typed });
  await teams.runJobs();
  return card;
}
const approved = async () => {
  await teams.click(samuel, inChannel(), 'Approuver la décision', {}, staffRoom);
  await teams.runJobs();
};

beforeEach(async () => {
  await met(teams, alex, diane, samuel, admin);
  await staffed(teams, diane, samuel);
  await teams.services.catalogue.publication.publish(
    [priced('airelle', '4.00'), priced('bleuet', '5.00')],
    'command',
  );
  await teams.services.catalogue.announcements.announceDue();
  await teams.runJobs();
});

test('what is asked for changes nothing, and the supplier’s card says that it waits', async () => {
  const card = await asked();
  expect(card.plain).toContain('Rien n’a encore changé.');
  expect(card.plain).toContain('Attend l’approbation d’une autre personne.');
  expect(await offered()).toEqual(['airelle-courriel', 'bleuet-courriel']);
});

test('the staff’s channel reads what, why, for whom and by whom, and another member approves it there', async () => {
  await asked();
  for (const words of [
    'Suspension à approuver',
    'Suspendre toutes les offres d’airelle inc., dès l’approbation',
    'La raison : Pannes répétées.',
    'les membres des dossiers ouverts',
    'Demandé par Diane Tremblay.',
  ])
    expect(inChannel().plain).toContain(words);
  await approved();
  expect(await offered()).toEqual(['bleuet-courriel']);
  expect(inChannel().plain).toContain('Approuvé par Samuel Roy.');
});

test('whoever asked does not approve it', async () => {
  await asked();
  const { said } = await presses(teams, diane, await proposal(), 'Approuver la décision');
  expect(said).toContain('une autre personne de l’équipe doit l’approuver');
  expect(await offered()).toContain('airelle-courriel');
});

test('its author learns that it was approved', async () => {
  await asked();
  await approved();
  expect(teams.newest(diane, 'catalogue/measure-proposal').plain).toContain('Approuvé par Samuel Roy.');
});

test('sent back with a comment, its author gives another reason and asks again', async () => {
  await asked();
  await teams.click(samuel, inChannel(), 'Renvoyer', { comment: 'Lesquelles ?' }, staffRoom);
  await teams.runJobs();
  const back = teams.newest(diane, 'catalogue/measure-proposal');
  expect(back.plain).toContain('Samuel Roy demande de le revoir : « Lesquelles ? »');
  expect(back.valueOf('reason')).toBe('Pannes répétées.');
  await teams.mustClick(diane, back, 'Demander l’approbation', { reason: 'Quatre pannes en octobre.' });
  await teams.runJobs();
  await approved();
  expect(await offered()).toEqual(['bleuet-courriel']);
  expect((await measures()).plain).toContain('Quatre pannes en octobre.');
});

test('asked for twice, it is one', async () => {
  await asked();
  const { said } = await presses(teams, diane, await measures(), 'Demander l’approbation', SUSPENDED);
  expect(said).toContain('C’est déjà demandé');
});

test('approved twice at once, it is decided once', async () => {
  await asked();
  const card = inChannel();
  await Promise.all([samuel, admin].map((person) => teams.click(person, card, 'Approuver la décision')));
  expect((await teams.services.catalogue.measuring.page('airelle', 1, 5)).total).toBe(1);
});

test('a withdrawal whose day passed while it waited holds from its approval', async () => {
  await asked({
    offer: 'airelle-courriel',
    kind: 'withdrawn',
    reason: 'Fin du service.',
    from: '2026-11-25',
  });
  teams.clock.advance({ days: 7 });
  await approved();
  expect(await offered()).toEqual(['bleuet-courriel']);
});

test('given up, nothing changes, and it may be asked for again', async () => {
  await asked();
  await teams.click(samuel, inChannel(), 'Abandonner la demande', {}, staffRoom);
  expect(await offered()).toContain('airelle-courriel');
  expect((await asked()).plain).toContain('Rien n’a encore changé.');
});

test('it is among what waits for the staff, and a client finds nothing behind its buttons', async () => {
  await asked();
  const shown = await teams.mustPress(samuel, 'office.list', { page: 1 });
  expect(shown.plain).toContain('Suspension à approuver : airelle inc.');
  const [row] = await teams.services.catalogue.measureProposals.awaiting();
  const seen = { proposal: row?.id, revision: row?.revision };
  expect((await teams.press(alex, 'catalogue.approveMeasure', seen)).word).toContain('introuvable');
});

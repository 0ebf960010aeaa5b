import { beforeEach, expect, test } from '@jest/globals';
import { preview as previewOf } from '../../support/broadcasts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { met, staffed } from '../../support/organization.ts';
import { admin, alex, channel, diane, staffRoom } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';

// Where a second person must approve.
const teams = fakeTeams({ approval: true });
let preview: ShownCard;

beforeEach(async () => {
  await met(teams, diane, admin, alex);
  await teams.install(channel);
  await staffed(teams, diane);
  const shown = await previewOf(teams, diane, {}, { groups: 'channels' });
  preview = await teams.mustClick(diane, shown, 'Confirmer la demande');
  await teams.runJobs();
});

const received = () => teams.received(channel, 'broadcasts/message');

test('nothing leaves before somebody else approved', () => {
  expect(preview.plain).toContain('Avis à approuver');
  expect(received()).toHaveLength(0);
});

test('the staff’s channel is shown what waits, and another member approves it there', async () => {
  const card = teams.newest(staffRoom);
  expect(card.plain).toContain('Rédigé par Diane Tremblay.');
  await teams.click(admin, card, 'Approuver et envoyer', {}, staffRoom);
  await teams.runJobs();
  expect(received()).toHaveLength(1);
});

test('its author cannot approve it', async () => {
  const word = await teams.refusedClick(diane, preview, 'Approuver et envoyer');
  expect(word).toContain('Une autre personne');
  await teams.runJobs();
  expect(received()).toHaveLength(0);
});

test('a client cannot approve it', async () => {
  const word = await teams.refusedClick(alex, preview, 'Approuver et envoyer');
  expect(word).toContain('introuvable');
});

test('it can be given back to its author, who changes it', async () => {
  const card = await teams.mustClick(admin, preview, 'Renvoyer à son auteur');
  expect(card.plain).toContain('Avant d’envoyer');
  expect((await teams.mustClick(diane, card, 'Modifier le texte')).template).toBe('broadcasts/compose');
});

test('two who approve at once send it once', async () => {
  await Promise.all([1, 2].map(() => teams.click(admin, preview, 'Approuver et envoyer')));
  await teams.runJobs();
  expect(received()).toHaveLength(1);
});

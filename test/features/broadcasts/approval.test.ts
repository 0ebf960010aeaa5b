import { beforeEach, expect, test } from '@jest/globals';
import { fakeTeams } from '../../support/fake-teams.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, channel, diane, personalChat, staffRoom } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';

// Where a second person must approve.
const teams = fakeTeams({ approval: true });
let preview: ShownCard;

beforeEach(async () => {
  for (const person of [diane, admin, alex]) {
    await teams.services.people.see(person);
    await teams.install(personalChat(person), person);
  }
  await teams.install(channel);
  await teams.install(staffRoom);
  await teams.services.staffChannel.designate(admin, staffRoom);
  await giveRole(teams, diane, 'staff');
  await teams.says(diane, 'diffuser');
  const compose = await teams.click(diane, teams.lastCard(), 'Nouvel avis');
  const words = { title: 'Nouvelle version', text: 'Le guide est à jour.' };
  const aim = await teams.click(diane, compose.card as ShownCard, 'Continuer', words);
  const shown = await teams.click(diane, aim.card as ShownCard, 'Voir avant d’envoyer', {
    groups: 'channels',
  });
  const asked = await teams.click(diane, shown.card as ShownCard, 'Confirmer la demande');
  preview = asked.card as ShownCard;
  await teams.runJobs();
});

const received = () =>
  teams
    .in(channel)
    .filter(({ content }) => typeof content === 'object' && content.template === 'broadcasts/message');

test('nothing leaves before somebody else approved', () => {
  expect(preview.plain).toContain('Avis à approuver');
  expect(received()).toHaveLength(0);
});

test('the staff’s channel is shown what waits, and another member approves it there', async () => {
  const [item] = teams.in(staffRoom).slice(-1);
  if (typeof item?.content !== 'object') throw new Error('nothing in the channel');
  const card = teams.shown(item.content);
  expect(card.plain).toContain('Rédigé par Diane Tremblay.');
  await teams.click(admin, card, 'Approuver et envoyer', {}, staffRoom);
  await teams.runJobs();
  expect(received()).toHaveLength(1);
});

test('its author cannot approve it', async () => {
  const { word } = await teams.click(diane, preview, 'Approuver et envoyer');
  expect(word).toContain('Une autre personne');
  await teams.runJobs();
  expect(received()).toHaveLength(0);
});

test('a client cannot approve it', async () => {
  const { word } = await teams.click(alex, preview, 'Approuver et envoyer');
  expect(word).toContain('introuvable');
});

test('it can be given back to its author, who changes it', async () => {
  const { card } = await teams.click(admin, preview, 'Renvoyer à son auteur');
  expect(card?.plain).toContain('Avant d’envoyer');
  expect((await teams.click(diane, card as ShownCard, 'Modifier le texte')).card?.template).toBe(
    'broadcasts/compose',
  );
});

test('two who approve at once send it once', async () => {
  await Promise.all([1, 2].map(() => teams.click(admin, preview, 'Approuver et envoyer')));
  await teams.runJobs();
  expect(received()).toHaveLength(1);
});

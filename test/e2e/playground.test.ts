import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from './support/browser.ts';
import { EYES, openWorld, PICTURES, picture, pictures, type World } from './support/world.ts';

let world: World;
let client: Client;
let staff: Client;

beforeAll(async () => {
  world = await openWorld();
  ({ client, staff } = world);
});
afterAll(() => world?.close());

test('in the personal chat the assistant introduces itself, and answers with its source', async () => {
  await client.sees('Bonjour, je suis Courtier');
  await client.says("Quelle est la durée maximale d'un contrat ?");
  await client.sees('Un contrat dure trois ans au plus');
  await client.sees('Source : Guide, foire aux questions nº 9');
  await picture(client, 'answer-light');
  await client
    .card('Un contrat dure trois ans au plus')
    .screenshot({ path: join(PICTURES, 'answer-card.png') });
});

test('a related question is answered below, and the first answer stays', async () => {
  await client
    .card('Un contrat dure trois ans au plus')
    .getByText(/modifier/)
    .first()
    .click();
  await client.sees('avenant');
  expect(await client.page.getByText('Un contrat dure trois ans au plus').count()).toBeGreaterThan(0);
});

test('an answer can be rated', async () => {
  await client.says('Combien de jours dure un banc d’essai gratuit ?');
  await client.sees('60 jours');
  await client.presses('👎 Pas utile', '60 jours');
  await client.sees('Qu’est-ce qui ne va pas ?');
  await picture(client, 'rating-light');
  await client.page.getByText('Il manque quelque chose').last().click();
  await client.presses('Envoyer', 'Qu’est-ce qui ne va pas ?');
  await client.sees('lira votre avis');
});

test('what the assistant does not know is handed over, answered by staff, and comes back', async () => {
  await staff.goTo('Questions des clients');
  await staff.says('désigner ce canal', { mention: true, post: true });
  await staff.sees('arriveront ici');

  await client.says('Comment colorier la fiche de notre lapin angora ?');
  await client.sees('Je n’ai pas de réponse sûre');
  await picture(client, 'declined-light');
  await client.presses('Transmettre au Courtier', 'Je n’ai pas de réponse sûre');
  await client.sees('Votre question au Courtier');
  await client.presses('Transmettre', 'Votre question au Courtier');
  await client.sees('Question nº 1');

  await staff.sees('lapin angora');
  await staff.presses('Prendre en charge', 'lapin angora');
  await staff.sees('Prise en charge par Diane Tremblay');
  await picture(staff, 'staff-light');
  await staff.presses('Répondre', 'lapin angora');
  await staff.page.locator('textarea').last().fill('Non : le Catalogue porte sur les outils de bureautique.');
  await staff.presses('Envoyer la réponse', 'lapin angora');
  await staff.sees('Réponse donnée');

  await client.sees('Réponse à votre question nº 1');
  await client.sees('outils de bureautique');
  await picture(client, 'answered-light');
});

test('in a channel the assistant answers when it is mentioned', async () => {
  await client.goTo('Acquisitions');
  await client.sees('Bonjour à toute l’équipe');
  await client.says('qui peut acheter dans le Catalogue ?', { mention: true, post: true });
  await client.sees('de gré à gré');
  await picture(client, 'channel-light');
});

test('in a channel, what is one’s own is not shown: the assistant says where it is', async () => {
  await client.says('mes données', { mention: true, post: true });
  await client.sees('La commande « mes données » s’utilise dans notre conversation personnelle.');
  expect(await client.page.getByText('Ce que je garde à votre sujet').count()).toBe(0);
});

// The Playground's page would throw it away; on a busy machine it comes so by itself.
test('an answer that comes before the word that its post was taken is shown', async () => {
  const POSTS = '**/_conversation/v1/conversations/*/messages';
  await client.page.route(POSTS, async (route) => {
    const before = client.heard.at(-1);
    const response = await route.fetch();
    while (client.heard.at(-1) === before) await setTimeout(10);
    await route.fulfill({ response });
  });
  await client.says('abonnements', { mention: true, post: true });
  await client.sees('Choisir ce qui est suivi');
  await client.page.unroute(POSTS);
});

test('in a group chat the assistant answers when it is mentioned', async () => {
  await client.goTo('Projet infonuagique');
  await client.sees('Bonjour à vous tous');
  await client.says('Quels documents faut-il conserver ?', { mention: true });
  await client.sees('Presque tout se garde sept ans');
});

test.each(EYES)('pictures of the main cards, %s', async (...eyes) => {
  await client.goTo('Personal Chat');
  await pictures(client, eyes, [
    ['aide', 'Ce que je sais faire', 'help'],
    ['Quels documents faut-il conserver ?', 'Source : Guide, section 4.12', 'documents'],
    ['mon organisation', 'Pour quelle organisation', 'organization'],
    ['mes données', 'Ce que je garde à votre sujet', 'my-data'],
    ['Comment colorier la fiche du zèbre ?', 'Je n’ai pas de réponse sûre', 'declined'],
  ]);
});

test('the staff see the questions and the dashboard', async () => {
  await staff.goTo('Personal Chat');
  await staff.says('tableau de bord');
  await staff.sees('Les plus demandées');
  await picture(staff, 'dashboard-light');
  await staff.says('questions');
  await staff.sees('Questions sans réponse');
});

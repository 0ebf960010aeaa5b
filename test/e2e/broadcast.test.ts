import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from './support/browser.ts';
import { NARROW, openWorld, picture, type World } from './support/world.ts';

let world: World;
let client: Client;
let staff: Client;

beforeAll(async () => {
  world = await openWorld();
  ({ client, staff } = world);
});
afterAll(() => world?.close());

const TITLE = 'Nouvelle version du guide';
/** The form of what is followed. */
const FORM = 'Choisir ce qui est suivi';

test('a client follows the catalogue, and so does a channel', async () => {
  await client.says('abonnements');
  await client.sees(FORM);
  await client.card(FORM).getByRole('checkbox', { name: 'Tout le catalogue' }).check();
  await client.presses('Enregistrer', FORM);
  await client.sees('Ne plus suivre');
  await client.goTo('General');
  await client.says('abonnements', { mention: true, post: true });
  await client.sees(FORM);
  await client.card(FORM).getByRole('checkbox', { name: 'Tout le catalogue' }).check();
  await client.presses('Enregistrer', FORM);
  await client.sees('Ne plus suivre');
});

test('staff write a notice, see it and whom it reaches, and try it on themselves', async () => {
  await staff.says('diffuser');
  await staff.presses('Nouvel avis', 'Avis du Courtier');
  await staff.sees('Nouvel avis');
  const form = staff.card('Texte du bouton du lien');
  await form.getByRole('textbox', { name: 'Titre' }).fill(TITLE);
  await form.getByRole('textbox', { name: 'Texte (' }).fill('Le **guide** est à jour.');
  await form.getByRole('checkbox').last().check();
  await picture(staff, 'broadcast-compose');
  await staff.presses('Continuer', 'Texte du bouton du lien');
  await staff.sees('Pour qui');
  await picture(staff, 'broadcast-audience');
  await staff.presses('Voir avant d', 'Pour qui');
  await staff.sees('Avant d');
  await staff.sees('1 personne et 1 canal');
  await picture(staff, 'broadcast-preview');
  await staff.presses('envoyer un essai', 'Avant d');
  await staff.sees('Essai : vous seul voyez ce message.');
});

test('sent, it is followed to its end and reaches the person and the channel', async () => {
  await staff.presses('Continuer', '1 personne et 1 canal');
  await staff.sees('Un message envoyé peut être corrigé ou retiré');
  await picture(staff, 'broadcast-confirm');
  await staff.presses('Envoyer à 1 personne', 'Confirmez l');
  await staff.sees('2 sur 2.');
  await picture(staff, 'broadcast-progress');
  await client.sees(TITLE);
  await picture(client, 'broadcast-channel');
  await client.presses('ai pris connaissance', TITLE);
});

test('a correction changes the message where it is', async () => {
  await staff.presses('Corriger', '2 sur 2.');
  await staff.sees('Les messages déjà reçus changeront sur place.');
  const form = staff.card('Les messages déjà reçus changeront sur place.');
  await form.getByRole('textbox', { name: 'Texte (' }).fill('Le guide le sera **demain**.');
  await staff.presses('Corriger', 'Les messages déjà reçus changeront sur place.');
  await client.sees('Cet avis a été corrigé.');
  expect(await client.page.getByText('est à jour.').count()).toBe(0);
  await picture(client, 'broadcast-corrected');
});

// The Playground cannot delete: there, the message says that it was withdrawn.
test('withdrawn, its words disappear', async () => {
  await staff.sees('2 messages corrigés, 0 à faire.');
  await staff.presses('Retirer', '2 messages corrigés');
  await staff.presses('Confirmer le retrait', '2 messages corrigés');
  await client.page.getByText('Cet avis a été corrigé.').first().waitFor({ state: 'detached' });
  await client.sees('Cet avis a été retiré.');
  await picture(staff, 'broadcast-withdrawn');
});

test('the health of what is sent, in a dark and narrow window', async () => {
  await staff.says('santé');
  await staff.sees('Échecs des dernières 24 heures');
  await picture(staff, 'health-light');
  await client.goTo('Personal Chat');
  await client.seenIn({ dark: true, viewport: NARROW }, async () => {
    await client.says('rappels');
    await client.sees('Vos rappels');
    await picture(client, 'reminders-dark');
  });
});

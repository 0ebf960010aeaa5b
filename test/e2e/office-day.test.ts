import { afterAll, beforeAll, test } from '@jest/globals';
import { ODILE, SAMUEL } from '../../src/playground.ts';
import type { Client } from './support/browser.ts';
import { openWorld, picture, type World } from './support/world.ts';

// A day of the broker's office, as three of its members see it in Microsoft's client: Diane, who administers, Samuel
// and Odile. Each chapter goes from the first message to the last.

let world: World;
let alex: Client;
let diane: Client;
let samuel: Client;
let odile: Client;

beforeAll(async () => {
  world = await openWorld({ colleagues: [SAMUEL, ODILE], settings: { BROADCAST_APPROVAL: 'true' } });
  const [second, third] = world.colleagues;
  if (!second || !third) throw new Error('two colleagues are missing');
  [alex, diane, samuel, odile] = [world.client, world.staff, second, third];
});
afterAll(() => world?.close());

const CHANNEL = 'Questions des clients';

test('the office opens: its channel, and who is of it', async () => {
  for (const colleague of [samuel, odile]) await colleague.says('aide');
  await diane.goTo(CHANNEL);
  await diane.says('désigner ce canal', { mention: true, post: true });
  await diane.sees('Ce canal recevra');
  for (const name of [SAMUEL.name, ODILE.name]) {
    await diane.says('équipe', { mention: true, post: true });
    await diane.sees('Changer le rôle');
    await diane.chooses(name, 'Personne', 'Changer le rôle');
    await diane.presses('Changer le rôle', 'Changer le rôle');
    await diane.sees(`${name}`);
  }
  await diane.goTo('Personal Chat');
  await diane.says('mise en service');
  await diane.sees('3 personnes, dont 1 à l’administration.');
  await diane.sees('Le canal désigné répond.');
  await picture(diane, 'office-start');
});

test('a question is taken, taken over by a colleague who is warned first, and answered', async () => {
  await alex.says('je veux parler à quelqu’un');
  await alex.sees('Votre question au Courtier');
  await alex.page.locator('textarea').last().fill('Notre ville peut-elle acheter avec sa voisine ?');
  await alex.presses('Transmettre', 'Votre question au Courtier');
  await alex.sees('Question nº 1');

  await diane.says('questions');
  await diane.opens('acheter avec sa voisine', 'Questions');
  await diane.presses('Prendre en charge', 'acheter avec sa voisine');
  await diane.sees('Remettre à prendre');

  await samuel.says('à traiter');
  await samuel.opens('Question nº 1', 'À traiter');
  await samuel.presses('Prendre', 'Question nº 1', { exact: true });
  await samuel.sees('Diane Tremblay s’en occupe : rien n’est changé.');
  await picture(samuel, 'office-warned');
  await samuel.presses('Prendre', 'Diane Tremblay s’en occupe', { exact: true });
  await samuel.sees('C’est à vous.');
  await samuel.presses('Ouvrir', 'C’est à vous.');
  await samuel.unfolds('Répondre', 'acheter avec sa voisine');
  await samuel.card('acheter avec sa voisine').getByRole('textbox').last().fill('Oui, par une délégation.');
  await samuel.presses('Envoyer la réponse', 'acheter avec sa voisine');
  await alex.sees('Oui, par une délégation.');
  await picture(alex, 'office-answered');
});

test('a complaint is answered, goes on, and is closed for a reason', async () => {
  await alex.says('commenter');
  await alex.sees('Votre commentaire');
  await alex.chooses('plaindre', 'De quoi', 'Votre commentaire');
  await alex.chooses('Nordet', 'Fournisseur', 'Votre commentaire');
  await alex.card('Votre commentaire').getByRole('textbox').last().fill('Le soutien tarde.');
  await alex.presses('Envoyer au Courtier', 'Votre commentaire');
  await alex.sees('Merci : votre message nº 1');

  await odile.says('à traiter');
  await odile.opens('Plainte nº 1', 'À traiter');
  await odile.presses('Ouvrir', 'Plainte nº 1', { exact: true });
  await odile.unfolds('Répondre', 'Le soutien tarde.');
  await odile
    .card('Le soutien tarde.')
    .getByRole('textbox', { name: 'Votre réponse' })
    .fill('Nous l’avons appelé.');
  await odile.presses('Envoyer la réponse', 'Le soutien tarde.');
  await alex.sees('Nous l’avons appelé.');
  await alex.unfolds('Ajouter un mot', 'Nous l’avons appelé.');
  await alex.card('Nous l’avons appelé.').getByRole('textbox').last().fill('Rien n’a changé.');
  await alex.presses('Envoyer ce mot', 'Nous l’avons appelé.');
  await odile.says('à traiter');
  await odile.opens('Plainte nº 1', 'À traiter');
  await odile.sees('Rien n’a changé.');
  await odile.presses('Ouvrir', 'Plainte nº 1', { exact: true });
  await odile.unfolds('Fermer', 'Rien n’a changé.');
  await odile.chooses('Réglé', 'Pourquoi', 'Rien n’a changé.');
  await odile
    .card('Rien n’a changé.')
    .getByRole('textbox', { name: 'Un dernier mot' })
    .fill('Un crédit vous est versé.');
  await odile.presses('Fermer le dossier', 'Rien n’a changé.');
  await alex.sees('Un crédit vous est versé.');
  await picture(odile, 'office-complaint-closed');
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { frenchDate } from '../../src/core/clock.ts';
import { ODILE, SAMUEL } from '../../src/playground.ts';
import { aDocument, aFiche, aFile, anOffer, flat, priced } from '../support/fiches.ts';
import type { Client } from './support/browser.ts';
import { openWorld, picture, type World } from './support/world.ts';

// A day of the broker's office, as three of its members see it in Microsoft's client: Diane, who administers, Samuel
// and Odile. Each chapter goes from the first message to the last.

let world: World;
let alex: Client;
let diane: Client;
let samuel: Client;
let odile: Client;

/** The fiche of « Bleuet », whose price was written wrong, and what it should have said. */
const right = aFile(aDocument({ offers: [anOffer({ tiers: flat('4.50') })] }));
let files: Server;
let address: string;

beforeAll(async () => {
  files = createServer((_request, response) => response.end(right.bytes));
  await new Promise<void>((done) => files.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
  world = await openWorld({ colleagues: [SAMUEL, ODILE], settings: { BROADCAST_APPROVAL: 'true' } });
  const [second, third] = world.colleagues;
  if (!second || !third) throw new Error('two colleagues are missing');
  [alex, diane, samuel, odile] = [world.client, world.staff, second, third];
});
afterAll(async () => {
  await world?.close();
  files.close();
});

const CHANNEL = 'Questions des clients';

test('the office opens: its channel, and who is of it', async () => {
  for (const colleague of [samuel, odile]) await colleague.says('aide');
  await diane.goTo(CHANNEL);
  await diane.says('désigner ce canal', { mention: true, post: true });
  await diane.sees('arriveront ici');
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
  await diane.presses('Ouvrir', 'acheter avec sa voisine');
  await diane.presses('Prendre en charge', 'acheter avec sa voisine');
  await diane.sees('Prise en charge par Diane Tremblay');

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
  await alex.chooses('Plainte', 'De quoi', 'Votre commentaire');
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

test('an error of a fiche is corrected with its reason, once a colleague agrees', async () => {
  await world.publishes([aFiche()]);
  await diane.drops({ [right.name]: `${address}/${right.name}` });
  await diane.sees('Corriger une erreur : Bleuet');
  const form = diane.card('Corriger une erreur : Bleuet');
  await form.getByRole('textbox').last().fill('Le prix signé est de 4,50 $.');
  await form.getByRole('checkbox').last().check();
  await picture(diane, 'office-correct');
  await diane.presses('Demander', 'Corriger une erreur : Bleuet');
  await diane.sees('approbation');

  await odile.says('à traiter');
  await odile.opens('Bleuet', 'À traiter');
  await odile.presses('Ouvrir', 'Bleuet', { exact: true });
  await odile.unfolds('Approuver', 'Le prix signé est de 4,50 $.');
  await odile.presses('Approuver la correction', 'Le prix signé est de 4,50 $.');
  await odile.sees('La correction est approuvée');
  await picture(odile, 'office-corrected');
  await alex.says('les prix de Bleuet');
  await alex.presses('Historique des modifications', 'Bleuet Infonuagique inc.');
  await alex.sees('Le prix signé est de 4,50 $.');
});

test('a notice is sent back to its author, who mends it, and leaves once it is approved', async () => {
  await alex.says('abonnements');
  await alex.card('Choisir ce qui est suivi').getByRole('checkbox', { name: 'Tout le catalogue' }).check();
  await alex.presses('Enregistrer', 'Choisir ce qui est suivi');
  await diane.says('diffuser');
  await diane.presses('Nouvel avis', 'Avis du Courtier');
  await diane.sees('Texte du bouton du lien');
  const form = diane.card('Texte du bouton du lien');
  await form.getByRole('textbox', { name: 'Titre' }).fill('Panne du soir');
  await form.getByRole('textbox', { name: 'Texte (' }).fill('Le Catalogue sera fermé de 18 h à 20 h.');
  await diane.presses('Continuer', 'Texte du bouton du lien');
  await diane.presses('Voir avant d', 'Pour qui');
  await diane.presses('Continuer', 'Avant d');
  await diane.presses('Demander', 'Confirmez');

  await samuel.says('à traiter');
  await samuel.opens('Panne du soir', 'À traiter');
  await samuel.presses('Ouvrir', 'Panne du soir', { exact: true });
  await samuel.unfolds('Renvoyer à son auteur', 'fermé de 18 h');
  await samuel.card('fermé de 18 h').getByRole('textbox').last().fill('Dites quel jour.');
  await samuel.presses('Renvoyer', 'fermé de 18 h', { exact: true });
  await diane.sees('Dites quel jour.');
  await picture(diane, 'office-sent-back');
  await diane.says('diffuser');
  await diane.opens('Panne du soir', 'Avis du Courtier');
  await diane.picks('Modifier le texte', 'fermé de 18 h');
  await diane
    .card('Texte du bouton du lien')
    .getByRole('textbox', { name: 'Texte (' })
    .fill('Le Catalogue sera fermé jeudi, de 18 h à 20 h.');
  await diane.presses('Continuer', 'Texte du bouton du lien');
  await diane.presses('Voir avant d', 'Pour qui');
  await diane.presses('Continuer', 'fermé jeudi');
  await diane.presses('Demander', 'Confirmez');
  await samuel.says('à traiter');
  await samuel.opens('Panne du soir', 'À traiter');
  await samuel.presses('Ouvrir', 'Panne du soir', { exact: true });
  await samuel.unfolds('Approuver', 'fermé jeudi');
  await samuel.presses('Envoyer', 'fermé jeudi');
  await alex.sees('fermé jeudi, de 18 h');
  await picture(alex, 'office-approved');
});

test('a price day of two hundred fiches is one message of the channel', async () => {
  const suppliers = Array.from({ length: 200 }, (_, n) => `jour${String(n).padStart(3, '0')}`);
  const at = (version: string, price: string) =>
    world.publishes(suppliers.map((id) => priced(id, price, { version })));
  await at('2026-11-02', '5.00');
  await world.takesEffect();
  const day = await world.nextPriceDay();
  await at(day.toString(), '4.00');
  await world.comes(day);
  await diane.goTo(CHANNEL);
  const told = `200 fiches en vigueur le ${frenchDate(day)}`;
  await diane.sees(told);
  expect(await diane.page.getByText(told).count()).toBe(1);
  await diane.sees('dont 1 de prix');
  await picture(diane, 'office-price-day');
});

test('the channel is lost: administrators are told, and what arrives goes to each of the staff', async () => {
  await diane.posts({ type: 'installationUpdate', action: 'remove' });
  await diane.goTo('Personal Chat');
  await world.looksAtChannel();
  await diane.sees('Le canal de l’équipe ne répond plus.');
  await alex.says('je veux parler à quelqu’un');
  await alex.page.locator('textarea').last().fill('Et le stationnement ?');
  await alex.presses('Transmettre', 'Votre question au Courtier');
  await samuel.sees('Et le stationnement ?');
  await diane.says('santé');
  await diane.sees('Le canal de l’équipe est perdu');
  await picture(diane, 'office-channel-lost');
  await diane.goTo(CHANNEL);
  await diane.says('désigner ce canal', { mention: true, post: true });
  await diane.goTo('Personal Chat');
});

test('a colleague leaves the office: what she had is offered to the others', async () => {
  await odile.says('à traiter');
  await odile.opens('stationnement', 'À traiter');
  await odile.presses('Prendre', 'stationnement', { exact: true });
  await odile.sees('C’est à vous.');
  await diane.says('équipe');
  await diane.chooses(ODILE.name, 'Personne', 'Changer le rôle');
  await diane.chooses('Client', 'Rôle', 'Changer le rôle');
  await diane.presses('Changer le rôle', 'Changer le rôle');
  await diane.sees('Qui reprend ce qui est en cours');
  await picture(diane, 'office-leaver');
  await diane.presses('Retirer de l’équipe', 'Qui reprend');
  await samuel.says('à traiter');
  await samuel.sees('stationnement');
  await samuel.opens('stationnement', 'À traiter');
  await samuel.sees('À personne');
  await odile.says('à traiter');
  expect(await odile.page.locator('.ac-adaptiveCard:not([data-old])').last().textContent()).not.toContain(
    'Tout ce qui attend',
  );
});

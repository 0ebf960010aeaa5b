import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, test } from '@jest/globals';
import { aDocument, aFile, anOffer } from '../support/fiches.ts';
import type { Client } from './support/browser.ts';
import { EYES, openWorld, picture, pictures, type World } from './support/world.ts';

let world: World;
let client: Client;
let staff: Client;
let files: Server;
let address: string;

const cheaper = { tiers: [{ fromUnits: 1, unitPricePerMonth: '4.50' }] };
const dropped = [
  aFile(),
  aFile(aDocument({ version: '2030-11-15', offers: [anOffer(cheaper)] })),
  aFile(aDocument({ version: '2030-12-02', offers: [anOffer(cheaper)] })),
];

beforeAll(async () => {
  files = createServer((request, response) => {
    const file = dropped.find(({ name }) => request.url === `/${name}`);
    response.statusCode = file ? 200 : 404;
    response.end(file?.bytes);
  });
  await new Promise<void>((done) => files.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
  world = await openWorld();
  ({ client, staff } = world);
});
afterAll(async () => {
  await world?.close();
  files.close();
});

const drops = (...names: string[]) =>
  staff.drops(Object.fromEntries(names.map((name) => [name, `${address}/${name}`])));

test('a client browses from the categories to an offer and its supplier', async () => {
  await client.says('catalogue');
  await client.sees('46 offres de 16 fournisseurs');
  await picture(client, 'catalogue-light');
  await client.opens('Visioconférence', '46 offres de 16 fournisseurs');
  await client.sees('Visioconférence : 13 offres');
  await client.presses('Suivante', 'Visioconférence : 13 offres');
  await client.sees('Page 2 de 3');
  await client.presses('Précédente', 'Page 2 de 3');
  await client.opens('À partir de', 'Page 1 de 3');
  await client.sees('Conditions');
  await picture(client, 'offer-light');
  await client.presses('Voir le fournisseur', 'Conditions');
  await client.sees('Documents à lire avant de choisir');
  await picture(client, 'supplier-light');
});

test('the filters narrow the list, and « Tout effacer » gives it back', async () => {
  await client.says('catalogue');
  await client.presses('Toutes les offres', '46 offres de 16 fournisseurs');
  await client.presses('Filtrer et trier', 'Toutes les offres : 46 offres');
  await client.sees('Filtrer et trier les offres');
  await client.chooses('Courriel', 'Catégorie', 'Filtrer et trier les offres');
  await client.chooses('99,95', 'Disponibilité', 'Filtrer et trier les offres');
  await client.chooses('Par prix le plus bas', 'Ordre', 'Filtrer et trier les offres');
  await picture(client, 'filters-light');
  await client.presses('Voir les offres', 'Filtrer et trier les offres');
  await client.sees('Disponibilité : 99,95');
  await picture(client, 'filtered-light');
  await client.presses('Filtrer et trier', 'Disponibilité : 99,95');
  await client.presses('Tout effacer', 'Filtrer et trier les offres');
  await client.sees('Toutes les offres : 46 offres');
});

test('a condition leaves by its own button, and the least expensive come first by theirs', async () => {
  await client.says('offres de courriel hébergées au Québec');
  await client.presses('Hébergement : Québec', 'Courriel : ');
  await client.sees('Courriel : 14 offres');
  await client.presses('Par prix', 'Courriel : 14 offres');
  await client.presses('Par nom', 'Lagopède Courriel');
  await client.sees('Achigan Courriel');
});

test('offers that are ticked are shown side by side, and the list comes back', async () => {
  await client.says('offres de courriel');
  await client.unfolds('Comparer des offres', 'Courriel : 14 offres');
  for (const name of ['Achigan Courriel', 'Lagopède Courriel'])
    await client.card('Courriel : 14 offres').getByRole('checkbox', { name }).check();
  await picture(client, 'ticked-light');
  await client.presses('Comparer', 'Courriel : 14 offres', { exact: true });
  await client.sees('2 offres côte à côte · Courriel');
  await picture(client, 'compared-light');
  await client.presses('Retour', '2 offres côte à côte');
  await client.sees('Courriel : 14 offres');
});

test('a supplier’s name, misspelt, shows the supplier', async () => {
  await client.says('les prix de nordette');
  await client.sees('Nordet Infonuagique inc.');
  await client.presses('Historique des modifications', 'Nordet Infonuagique inc.');
  await client.sees('Version précédente');
  await client.opens('3 août 2026', 'Version précédente');
  await client.sees('5 changements, dont 4 de prix.');
  await picture(client, 'difference-light');
});

test('the summary table can be downloaded', async () => {
  await client.says('catalogue');
  await client.presses('Tableau synthèse', '46 offres de 16 fournisseurs');
  await client.sees('46 offres, dont 4 en analyse.');
  await picture(client, 'summary-light');
  await client.presses('Exporter (.xlsx)', '46 offres, dont 4 en analyse.');
  await client.sees('Votre fichier est prêt');
});

test('a person follows a supplier, sees it and stops', async () => {
  await client.says('fiche de Viorne');
  await client.sees('viorne.example.com');
  await client.presses('Suivre ce fournisseur', 'viorne.example.com');
  await client.sees('C’est noté : Fournisseur : Viorne');
  await picture(client, 'subscriptions-light');
  await client.presses('Ne plus suivre', 'C’est noté');
  await client.sees('C’est retiré de la liste.');
});

test('a client’s file is not read', async () => {
  await client.drops({ 'bleuet_2026-11-02.yaml': `${address}/bleuet_2026-11-02.yaml` });
  await client.sees('Je ne lis pas les fichiers');
});

test('a person follows all of the catalogue', async () => {
  await client.says('abonnements');
  await client.sees('Choisir ce qui est suivi');
  const form = client.card('Choisir ce qui est suivi');
  await form.getByRole('checkbox', { name: 'Tout le catalogue' }).check();
  await client.presses('Enregistrer', 'Choisir ce qui est suivi');
  await client.sees('C’est noté.');
});

test('staff drop a fiche, look at it, confirm it, and clients find it', async () => {
  await staff.says('publier');
  await staff.sees('Publier la fiche d’un fournisseur');
  await drops('bleuet_2026-11-02.yaml');
  await staff.sees('Nouveau fournisseur : 1 offre.');
  await picture(staff, 'review-light');
  await staff.presses('Publier', 'Nouveau fournisseur', { exact: true });
  await staff.sees('Publiée et en vigueur.');
  await client.says('prix de bleuet');
  await client.sees('Bleuet Infonuagique inc.');
});

test('whoever follows the catalogue is told of the new fiche, at a decent hour', async () => {
  world.businessDaysLater(1);
  await client.sees('Changements');
  await client.sees('Nouveau fournisseur');
  await picture(client, 'digest-light');
});

test('a price on a day that is not allowed is refused, and the file corrected is accepted for its day', async () => {
  await drops('bleuet_2030-11-15.yaml');
  await staff.sees('1 problème à corriger');
  await staff.sees('La prochaine date permise est le 2 décembre 2030');
  await picture(staff, 'refusal-light');
  await drops('bleuet_2030-12-02.yaml');
  await staff.sees('Prendra effet le 2 décembre 2030');
  await staff.presses('Publier', 'Prendra effet', { exact: true });
  await staff.sees('Elle prendra effet le 2 décembre 2030');
  await staff.says('fiches');
  await staff.sees('Fiches publiées : 17 fournisseurs');
});

test('several files at once end in one card', async () => {
  await drops('bleuet_2026-11-02.yaml', 'absent_2026-11-02.yaml');
  await staff.sees('2 fichiers lus');
  await picture(staff, 'several-light');
  await staff.presses('Ne rien publier', '2 fichiers lus');
  await staff.sees('Rien n’a été publié');
});

test.each(EYES)('pictures of the catalogue’s cards, %s', async (...eyes) => {
  await pictures(client, eyes, [
    ['catalogue', 'Chercher un fournisseur', 'catalogue'],
    ['offres de courriel', 'Courriel : ', 'offers'],
    ['nordet', 'Personnes à joindre', 'supplier'],
    ['nordet bureautique', 'Caractéristiques', 'offer'],
    ['abonnements', 'Ce que vous suivez', 'subscriptions'],
  ]);
});

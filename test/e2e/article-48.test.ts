import { afterAll, beforeAll, test } from '@jest/globals';
import { anOffer, aSupplier, flat } from '../support/fiches.ts';
import type { Client } from './support/browser.ts';
import { openWorld, picture, type World } from './support/world.ts';

// The three ways around article 48 of the RCTI (guide 3.4.3), as a person in Teams would take them: each is closed.

let world: World;
let client: Client;

beforeAll(async () => {
  world = await openWorld();
  ({ client } = world);
});
afterAll(() => world?.close());

const SCENARIO = 'Par année de contrat';

async function saysKind(kind: string, bound: string, concluded: string): Promise<void> {
  await client.says('besoins');
  await client.opens('Admissibilité', 'Besoins · ');
  await client.sees('Genre d’organisation');
  const card = client.card('Genre d’organisation');
  await card.getByText(kind).click();
  await card.getByText(bound, { exact: true }).first().click();
  await card.getByText('Oui', { exact: true }).last().click();
  await client.presses('Enregistrer', 'Genre d’organisation', { exact: true });
  await client.sees(concluded);
}

async function answers(title: string, mark: string, fill: () => Promise<void>): Promise<void> {
  await client.opens(title, 'Besoins · ');
  await client.sees(mark);
  await fill();
  await client.presses('Enregistrer et revenir', mark);
  await client.sees('La réponse est enregistrée');
}

const wants = (units: string) =>
  answers('7 · Quelle conso', 'unités au départ', () =>
    client.card('unités au départ').getByRole('textbox').first().fill(units),
  );

async function chooses(rank: number): Promise<void> {
  await client.says('comparer');
  await client.sees('d’après les fiches en vigueur');
  await client.opens(`${rank} · `, 'd’après les fiches en vigueur');
  await client.presses('Choisir ce fournisseur', SCENARIO);
  await client.presses('Confirmer le choix', SCENARIO);
  await client.sees('Le choix est noté.');
}

/** Asks for the meeting: what is missing is said instead of the form. */
async function isRefused(...words: string[]): Promise<void> {
  await client.says('rencontre');
  for (const each of words) await client.sees(each);
}

test('who chose above the lowest, then says that article 48 binds them, confirms and is authorized first', async () => {
  await client.says('mon dossier');
  await client.card('Nom du nouveau dossier').getByRole('textbox').fill('Courriel');
  await client.presses('Créer le dossier', 'Nom du nouveau dossier');
  await client.sees('Le dossier est créé');
  await saysKind('visé à l’article 7', 'Non', 'ne s’applique pas, d’après cette réponse');
  await client.says('besoins');
  await answers('5 · De quoi', 'Catégories d’outils', () =>
    client.ticks(['Courriel'], 'Catégories', 'Catégories d’outils'),
  );
  await answers('6 · Quelle durée', 'Durée, comme', () =>
    client.card('Durée, comme').getByRole('textbox').fill('24 mois'),
  );
  await wants('120');
  await chooses(2);
  await saysKind('visé à l’article 4', 'Oui', 'du RCTI s’applique');
  await isRefused('Votre choix est à confirmer', 'Assujettie à l’article 48 du RCTI : non → oui');
  await picture(client, 'article-48-organization');
  await client.presses('Voir le choix', 'Votre choix est à confirmer');
  await client.presses('Garder ce choix', 'À confirmer');
  await isRefused('Obtenez l’autorisation du dirigeant');
  await picture(client, 'article-48-authorization');
});

test('a new fiche that is cheaper makes the choice one to confirm', async () => {
  await chooses(1);
  await client.sees('aucune autorisation du dirigeant n’est nécessaire');
  await world.publishes([aSupplier('bleuet', { offers: [anOffer({ tiers: flat('0.50') })] })]);
  world.businessDaysLater(1);
  await isRefused('Votre choix est à confirmer', 'Ce n’est plus le prix le plus bas');
  await picture(client, 'article-48-cheaper');
});

test('other quantities make the choice one to confirm, and no old price is proposed with new units', async () => {
  await chooses(1);
  await client.sees('aucune autorisation du dirigeant n’est nécessaire');
  await client.says('besoins');
  await wants('900');
  await isRefused('Votre choix est à confirmer', 'Courriel : 120 → 900 unités');
  await picture(client, 'article-48-quantities');
});

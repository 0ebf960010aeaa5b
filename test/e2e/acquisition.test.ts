import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from './support/browser.ts';
import { NARROW, openWorld, picture, WIDE, type World } from './support/world.ts';

let world: World;
let client: Client;

beforeAll(async () => {
  world = await openWorld(56_490);
  ({ client } = world);
}, 120_000);
afterAll(() => world?.close());

/** Opens a question of the overview, fills it in and saves it. */
async function answers(title: string, mark: string, fill: () => Promise<void>): Promise<void> {
  await client.card('Source : Guide, sections 2.4 et 3.1').getByText(title).first().click();
  await client.sees(mark);
  await fill();
  await client.presses('Enregistrer', mark);
  await client.sees('La réponse est enregistrée');
}

test('a client creates a file, and says what kind of organization it is for', async () => {
  await client.says('mon dossier');
  await client.sees('Nom du nouveau dossier');
  await client.card('Nom du nouveau dossier').getByRole('textbox').fill('Courriel du ministère');
  await client.presses('Créer le dossier', 'Nom du nouveau dossier');
  await client.sees('Le dossier est créé');
  await picture(client, 'file-light');
  await client.presses('Continuer : besoins', 'Le dossier est créé');
  await client.sees('Besoins · 0 de 13');
  await client.card('Besoins · 0 de 13').getByText('Admissibilité').first().click();
  await client.sees('Quel genre');
  await client.card('Quel genre').getByText('Ministère ou organisme').click();
  await client.presses('Enregistrer', 'Quel genre');
  await client.sees('Le RCTI s’applique');
  await picture(client, 'eligibility-light');
  await client.presses('Aux questions', 'Quel genre');
  await client.sees('Besoins · 0 de 13');
});

test('the questions that make a price are answered, and a question in the middle loses nothing', async () => {
  await answers('5 · De quoi', 'Catégories d’outils', () =>
    client.ticks(['Courriel', 'Visioconférence'], 'Catégories', 'Catégories d’outils'),
  );
  await answers('6 · Quelle durée', 'Durée en mois', () =>
    client.card('Durée en mois').getByRole('spinbutton').fill('24'),
  );
  await client.says('Combien de jours dure un banc d’essai ?');
  await client.sees('60 jours');
  await answers('7 · Quelle conso', 'unités au départ', async () => {
    const units = client.card('unités au départ').getByRole('spinbutton');
    await units.nth(0).fill('120');
    await units.nth(1).fill('60');
  });
  await client.sees('Besoins · 3 de 13');
  await picture(client, 'needs-light');
});

test('after a restart of the assistant, everything is where it was', async () => {
  await world.restart();
  await client.says('besoins');
  await client.sees('Besoins · 3 de 13');
}, 60_000);

test('the scenarios are compared, opened, varied, and the comparison sealed', async () => {
  await client.says('comparer');
  await client.sees('d’après les fiches en vigueur');
  await picture(client, 'comparison-light');
  await client.presses('Et si', 'd’après les fiches en vigueur');
  await client.sees('Un seul changement à la fois');
  await picture(client, 'what-if-light');
  await client.presses('Retour à la comparaison', 'Un seul changement à la fois');
  await client.card('d’après les fiches en vigueur').getByText('2 · ').first().click();
  await client.sees('Par année de contrat');
  await client.presses('Mois par mois', 'Par année de contrat');
  await client.sees('Mois 12');
  await picture(client, 'months-light');
  await client.presses('Retour au scénario', 'Mois 12');
  await client.presses('Retour à la comparaison', 'Par année de contrat');
  await client.presses('Sceller', 'd’après les fiches en vigueur');
  await client.sees('La comparaison est scellée.');
  await client.presses('Recalculer', 'La comparaison est scellée.');
  await client.sees('l’empreinte est identique');
});

test('a choice that is not the lowest asks for the authorization, which is noted', async () => {
  await client.presses('Retour à la comparaison', 'l’empreinte est identique');
  await client.card('d’après les fiches en vigueur').getByText('2 · ').first().click();
  await client.presses('Choisir ce fournisseur', 'Par année de contrat');
  await client.presses('Confirmer le choix', 'Par année de contrat');
  await client.sees('Le choix est noté.');
  await picture(client, 'choice-light');
  await client.presses('Justification (.docx)', 'Le choix est noté.');
  await client.sees('Votre texte de justification est prêt');
});

test('a supplier who does not answer in three business days is recalled', async () => {
  await client.says('mon dossier');
  await client.card('Courriel du ministère').getByText('3 · ').first().click();
  await client.sees('Guide, section 3.3.1');
  await client.presses('Demander une précision', 'Guide, section 3.3.1');
  await client.sees('Votre question');
  await client.chooses('inc.', 'Fournisseur', 'Votre question');
  await client.card('Votre question').getByRole('textbox').last().fill('Où sont les données ?');
  await client.presses('Noter la question', 'Votre question');
  await client.sees('La question est notée.');
  world.businessDaysLater(5);
  await client.sees('La réponse d’un fournisseur tarde.');
  await picture(client, 'answer-late-light');
});

test.each([
  ['dark', true, WIDE],
  ['narrow', false, NARROW],
] as const)('pictures of the acquisition’s cards, %s', async (name, dark, viewport) => {
  const { person, close } = await world.eyes({ dark, viewport });
  for (const [said, shows, file] of [
    ['mon dossier', 'étape', 'file'],
    ['besoins', 'Besoins · 3 de 13', 'needs'],
    ['comparer', 'd’après les fiches en vigueur', 'comparison'],
  ] as const) {
    await person.says(said);
    await person.sees(shows);
    await picture(person, `${file}-${name}`);
  }
  expect(await person.page.getByText('[object Object]').count()).toBe(0);
  await close();
});

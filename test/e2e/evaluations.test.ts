import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { print } from '../support/print.ts';
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

const BODY = 'Ministère des Essais';
const CONTRACT = 'Courriel du ministère';

test('a client belongs to an organization, which signed a contract', async () => {
  await client.says('mon organisation');
  await client.sees('Pour quelle organisation');
  await client.card('Pour quelle organisation').getByRole('textbox').last().fill(BODY);
  await client.presses('Enregistrer', 'Pour quelle organisation');
  await staff.says('adhésions');
  await staff.sees('demande à agir pour');
  await staff.presses('Confirmer', 'demande à agir pour', { exact: true });
  await client.says('contrats');
  await client.presses('Noter un contrat signé', 'Vos contrats');
  await client.sees('Nom du contrat');
  const contract = client.card('Nom du contrat');
  await contract.getByRole('textbox', { name: 'Nom du contrat' }).fill(CONTRACT);
  await client.chooses('inc.', 'Fournisseur', 'Nom du contrat');
  await contract.getByRole('textbox', { name: 'Offres couvertes' }).fill('Courriel');
  await contract.getByRole('textbox', { name: 'Montant total' }).fill('14 938,00');
  await contract.getByText('Oui : ministère').click();
  await client.presses('Noter le contrat', 'Nom du contrat');
  await client.sees('Voici ce qu’il vous demande');
});

test('what happens during the year is noted', async () => {
  await client.says('noter un événement');
  await client.sees('Sur quel contrat');
  await client.opens(CONTRACT, 'Sur quel contrat');
  await client.sees('Rien encore');
  await client.presses('Noter un événement', 'Rien encore');
  const events = client.card('Rien encore');
  await events.getByText('Mauvais', { exact: true }).click();
  await events.getByRole('textbox', { name: 'Ce qui s' }).fill('Panne de deux heures un mardi matin.');
  await client.clicks(events.getByRole('button', { name: 'Noter', exact: true }));
  await client.sees('L’événement est noté.');
  await picture(client, 'evaluation-events');
});

test('a channel asks for the reminders of its organization', async () => {
  await client.goTo('General');
  await client.says('évaluations', { mention: true, post: true });
  await client.sees('Les rappels de l’évaluation de vos fournisseurs peuvent venir dans ce canal.');
  await client.presses('Recevoir les rappels ici', 'Les rappels de l’évaluation');
  await client.sees('Les rappels de votre organisation viendront ici.');
});

test('staff see whom a campaign asks, and start it: the channel is told, and names nobody', async () => {
  world.businessDaysLater(1);
  await staff.says('campagnes');
  await staff.presses('Nouvelle campagne', 'Campagnes d’évaluation');
  await staff
    .card('Campagnes d’évaluation')
    .getByRole('textbox', { name: 'Nom' })
    .fill('Évaluations de l’année');
  await staff.presses('Continuer', 'Campagnes d’évaluation');
  await staff.sees('1 contrat à évaluer, que 1 personne suit.');
  await picture(staff, 'campaign-confirm');
  await staff.presses('Lancer la campagne', '1 contrat à évaluer');
  await staff.sees('La campagne est ouverte.');
  await picture(staff, 'campaign-open');
  await client.sees('Le Courtier demande votre avis sur vos fournisseurs');
  await picture(client, 'evaluation-channel');
  const told = await client.card('Le Courtier demande votre avis').textContent();
  expect(told).toContain(CONTRACT);
  expect(told).not.toContain('Alex');
});

/** What the person pressed for the evaluation, from the reminder to the thanks. */
let pressed = 0;

/** Presses a button of a card, counted. */
const answers = async (button: string, words: string): Promise<void> => {
  pressed++;
  await client.presses(button, words);
};

/** Gives the first criteria of the card at hand the same note, one press each. */
async function notes(words: string, most: number): Promise<void> {
  const radios = await client.card(words).getByRole('radio', { name: '4 · Satisfaisant' }).all();
  for (const radio of radios.slice(0, most)) {
    if (await radio.isChecked()) continue;
    pressed++;
    await radio.click();
  }
}

test('the person is reminded too, and notes on a first card, one press each', async () => {
  await client.goTo('Personal Chat');
  await client.sees('Évaluer le fournisseur');
  await picture(client, 'reminders-of-the-day');
  const line = client.card('Vos rappels du').locator('.ac-container', { hasText: 'Évaluer le fournisseur' });
  await client.clicks(line.last().getByRole('button', { name: 'Ouvrir' }));
  await client.sees('Carte 1 de 2');
  await client.sees('Panne de deux heures');
  await notes('Carte 1 de 2', 8);
  await picture(client, 'evaluation-first-card');
  await answers('Continuer', 'Carte 1 de 2');
  await client.sees('Carte 2 de 2');
  await picture(client, 'evaluation-second-card');
});

test('in the dark and in a narrow window, both cards are the same, with what was noted', async () => {
  await client.seenIn({ dark: true, viewport: NARROW }, async () => {
    await client.says('évaluations');
    await client.opens(CONTRACT, 'Vos évaluations');
    // Where it was left.
    await client.sees('Carte 2 de 2 · 8 réponses');
    await picture(client, 'evaluation-second-card-dark');
    await client.presses('Carte précédente', 'Carte 2 de 2');
    // And the exit, which the second card proposes as « sans objet ».
    await client.sees('Carte 1 de 2 · 9 réponses');
    await picture(client, 'evaluation-first-card-dark');
  });
});

test('after a restart of the assistant the answers are there; the second card submits, in fifteen presses in all', async () => {
  await world.restart();
  await client.presses('Carte précédente', 'Carte 2 de 2');
  await client.sees('Carte 1 de 2 · 9 réponses');
  await client.presses('Continuer', 'Carte 1 de 2');
  await client.sees('Carte 2 de 2');
  const card = client.card('Carte 2 de 2');
  // The exit is « sans objet », and the overall view the mean where nothing is chosen.
  await notes('Carte 2 de 2', 4);
  pressed++;
  await card.getByText('Oui', { exact: true }).click();
  await card.getByLabel('Commentaire', { exact: true }).fill('Un bon fournisseur, parfois lent.');
  await answers('Soumettre', 'Carte 2 de 2');
  await client.sees('Merci. Votre évaluation est soumise');
  await picture(client, 'evaluation-submitted');
  print(`presses for one evaluation: ${pressed}`);
  expect(pressed).toBeLessThanOrEqual(15);
});

test('the staff see who answered, then the results', async () => {
  await staff.says('campagnes');
  await staff.opens('Évaluations de l’année', 'Campagnes d’évaluation');
  await staff.sees('Réponses : 1 sur 1 (100 %)');
  await staff.says('résultats');
  await staff.sees('Résultats par fournisseur');
  await picture(staff, 'evaluation-suppliers');
  await staff.opens('inc.', 'Résultats par fournisseur');
  await staff.sees('Choisiraient de nouveau ce fournisseur : 100 %');
  await picture(staff, 'evaluation-results');
  await staff.presses('Commentaires', 'Choisiraient de nouveau');
  await staff.sees('Un bon fournisseur, parfois lent.');
  await client.seenIn({ dark: true, viewport: NARROW }, async () => {
    await client.says('évaluations');
    await client.sees('Vos évaluations');
    await picture(client, 'evaluations-dark');
  });
});

test('the campaign ends, and those who answered are thanked', async () => {
  await staff.clicks(staff.card('Réponses : 1 sur 1').getByRole('button', { name: 'More options' }));
  await staff.page.getByRole('menuitem', { name: 'Terminer' }).click();
  await staff.presses('Confirmer la fin', 'Réponses : 1 sur 1');
  await staff.sees('La campagne est terminée.');
  await client.sees('Merci de votre évaluation');
  await picture(client, 'evaluation-thanks');
});

test('an amendment beyond three years comes back as it was typed; a shorter one is validated, then signed', async () => {
  await client.says('contrats');
  await client.opens(CONTRACT, 'Vos contrats');
  await client.presses('Avenants', CONTRACT);
  await client.presses('Préparer un avenant', 'Le contrat peut durer au plus');
  const form = client.card('Vérifiez avant de le demander');
  await client.chooses('Changer la date de fin', 'Ce qui change', 'Vérifiez avant de le demander');
  await form.getByRole('textbox', { name: 'Le changement' }).fill('Dix ans de plus');
  await form.getByLabel('Nouvelle fin').fill('2040-01-31');
  await client.presses('Noter l’avenant', 'Vérifiez avant de le demander');
  await client.sees('Ce changement n’est pas possible.');
  await picture(client, 'amendment-refused');
  const again = client.card('Ce changement n’est pas possible.');
  expect(await again.getByRole('textbox', { name: 'Le changement' }).inputValue()).toBe('Dix ans de plus');
  await client.chooses('quantités', 'Ce qui change', 'Ce changement n’est pas possible.');
  await again.getByLabel('Nouvelle fin').fill('');
  await client.presses('Noter l’avenant', 'Ce changement n’est pas possible.');
  await client.sees('À valider par le Courtier, avant la signature');
  await client.presses('Validé par le Courtier', 'À valider par le Courtier');
  await client.card('À valider').getByRole('textbox', { name: 'Par qui' }).fill('Diane Roy');
  await client.presses('Noter la validation', 'À valider par le Courtier');
  await client.sees('l’avenant peut être signé');
  await client.presses('Signé', 'l’avenant peut être signé', { exact: true });
  await client.presses('Noter la signature', 'l’avenant peut être signé');
  await client.sees('Signé le');
  await picture(client, 'amendment-signed');
});

test('a termination is noted, corrected, and taken back when it was a slip', async () => {
  const today = await client.card('Signé le').getByText('Signé le').last().textContent();
  expect(today).toContain('Validé par le Courtier');
  await client.presses('Retour au contrat', 'Signé le');
  await client.sees('Transmettre au Courtier une copie de l’avenant');
  await client.clicks(client.card('Documents à garder').getByRole('button', { name: 'More options' }));
  await picture(client, 'termination-menu');
  await client.clicks(client.page.getByRole('menuitem', { name: 'Résiliation' }));
  await client.sees('La raison, en bref');
  const form = client.card('La raison, en bref');
  await form.getByText('Le fournisseur', { exact: true }).click();
  await form.getByRole('textbox', { name: 'La raison' }).fill('Service abandonné');
  await client.presses('Noter la résiliation', 'La raison, en bref');
  await client.sees('La résiliation est notée. Voici ce qui suit.');
  await picture(client, 'termination-noted');
  await client.presses('Corriger', 'Voici ce qui suit.');
  const correction = client.card('Voici ce qui suit.');
  expect(await correction.getByRole('textbox', { name: 'La raison' }).inputValue()).toBe('Service abandonné');
  await correction.getByRole('textbox', { name: 'La raison' }).fill('Service abandonné en juin');
  await client.presses('Enregistrer la correction', 'Voici ce qui suit.');
  await client.sees('Voici ce qui suit maintenant.');
  await client.presses('C’était une erreur', 'Voici ce qui suit maintenant.');
  await client.sees('Le contrat et ses obligations reprennent comme avant.');
  await client.presses('Oui, la retirer', 'Voici ce qui suit maintenant.');
  await client.sees('La résiliation est retirée');
  await client.presses('Retour au contrat', 'La résiliation est retirée');
  await client.sees('Transmettre au Courtier une copie de l’avenant');
});

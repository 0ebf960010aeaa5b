import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, unreachable, violations } from './support/browser.ts';
import { EYES, openWorld, PICTURES, picture, pictures, type World } from './support/world.ts';

let world: World;
let client: Client;
let staff: Client;
let link = '';

beforeAll(async () => {
  world = await openWorld();
  ({ client, staff } = world);
});
afterAll(() => world?.close());

/** Fills in the question that is shown, and saves it. */
async function answers(mark: string, save: string, fill: () => Promise<void>): Promise<void> {
  await client.sees(mark);
  await fill();
  await client.presses(save, mark);
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
  await client.sees('Quel genre');
  await client.card('Quel genre').getByText('Ministère ou organisme').click();
  await client.card('Quel genre').getByText('Oui').first().click();
  await client.presses('Enregistrer', 'Quel genre', { exact: true });
  await client.sees('L’article 48 du RCTI s’applique');
  await picture(client, 'eligibility-light');
  await client.presses('Enregistrer et suivante', 'Quel genre');
  await client.sees('Besoins · 1 de 13');
  await client.picks('Toutes les questions', 'Besoins · 1 de 13');
  await client.sees('Besoins · 0 de 13');
});

test('the questions that make a price follow each other, and a question in the middle loses nothing', async () => {
  await client.opens('5 · De quoi', 'Besoins · 0 de 13');
  await answers('Catégories d’outils', 'Enregistrer et suivante', () =>
    client.ticks(['Courriel', 'Visioconférence'], 'Catégories', 'Catégories d’outils'),
  );
  await answers('Durée, comme', 'Enregistrer et suivante', () =>
    client.card('Durée, comme').getByRole('textbox').fill('2 ans'),
  );
  await client.sees('unités au départ');
  await client.says('Combien de jours dure un banc d’essai ?');
  await client.sees('60 jours');
  await answers('unités au départ', 'Enregistrer et revenir', async () => {
    const units = client.card('unités au départ').getByRole('textbox', { name: 'unités au départ' });
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
});

test('the scenarios are compared, opened, varied, and the comparison sealed', async () => {
  await client.says('comparer');
  await client.sees('d’après les fiches en vigueur');
  await picture(client, 'comparison-light');
  await client.presses('Et si', 'd’après les fiches en vigueur');
  await client.sees('Un seul changement à la fois');
  await picture(client, 'what-if-light');
  await client.presses('Retour à la comparaison', 'Un seul changement à la fois');
  await client.opens('2 · ', 'd’après les fiches en vigueur');
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
  await client.opens('2 · ', 'd’après les fiches en vigueur');
  await client.presses('Choisir ce fournisseur', 'Par année de contrat');
  await client.presses('Confirmer le choix', 'Par année de contrat');
  await client.sees('Le choix est noté.');
  await picture(client, 'choice-light');
  await client.presses('Justification (.docx)', 'Le choix est noté.');
  await client.sees('Votre texte de justification est prêt');
});

test('a question that a supplier had to take in charge in three business days is recalled', async () => {
  await client.says('mon dossier');
  await client.opens('3 · ', 'Courriel du ministère');
  await client.sees('Guide, section 3.3.1');
  await client.presses('Demander une précision', 'Guide, section 3.3.1');
  await client.unfolds('Noter une question', 'Questions aux fournisseurs');
  await client.sees('Votre question');
  await client.chooses('inc.', 'Fournisseur', 'Votre question');
  await client.card('Votre question').getByRole('textbox').last().fill('Où sont les données ?');
  await client.presses('Noter la question', 'Votre question');
  await client.sees('La question est notée.');
  world.businessDaysLater(5);
  await world.gathersReminders();
  await client.sees('Relancer Achigan');
  await picture(client, 'answer-late-light');
});

test('the cheapest needs no authorization: the meeting is asked for, with what the file knows', async () => {
  await client.says('comparer');
  await client.sees('d’après les fiches en vigueur');
  await client.opens('1 · ', 'd’après les fiches en vigueur');
  await client.presses('Choisir ce fournisseur', 'Par année de contrat');
  await client.presses('Confirmer le choix', 'Par année de contrat');
  await client.sees('aucune autorisation du dirigeant n’est nécessaire');
  await client.says('rencontre');
  await client.sees('Fournisseur choisi');
  await picture(client, 'kickoff-request');
  await client
    .card('Fournisseur choisi')
    .getByRole('textbox', { name: 'Son courriel' })
    .fill('camille@fournisseur.example');
  await client.presses('Envoyer au Courtier', 'Fournisseur choisi');
  await client.sees('Votre demande est envoyée au Courtier');
});

test('staff propose moments, and get the supplier’s link', async () => {
  await staff.says('rencontres');
  await staff.sees('Rencontres et contrats en préparation');
  await staff.opens('Nº 1', 'Rencontres et contrats en préparation');
  await staff.sees('Demandée par');
  await staff.presses('Proposer des moments', 'Demandée par');
  await staff.sees('Transmettez maintenant le lien au fournisseur');
  await picture(staff, 'kickoff-staff');
  await staff.presses('Lien du fournisseur', 'Transmettez maintenant le lien');
  await staff.sees('À transmettre à camille');
  const shown = await staff.card('À transmettre à camille').getByText('/liens/').textContent();
  link = world.address + new URL(shown ?? '').pathname;
  expect(link).toContain('/liens/');
});

test('the supplier chooses on a telephone, without a script', async () => {
  const page = await world.visitor({ width: 320, scripts: false });
  await page.goto(link);
  await page.getByRole('checkbox').first().check();
  await page.getByRole('checkbox').nth(1).check();
  await page.screenshot({ path: `${PICTURES}/supplier-narrow.png`, fullPage: true });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  await page.getByRole('button', { name: 'Envoyer ma réponse' }).click();
  await page.getByText('votre réponse est notée').waitFor();
  await page.context().close();
});

test.each([320, 1_200])('an audit for screen readers finds nothing wrong at %i pixels', async (width) => {
  const page = await world.visitor({ width, scripts: true });
  await page.goto(link);
  expect(await violations(page)).toEqual([]);
  expect(await unreachable(page)).toEqual([]);
  await page.goto(`${link}x`);
  await page.getByText('Ce lien ne mène plus à rien').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test('the moments come to the client in a card where they choose, and the meeting is fixed at the first moment that suits all', async () => {
  await client.sees('Le Courtier vous propose des moments pour');
  const moments = client.card('Quand pouvez-vous être là').getByRole('checkbox');
  await moments.nth(1).check();
  await moments.nth(2).check();
  await picture(client, 'kickoff-slots');
  await client.presses('Envoyer mes choix', 'Quand pouvez-vous être là');
  await client.sees('Ce moment convient à tous : la rencontre est fixée.');
  await picture(client, 'kickoff-booked');
  const page = await world.visitor({ width: 320, scripts: true });
  await page.goto(link);
  await page.getByRole('heading', { name: 'Votre rencontre de démarrage' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: `${PICTURES}/supplier-booked.png`, fullPage: true });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  await page.context().close();
});

test('after the meeting, its steps go on', async () => {
  world.businessDaysLater(6);
  await world.gathersReminders();
  await client.sees('Dire si la rencontre de démarrage a eu lieu');
  const line = client
    .card('Dire si la rencontre')
    .locator('.ac-container', { hasText: 'Dire si la rencontre' });
  await client.clicks(line.last().getByRole('button', { name: 'Ouvrir' }));
  await client.sees('La rencontre a-t-elle eu lieu');
  await client.unfolds('Elle a eu lieu', 'La rencontre a-t-elle eu lieu');
  await client.presses('Oui, elle a eu lieu', 'La rencontre a-t-elle eu lieu');
  await client.sees('Voici la suite');
  await client.presses('Étape 4 : c’est fait', 'Voici la suite');
  await client.presses('Oui, c’est fait', 'Voici la suite');
  await client.sees('5 · Vérifier le fournisseur');
  await picture(client, 'kickoff-steps');
  await client.presses('Étape 5 : c’est fait', '5 · Vérifier le fournisseur');
  await client.presses('Oui, c’est fait', '5 · Vérifier le fournisseur');
  await client.sees('6 · ');
});

test('the supplier confirms a step of theirs, without a script', async () => {
  const audited = await world.visitor({ width: 320, scripts: true });
  await audited.goto(link);
  await audited.getByRole('heading', { name: 'Étape 6' }).waitFor();
  expect(await violations(audited)).toEqual([]);
  await audited.screenshot({ path: `${PICTURES}/supplier-step.png`, fullPage: true });
  await audited.context().close();
  const page = await world.visitor({ width: 320, scripts: false });
  await page.goto(link);
  await page.getByRole('button').click();
  await page.getByText('Merci, c’est noté').waitFor();
  await page.context().close();
});

test('a signed contract is noted, and its duties are followed', async () => {
  await client.says('contrats');
  await client.presses('Noter un contrat signé', 'Vos contrats');
  await client.sees('Nom du contrat');
  const form = client.card('Nom du contrat');
  await form.getByRole('textbox', { name: 'Nom du contrat' }).fill('Courriel du ministère');
  await client.chooses('inc.', 'Fournisseur', 'Nom du contrat');
  await form.getByRole('textbox', { name: 'Offres couvertes' }).fill('Courriel et visioconférence');
  await form.getByRole('textbox', { name: 'Montant total' }).fill('14 938,00');
  await form.getByText('Oui : ministère').click();
  await client.presses('Noter le contrat', 'Nom du contrat');
  await client.sees('Voici ce qu’il vous demande');
  await picture(client, 'contract-light');
  await client.opens('Publier les renseignements', 'Voici ce qu’il vous demande');
  await client.sees('43233500 Logiciel d’échange d’information');
  await picture(client, 'contract-publication');
  await client.presses('C’est fait', '43233500');
  await client.presses('Noter', '43233500');
  await client.sees('Vous ne recevrez plus de rappel');
});

test('a complaint reaches the staff, who answer it', async () => {
  await client.says('commenter');
  await client.sees('De quoi s’agit-il');
  await client.chooses('Plainte sur une offre', 'De quoi', 'De quoi s’agit-il');
  await client
    .card('De quoi s’agit-il')
    .getByRole('textbox')
    .last()
    .fill('Le service a été indisponible trois jours.');
  await client.presses('Envoyer au Courtier', 'De quoi s’agit-il');
  await client.sees('est transmis au Courtier');
  await staff.says('commentaires');
  await staff.sees('Commentaires à traiter');
  await staff.opens('Nº 1', 'Commentaires à traiter');
  await staff.presses('Répondre', 'indisponible trois jours');
  await staff
    .card('indisponible trois jours')
    .getByRole('textbox')
    .fill('Nous communiquons avec le fournisseur.');
  await staff.presses('Envoyer la réponse', 'indisponible trois jours');
  await client.sees('Nous communiquons avec le fournisseur.');
});

test.each(EYES)('pictures of the acquisition’s cards, %s', async (...eyes) => {
  await pictures(client, eyes, [
    ['mon dossier', 'étape', 'file'],
    ['besoins', 'Besoins · 3 de 13', 'needs'],
    ['comparer', 'd’après les fiches en vigueur', 'comparison'],
    ['rencontre', 'Obtenir l’autorisation budgétaire', 'kickoff'],
    ['contrats', 'Vos contrats', 'contracts'],
  ]);
});

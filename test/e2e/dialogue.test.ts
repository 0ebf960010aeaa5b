import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, unreachable, violations } from './support/browser.ts';
import { openWorld, PICTURES, picture, type World } from './support/world.ts';

let world: World;
let client: Client;
let staff: Client;

beforeAll(async () => {
  world = await openWorld();
  ({ client, staff } = world);
});
afterAll(() => world?.close());

test.each([
  ['a number', '45 employés veulent essayer une offre', 'Non : 30 unités au plus de chaque offre', 'number'],
  [
    'a duration',
    'Un contrat de quatre ans, ça passe ?',
    'Non : un contrat dure trois ans au plus',
    'duration',
  ],
  [
    'what the guide leaves open',
    'Quel est le pourcentage des frais de gestion ?',
    'Le guide ne le dit pas',
    'silence',
  ],
  ['somebody else’s business', 'Quelle est la recette du pâté chinois ?', 'Pas de mon ressort', 'elsewhere'],
  ['English', 'Who publishes the contract on SEAO?', 'I understood your question in English', 'english'],
  ['itself', 'd’où viennent tes réponses ?', 'édition du 1er juin 2018', 'about'],
  ['the catalogue', 'offres de courriel hébergées au Québec les moins chères', 'hébergé', 'catalogue'],
  ['two offers', 'comparer Nordet Courriel et Outarde Courriel', 'Outarde Courriel', 'comparison'],
  ['a product that is not there', 'avez-vous Microsoft 365 ?', 'Microsoft 365', 'absent'],
  ['one’s own file', 'où en est mon dossier', 'organisation', 'own-file'],
  ['what is to do', 'qu’est-ce que je dois faire cette semaine', 'faire', 'to-do'],
] as const)('a message about %s is answered as such', async (_what, said, shows, name) => {
  await client.says(said);
  await client.sees(shows);
  await picture(client, `dialogue-${name}`);
});

test('a question goes on from the one before, and can be read by itself', async () => {
  await client.says('Peut-on faire un essai gratuit avant d’acheter ?');
  await client.sees('ne coûtent rien');
  await client.says('pour combien d’utilisateurs ?');
  await client.sees('comme la suite de');
  await picture(client, 'dialogue-follow-up');
  await client.presses('Lire ma question à part', 'comme la suite de');
  await client.page.getByText('comme la suite de').waitFor({ state: 'detached' });
});

test('an answer is short, and its details unfold', async () => {
  await client.says('Peut-on faire un essai gratuit avant d’acheter ?');
  await client.sees('sans engagement');
  await client.unfolds('Plus de détails', 'ne coûtent rien');
  await client.sees('Gardez vos résultats');
  await picture(client, 'dialogue-details');
  await client.unfolds('Moins de détails', 'ne coûtent rien');
  await client.page.getByText('Gardez vos résultats').last().waitFor({ state: 'hidden' });
});

test('two questions get two answers in one card', async () => {
  await client.says('Qui publie au SEAO et combien de temps faut-il conserver les documents ?');
  await client.sees('Guide, section 4.12');
  await picture(client, 'dialogue-double');
});

test('a request is followed, and cancelled', async () => {
  await client.says('je veux parler à quelqu’un');
  await client.sees('Votre question au Courtier');
  await client.page.locator('textarea').last().fill('Notre lapin angora peut-il signer ?');
  await client.presses('Transmettre', 'Votre question au Courtier');
  await client.sees('Question nº 1');
  await client.says('mes demandes');
  await client.sees('En attente');
  await picture(client, 'dialogue-requests');
  await client.presses('Voir', 'En attente');
  await client.presses('Annuler', 'lapin angora');
  await client.sees('annul');
});

test('the staff see what was not answered, and try a question', async () => {
  await staff.goTo('Personal Chat');
  await staff.says('à améliorer');
  await staff.sees('améliorer');
  await picture(staff, 'dialogue-improve');
  await staff.says('essayer Qui signe le contrat ?');
  await staff.sees('Qui signe le contrat');
  await picture(staff, 'dialogue-trial');
});

describe.each([
  ['the guide’s contents', 'guide', 'Le guide, en bref'],
  ['a passage of the guide', 'guide/3.4.3', 'section 3.4.3'],
  ['a passage that is not there', 'guide/99', 'Rien n’est à cette adresse'],
  ['a link that is no more', 'liens/ancien', 'Ce lien ne mène plus à rien'],
  ['a file that is no more', 'telechargements/ancien', 'n’est pas disponible'],
] as const)('the page of %s', (_what, path, words) => {
  test.each([
    [320, 'light'],
    [1_200, 'dark'],
  ] as const)(
    'is fit for screen readers and for the keyboard, %i pixels wide, %s',
    async (width, colorScheme) => {
      const page = await world.visitor({ width, scripts: true });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${world.address}/${path}`);
      await page.getByText(words).first().waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await unreachable(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.screenshot({ path: `${PICTURES}/page-${path.replace('/', '-')}-${colorScheme}.png` });
      await page.context().close();
    },
  );
});

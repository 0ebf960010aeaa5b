import { beforeEach, expect, test } from '@jest/globals';
import { compose, preview, WORDS } from '../../support/broadcasts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues, giveRole, MINISTRY, met } from '../../support/organization.ts';
import { admin, alex, diane, nadia } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';

const teams = fakeTeams({ shortGuide: true });
const PRICES = { title: 'Nouveaux prix', text: 'Les prix de **mars** sont publiés.', acknowledge: 'true' };

beforeEach(async () => {
  await met(teams, alex, diane, admin);
  await giveRole(teams, diane, 'staff');
});

/** A notice kept as a template; its card. */
async function kept(name = 'Prix du mois', words: object = PRICES): Promise<ShownCard> {
  const seen = await preview(teams, diane, words, { groups: 'installed' });
  const form = await teams.mustClick(diane, seen, 'Garder comme modèle');
  return teams.mustClick(diane, form, 'Garder le modèle', { name });
}
const templates = () => teams.mustPress(diane, 'broadcasts.templates', { page: 1 });

test('a notice kept as a template begins another one, for the same groups', async () => {
  const template = await kept();
  expect(template.plain).toContain('Les prix de **mars** sont publiés.');
  const form = await teams.mustClick(diane, template, 'Commencer un avis');
  expect(form.valueOf('title')).toBe('Nouveaux prix');
  const aim = await teams.mustClick(diane, form, 'Continuer', { ...PRICES, title: 'Prix d’avril' });
  expect(aim.valueOf('groups')).toBe('installed');
});

test('a form that began with a template taken away meanwhile is kept, for the subscribers', async () => {
  const template = await kept();
  const form = await teams.mustClick(diane, template, 'Commencer un avis');
  await teams.mustClick(diane, template, 'Retirer le modèle');
  const aim = await teams.mustClick(diane, form, 'Continuer', PRICES);
  expect(aim.valueOf('groups')).toBe('subscribers');
});

test('a name that is taken, however it is typed, is refused beside its field', async () => {
  await kept('Prix du mois');
  const seen = await preview(teams, diane, WORDS);
  const asked = await teams.mustClick(diane, seen, 'Garder comme modèle');
  const form = await teams.formBack(diane, asked, 'Garder le modèle', { name: 'PRIX DU MOIS' });
  expect(form.plain).toContain('Un modèle s’appelle déjà « PRIX DU MOIS ».');
  expect(form.valueOf('name')).toBe('PRIX DU MOIS');
});

test('is renamed by whoever sees it as it is; an older card says what it is now', async () => {
  const before = await kept();
  const after = await teams.mustClick(diane, before, 'Changer le nom', { name: 'Prix' });
  expect(after.plain).toContain('Prix');
  const stale = await teams.formBack(diane, before, 'Changer le nom', { name: 'Autre' });
  expect(stale.plain).toContain('Ce modèle a changé entre-temps');
  expect((await templates()).plain).not.toContain('Autre');
});

test('that is for a body merged into another begins notices for that other', async () => {
  const CITY = 'Ville de Rivière-Noire';
  await colleagues(teams, [alex], CITY);
  await colleagues(teams, [nadia], MINISTRY);
  const [from, into] = [
    await teams.services.organizations.bodyNamed(CITY),
    await teams.services.organizations.bodyNamed(MINISTRY),
  ];
  if (!from || !into) throw new Error('no body');
  const seen = await preview(teams, diane, {}, { groups: '', organizations: from.id });
  const asked = await teams.mustClick(diane, seen, 'Garder comme modèle');
  await teams.mustClick(diane, asked, 'Garder le modèle', { name: 'Pour la ville' });
  await teams.db.transaction((tx) => teams.services.house.merge(tx, from.id, into.id));
  const template = (await templates()).buttonFor('broadcasts.template').data.template;
  const { content } = await teams.services.broadcasts.findTemplate(String(template));
  expect(content.audience.organizations).toEqual([into.id]);
});

test('is taken away once, and the notices that began with it stay', async () => {
  const template = await kept();
  const list = await teams.mustClick(diane, template, 'Retirer le modèle');
  expect(list.plain).toContain('Aucun modèle');
  expect((await teams.services.broadcasts.broadcastsPage(1, 9)).total).toBe(1);
  await teams.refusedPress(diane, 'broadcasts.removeTemplate', template.button('Retirer le modèle').data);
});

test('templates are listed by name, a page at a time', async () => {
  for (const n of [3, 1, 2, 7, 5, 6, 4]) await kept(`Modèle ${n}`);
  const first = await templates();
  expect(first.plain).toContain('Page 1 de 2');
  expect(first.plain.indexOf('Modèle 1')).toBeLessThan(first.plain.indexOf('Modèle 2'));
  const second = await teams.mustClick(diane, first, 'Suivante');
  expect(second.plain).toContain('Modèle 7');
});

test('are the staff’s: a client sees none and keeps none', async () => {
  const template = await kept();
  for (const { verb, data } of template.buttons) await teams.refusedPress(alex, verb, data);
});

test('a picture needs an address that is allowed, without a secret, and words for whoever does not see it', async () => {
  const form = await compose(teams, diane);
  const picture = { ...WORDS, image: 'http://www.quebec.ca/a.png', imageAlt: 'Un plan' };
  for (const [image, imageAlt, sentence] of [
    ['http://www.quebec.ca/a.png', 'Un plan', 'L’image doit être à une adresse https d’un site permis'],
    ['https://ailleurs.example/a.png', 'Un plan', 'L’image doit être à une adresse https d’un site permis'],
    ['https://www.quebec.ca/a.png?sv=2&sig=abc', 'Un plan', 'Cette adresse contient un jeton'],
    ['https://www.quebec.ca/a.png', '', 'Décrivez l’image en quelques mots'],
  ]) {
    const back = await teams.formBack(diane, form, 'Continuer', { ...picture, image, imageAlt });
    expect(back.plain).toContain(sentence);
    expect(back.valueOf('image')).toBe(image);
  }
});

test('a picture is drawn the same before it leaves and where it is received, with its words', async () => {
  const picture = { image: 'https://www.quebec.ca/a.png', imageAlt: 'Un plan du guide' };
  const seen = await preview(teams, diane, picture, { groups: 'installed' });
  await teams.press(diane, 'broadcasts.try', seen.buttonFor('broadcasts.try').data);
  for (const card of [seen, teams.lastCard()])
    expect(JSON.stringify(card.json)).toContain(
      JSON.stringify({ url: picture.image, altText: picture.imageAlt }).slice(1, -1),
    );
});

test('what is read aloud or in a notification has no signs of bold or italics', async () => {
  const seen = await preview(teams, diane, {
    text: 'Le **guide** est _vraiment_ à jour, 2 ** 3 et nom_de_fichier.',
  });
  await teams.press(diane, 'broadcasts.try', seen.buttonFor('broadcasts.try').data);
  expect(JSON.stringify(teams.lastCard().json.fallbackText)).toContain(
    'Le guide est vraiment à jour, 2 ** 3 et nom_de_fichier.',
  );
});

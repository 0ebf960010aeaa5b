import { beforeEach, expect, test } from '@jest/globals';
import { CATEGORIES } from '../../../../src/features/catalogue/index.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aSupplier } from '../../../support/fiches.ts';
import { alex, channel, foreigner, group, nadia, personalChat } from '../../../support/people.ts';
import type { ShownCard } from '../../../support/shown-card.ts';

const teams = fakeTeams();
beforeEach(async () => {
  await teams.services.catalogue.publication.publish(
    [aSupplier('bleuet'), aSupplier('canneberge')],
    'command',
  );
});

const follow = (topic: string, place = personalChat(alex)) =>
  teams.mustPress(alex, 'catalogue.subscribe', { topic }, place);
const refused = (topic: string, person = alex) =>
  teams.refusedPress(person, 'catalogue.subscribe', { topic }, channel);

test('a person follows everything, a category and a supplier, and sees what they follow', async () => {
  await follow('all');
  await follow('category:courriel');
  await follow('supplier:bleuet');
  const { plain } = await teams.asks(alex, 'abonnements');
  for (const words of ['Tout le catalogue', 'Catégorie : Courriel', 'Fournisseur : bleuet inc.'])
    expect(plain).toContain(words);
});

const followList = (criteria: object) =>
  teams.mustPress(alex, 'catalogue.follow', { criteria: JSON.stringify(criteria) });

test('a list is followed as it is narrowed, however it is sorted, once', async () => {
  await followList({ category: 'courriel', hosting: 'QC', sort: 'price' });
  const card = await followList({ hosting: 'QC', category: 'courriel', units: 40 });
  expect(card.plain).toContain('Liste : Courriel · hébergement : Québec');
  expect(card.buttons.filter(({ title }) => title === 'Ne plus suivre')).toHaveLength(1);
});

test('a list of a category alone is its category, and the whole catalogue is no list', async () => {
  expect((await followList({ category: 'courriel' })).plain).toContain('Catégorie : Courriel');
  expect(await teams.refusedPress(alex, 'catalogue.follow', { criteria: '{"sort":"price"}' })).toContain(
    'ne correspond plus',
  );
});

test('following the same thing twice, also at once, counts once', async () => {
  await Promise.all([follow('all'), follow('all'), follow('all')]);
  const card = await follow('all');
  expect(card.buttons.filter(({ title }) => title === 'Ne plus suivre')).toHaveLength(1);
});

/** The form as somebody fills it in. */
const NOTHING = { everything: 'false', categories: '', suppliers: '', prices: 'false' };
const kept = (card: ShownCard, typed: object, person = alex, place = personalChat(person)) =>
  teams.mustClick(person, card, 'Enregistrer', { ...NOTHING, ...typed }, place);

test('what is followed is ended with one press', async () => {
  const card = await follow('supplier:bleuet');
  expect(card.valueOf('suppliers')).toBe('bleuet');
  const after = await teams.mustClick(alex, card, 'Ne plus suivre');
  expect(after.plain).toContain('C’est retiré de la liste.');
  expect(after.valueOf('suppliers')).toBe('');
});

test('several are chosen in one form, which shows what is followed now', async () => {
  const form = await teams.asks(alex, 'abonnements');
  const card = await kept(form, { categories: 'courriel,sondage', suppliers: 'bleuet', prices: 'true' });
  for (const words of [
    'Catégorie : Courriel',
    'Catégorie : Sondage',
    'Fournisseur : bleuet inc. (prix seulement)',
  ])
    expect(card.plain).toContain(words);
  const again = await teams.asks(alex, 'abonnements');
  expect(
    ['everything', 'categories', 'suppliers', 'prices'].map((input) => String(again.valueOf(input))),
  ).toEqual(['false', 'courriel,sondage', 'bleuet', 'true']);
});

test('what is unticked is ended, and a saved list stays', async () => {
  await followList({ category: 'courriel', hosting: 'QC' });
  const form = await kept(await teams.asks(alex, 'abonnements'), {
    everything: 'true',
    categories: 'courriel',
  });
  const { plain } = await kept(form, { categories: 'courriel' });
  expect(plain).toContain('Catégorie : Courriel');
  expect(plain).toContain('Liste : Courriel');
  expect(plain).not.toMatch(/Tout le catalogue\nNe/);
  expect(
    (await teams.services.catalogue.subscriptions.heldOf(alex)).map(({ topicKind }) => topicKind).sort(),
  ).toEqual(['category', 'list']);
});

test('two forms sent one after the other keep what each changed', async () => {
  teams.setRoster([alex, nadia]);
  const [mine, hers] = [
    await teams.asks(alex, 'abonnements', channel),
    await teams.asks(nadia, 'abonnements', channel),
  ];
  await kept(mine, { categories: 'courriel' }, alex, channel);
  const card = await kept(hers, { suppliers: 'canneberge' }, nadia, channel);
  expect(card.plain).toContain('Catégorie : Courriel');
  expect(card.plain).toContain('Fournisseur : canneberge inc.');
});

test.each([
  ['a category that does not exist', { categories: 'courriel,poterie' }],
  ['a supplier that does not exist', { categories: 'courriel', suppliers: 'personne' }],
])('%s is refused: nothing is followed, and the form comes back as ticked', async (_what, typed) => {
  const form = await teams.formBack(alex, await teams.asks(alex, 'abonnements'), 'Enregistrer', {
    ...NOTHING,
    ...typed,
    prices: 'true',
  });
  expect([form.valueOf('categories'), form.valueOf('prices')]).toEqual([typed.categories, 'true']);
  expect(await teams.services.catalogue.subscriptions.heldOf(alex)).toEqual([]);
});

test('who is no member of the team chooses nothing for its channel', async () => {
  teams.setRoster([nadia]);
  const form = await teams.asks(nadia, 'abonnements', channel);
  const { verb, data } = form.buttonFor('catalogue.chooseFollowed');
  const typed = { ...data, ...NOTHING, everything: 'true' };
  expect(await teams.refusedPress(alex, verb, typed, channel)).toContain('Seuls les membres');
  expect((await teams.asks(nadia, 'abonnements', channel)).plain).toContain('Rien pour le moment');
});

test('many are shown a page at a time', async () => {
  const categories = CATEGORIES.slice(0, 8).join(',');
  const card = await kept(await teams.asks(alex, 'abonnements'), { categories });
  expect(card.buttons.filter(({ title }) => title === 'Ne plus suivre')).toHaveLength(6);
  const next = await teams.mustClick(alex, card, 'Suivante');
  expect(next.buttons.filter(({ title }) => title === 'Ne plus suivre')).toHaveLength(2);
  expect(next.valueOf('categories')).toBe(card.valueOf('categories'));
});

test('a member of a team follows for its channel', async () => {
  teams.setRoster([alex, nadia]);
  const card = await follow('category:sondage', channel);
  expect(card.plain).toContain('Ce que suit cette conversation');
  expect((await teams.asks(nadia, 'abonnements', channel)).plain).toContain('Catégorie : Sondage');
  expect((await teams.asks(alex, 'abonnements')).plain).not.toContain('Catégorie : Sondage');
});

test('who is no member of the team can neither follow nor end for its channel', async () => {
  teams.setRoster([alex]);
  const card = await follow('all', channel);
  const { data } = card.button('Ne plus suivre');
  teams.setRoster([nadia]);
  expect(await refused('category:courriel')).toContain('Seuls les membres');
  expect(await teams.refusedPress(alex, 'catalogue.unsubscribe', data, channel)).toContain(
    'Seuls les membres',
  );
  expect((await teams.asks(nadia, 'abonnements', channel)).plain).toContain('Tout le catalogue');
});

test('the same object id of another tenant is no member', async () => {
  teams.setRoster([alex]);
  expect(await refused('all', foreigner)).toContain('Seuls les membres');
});

test('a replayed button ends nothing of somebody else, nor of another conversation', async () => {
  const card = await follow('all');
  const { data } = card.button('Ne plus suivre');
  const ended = await teams.mustPress(nadia, 'catalogue.unsubscribe', data);
  expect(ended.plain).toContain('C’était déjà retiré.');
  teams.setRoster([alex]);
  await teams.press(alex, 'catalogue.unsubscribe', data, group);
  expect((await teams.asks(alex, 'abonnements')).plain).toContain('Tout le catalogue');
});

test.each([
  ['nothing chosen', {}],
  ['an empty choice', { topic: '' }],
  ['a category that does not exist', { topic: 'category:poterie' }],
  ['a supplier that does not exist', { topic: 'supplier:personne' }],
  ['something else', { topic: 'person:alex' }],
  ['a wrong type', { topic: 7 }],
])('%s is refused, and nothing is followed', async (_what, data) => {
  const word = await teams.refusedPress(alex, 'catalogue.subscribe', data);
  expect(word).toMatch(/Choisissez|ne correspond plus/);
  expect((await teams.asks(alex, 'abonnements')).plain).toContain('Vous ne suivez rien');
});

test('a person gets what is held about them, and can erase it; the channel keeps its own, without them', async () => {
  teams.setRoster([alex]);
  await follow('all');
  await follow('category:courriel', channel);
  expect(JSON.stringify(await teams.services.privacy.held(alex))).toContain('"topic":"courriel"');
  await teams.services.privacy.erase(alex);
  expect((await teams.asks(alex, 'abonnements')).plain).toContain('Vous ne suivez rien');
  expect((await teams.asks(nadia, 'abonnements', channel)).plain).toContain('Catégorie : Courriel');
  expect(await teams.services.catalogue.subscriptions.heldOf(alex)).toEqual([]);
});

import { beforeEach, expect, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aSupplier } from '../../../support/fiches.ts';
import { alex, channel, foreigner, group, nadia, personalChat } from '../../../support/people.ts';

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

test('following the same thing twice, also at once, counts once', async () => {
  await Promise.all([follow('all'), follow('all'), follow('all')]);
  const card = await follow('all');
  expect(card.buttons.filter(({ title }) => title === 'Ne plus suivre')).toHaveLength(1);
});

test('what is followed is no longer offered, and comes back when it is ended', async () => {
  const card = await follow('supplier:bleuet');
  const choices = (shown: typeof card) => JSON.stringify(shown.inputs[0]?.choices);
  expect(choices(card)).not.toContain('supplier:bleuet');
  const after = await teams.mustClick(alex, card, 'Ne plus suivre');
  expect(after.plain).toContain('C’est retiré de la liste.');
  expect(choices(after)).toContain('supplier:bleuet');
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

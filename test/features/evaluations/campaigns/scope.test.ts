import { beforeEach, expect, test } from '@jest/globals';
import { aContract } from '../../../support/contracts.ts';
import { evaluating } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { colleagues, MINISTRY, met } from '../../../support/organization.ts';
import { alex, diane, samuel } from '../../../support/people.ts';

// What a campaign is about is chosen at its creation, and said with its count before anything starts.

const teams = fakeTeams({ shortGuide: true });
const { day, tick } = evaluating(teams);
const CITY = 'Ville de Gaspé';

beforeEach(async () => {
  await people(teams);
  await met(teams, samuel);
  await colleagues(teams, [samuel], CITY);
  await aContract(teams, { title: 'Du ministère' });
  await aContract(teams, { title: 'De bleuet', supplier: 'bleuet' });
  await aContract(teams, { title: 'De la ville', endsOn: '2027-06-30' }, samuel);
});

const form = (changes: object = {}) => ({
  kind: 'window',
  name: 'Campagne',
  opensOn: day(0),
  closesOn: day(30),
  suppliers: '',
  bodies: '',
  endsFrom: '',
  endsTo: '',
  ...changes,
});
const prepared = (changes: object) => teams.mustPress(diane, 'evaluations.prepare', form(changes));

test.each([
  [{}, 'Tous les contrats', '3 contrats à évaluer'],
  [{ suppliers: 'bleuet' }, 'Fournisseurs : bleuet inc.', '1 contrat à évaluer'],
  [
    { suppliers: 'airelle,bleuet', bodies: MINISTRY },
    'Organismes : Ministère de l’Énergie',
    '2 contrats à évaluer',
  ],
  [{ bodies: 'ville de gaspe' }, `Organismes : ${CITY}`, '1 contrat à évaluer'],
  [
    { endsFrom: '2027-01-01', endsTo: '2027-12-31' },
    'Contrats qui finissent du 1er janvier 2027 au 31 décembre 2027',
    '1 contrat à évaluer',
  ],
  [
    { suppliers: 'bleuet', endsTo: '2027-12-31' },
    'le 31 décembre 2027 ou avant',
    'Aucun contrat n’est concerné',
  ],
] as const)('a scope is said in words with its count before it starts: %j', async (changes, words, asked) => {
  const card = await prepared(changes);
  expect(card.plain).toContain(words);
  expect(card.plain).toContain(asked);
});

test('only the contracts of the scope are asked about, those of later days too, and the campaign says so', async () => {
  const card = await prepared({ bodies: CITY });
  const started = await teams.mustClick(diane, card, 'Lancer la campagne');
  await tick();
  expect(started.plain).toContain(`Organismes : ${CITY}`);
  expect(started.plain).toContain('De la ville');
  expect(started.plain).not.toContain('Du ministère');
  expect((await teams.services.evaluations.evaluationsPage(alex, 1, 10)).total).toBe(0);
  expect((await teams.services.evaluations.evaluationsPage(samuel, 1, 10)).total).toBe(1);
});

test('the form comes back filled, and started twice it is one campaign', async () => {
  const card = await prepared({ suppliers: 'bleuet', bodies: `${MINISTRY} ; ${CITY}`, endsTo: '2029-12-31' });
  const inputs = new Map(card.inputs.map(({ id, value }) => [id, value]));
  expect(inputs.get('suppliers')).toBe('bleuet');
  expect(inputs.get('bodies')).toBe(`${MINISTRY} ; ${CITY}`);
  expect(inputs.get('endsTo')).toBe('2029-12-31');
});

test('a body that nobody knows, and days in the wrong order, are refused beside their field', async () => {
  expect(await teams.refusedPress(diane, 'evaluations.prepare', form({ bodies: 'Gaspé' }))).toContain(
    `Vouliez-vous dire « ${CITY} » ?`,
  );
  const days = form({ endsFrom: '2027-12-31', endsTo: '2027-01-01' });
  expect(await teams.refusedPress(diane, 'evaluations.prepare', days)).toContain(
    'Choisissez un jour à partir du 31 décembre 2027',
  );
  const torn = {
    agreedName: 'x',
    agreedKind: 'window',
    agreedOpensOn: day(0),
    agreedClosesOn: day(9),
    agreedScope: '{"bodies":["x"]}',
  };
  await teams.refusedPress(diane, 'evaluations.start', torn);
});

test('a card of the release before starts a campaign about all of them', async () => {
  const { suppliers, bodies, endsFrom, endsTo, ...before } = form();
  expect([suppliers, bodies, endsFrom, endsTo].join('')).toBe('');
  const started = await teams.mustPress(diane, 'evaluations.start', before);
  expect(started.plain).toContain('Tous les contrats');
  expect(started.plain).toContain('Du ministère');
});

test('a body that becomes another’s stays in the scope under it', async () => {
  const card = await prepared({ bodies: CITY });
  await teams.mustClick(diane, card, 'Lancer la campagne');
  const from = await teams.services.organizations.bodyNamed(CITY);
  const into = await teams.services.organizations.bodyNamed(MINISTRY);
  if (!from || !into) throw new Error('no body');
  await teams.db.transaction((tx) => teams.services.house.merge(tx, from.id, into.id));
  const { rows } = await teams.services.campaigns.campaignsPage(1, 1);
  expect(rows[0]?.scope).toEqual({ bodies: [into.id] });
});

test('a scope is the staff’s to choose', async () => {
  expect(await teams.refusedPress(alex, 'evaluations.prepare', form())).toContain('introuvable');
});

import { expect, jest, test } from '@jest/globals';
import { NoConnection } from '../../../../src/core/rows/database-trouble.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { colleagues } from '../../../support/organization.ts';
import { alex, channel, nadia } from '../../../support/people.ts';

const teams = fakeTeams();
const plain = (words: string) => words.replace(/\s/g, ' ').replaceAll('’', "'");
const asks = async (said: string, person = alex, where?: typeof channel) => {
  const card = await teams.asks(person, said, where);
  return Object.assign(card, { words: plain(card.words) });
};

test.each([
  ['45 employés veulent essayer l’offre', 'Non : 30 unités au plus de chaque offre'],
  ['On est 25 à vouloir faire un banc d’essai', "Oui : jusqu'à 30 unités"],
  ['Un essai de deux mois et demi, est-ce possible ?', 'Non : un essai dure 60 jours au plus'],
  ['Un contrat de quatre ans, ça passe ?', 'Non : un contrat dure trois ans au plus'],
  ['Un contrat de 24 mois est-il permis ?', "Oui : un contrat peut durer jusqu'à trois ans"],
  [
    'L’offre coûte 2 000 $ de plus que l’autre : faut-il une autorisation du dirigeant ?',
    "quel que soit l'écart",
  ],
  ['Peut-on jeter les factures du fournisseur après trois ans ?', 'Non : gardez-les sept ans'],
  [
    'Pour essayer trois offres, puis-je ouvrir quatre-vingt-dix comptes au total ?',
    "Oui : jusqu'à 30 unités",
  ],
  ['Nos analyses de besoins, faut-il les garder sept ans ?', 'pendant toute la durée du contrat'],
])('« %s » is held against the rule', async (said, expected) => {
  expect((await asks(said)).words).toContain(expected);
});

test('a verdict that could be read the other way round is said without « Oui » or « Non »', async () => {
  const { words } = await asks('Un contrat de quatre ans, est-ce trop long ?');
  expect(words).toContain('Un contrat dure trois ans au plus');
  expect(words).not.toContain('Non : un contrat');
});

test('renewals count in the length of a contract', async () => {
  const { words } = await asks('Peut-on signer un contrat de deux ans renouvelable deux ans ?');
  expect(words).toContain('Non : un contrat dure trois ans au plus');
});

test('« Oui » or « Non » opens an answer only when the question asks what its entry asks', async () => {
  expect((await asks('Peut-on ajouter nos propres conditions au contrat ?')).words).toContain('**Non.**');
  expect((await asks('Est-il interdit d’ajouter nos propres conditions ?')).words).not.toContain('**Non.**');
});

test.each([
  ['combien de temps ?', '60 jours au plus'],
  ['pour combien d’utilisateurs ?', '30 unités au plus'],
])('after an answer about the trial, « %s » is about the trial', async (said, expected) => {
  await asks('Peut-on faire un essai gratuit avant d’acheter ?');
  expect((await asks(said)).words).toContain(expected);
});

test.each([
  ['Qui peut acheter dans le Catalogue ?', 'et pour une municipalité ?', 'Pour un organisme municipal'],
  ['Les données peuvent-elles être hébergées hors Québec ?', 'et en France ?', 'lieu par lieu'],
  ['Quelle est la durée maximale d’un contrat ?', 'et pour une université ?', 'trois ans'],
])('« %s », then « %s » changes only what varies', async (first, then, expected) => {
  await asks(first);
  const card = await asks(then);
  expect(card.words).toContain(expected);
  expect(card.words).toContain('comme la suite de');
});

test('after an answer, « quel est leur courriel ? » is that of whom it names', async () => {
  await asks('Qui peut m’aider à cerner les impacts de l’infonuagique ?');
  expect((await asks('c’est quoi leur courriel ?')).words).toContain('infonuagique@sct.gouv.qc.ca');
});

test('what a message says by itself comes before what it goes on from', async () => {
  await asks('Un essai de soixante jours est-il permis ?');
  expect((await asks('pour combien d’utilisateurs ?')).words).toContain('30 unités au plus de chaque offre');
});

test('a question that goes on from another can be read by itself', async () => {
  await asks('Peut-on faire un essai gratuit avant d’acheter ?');
  const card = await teams.mustClick(alex, await asks('combien de temps ?'), 'Lire ma question à part');
  expect(card.words).not.toContain('comme la suite de');
});

test('in a channel too, a question that goes on from another can be read by itself', async () => {
  await asks('Peut-on faire un essai gratuit avant d’acheter ?', alex, channel);
  const card = await asks('combien de temps ?', alex, channel);
  const apart = await teams.mustClick(alex, card, 'Lire ma question à part', {}, channel);
  expect(apart.words).not.toContain('comme la suite de');
});

test('a whole question after another stands by itself', async () => {
  await asks('Peut-on faire un essai gratuit avant d’acheter ?');
  expect((await asks('Qui publie le contrat au SEAO ?')).words).not.toContain('comme la suite de');
});

test('nobody goes on from a question of somebody else, nor of another place', async () => {
  await asks('Peut-on faire un essai gratuit avant d’acheter ?');
  expect((await asks('pour combien d’utilisateurs ?', nadia)).words).not.toContain('comme la suite de');
  expect((await asks('pour combien d’utilisateurs ?', alex, channel)).words).not.toContain(
    'comme la suite de',
  );
});

test('a quarter of an hour later, nothing is gone on from', async () => {
  await asks('Peut-on faire un essai gratuit avant d’acheter ?');
  teams.clock.advance({ minutes: 16 });
  expect((await asks('pour combien d’utilisateurs ?')).words).not.toContain('comme la suite de');
});

test('two questions in one message get their two answers, each with its source', async () => {
  const { words } = await asks('Qui publie au SEAO et combien de temps faut-il conserver les documents ?');
  expect(words).toContain('section 4.1');
  expect(words).toContain('section 4.12');
});

test('a long message is answered for the question that it ends with', async () => {
  const told = 'Notre municipalité de 5 000 habitants a un vieux serveur et un conseil qui se réunit lundi. ';
  const { words } = await asks(`${told.repeat(18)}Combien de temps peut durer un contrat ?`);
  expect(words).toContain('trois ans au plus');
});

test('a question in English gets its French answer, and one English line that says so', async () => {
  const { words } = await asks('What is the maximum length of a contract?');
  expect(words).toContain('I understood your question in English, but I answer in French.');
  expect(words).toContain('trois ans au plus');
});

test.each([
  ['Le Courtier peut-il refuser de préparer notre contrat ?', 'ni dans quel ordre'],
  ['Faut-il chiffrer le courriel qui porte le contrat signé ?', "ni s'il faut les chiffrer"],
  ['Deux scénarios arrivent au même prix, que faire ?', 'exactement le même prix'],
])('what the guide does not say is said so: « %s »', async (said, expected) => {
  const { words } = await asks(said);
  expect(words).toContain('Le guide ne le dit pas');
  expect(words).toContain(expected);
});

test('a choice asks whether it is the question', async () => {
  const card = await asks('Qui a peint le tableau du fournisseur ?');
  expect(card.words).toContain('Est-ce bien votre question');
});

const says = (person: typeof alex, kind: string, rcti: boolean) =>
  teams.db.transaction((tx) => teams.services.belonging.setKind(tx, person, { kind, rcti }));

test.each([
  ['Qui peut acheter dans le Catalogue ?', 'Pour votre organisation (organisme municipal)'],
  ['Quand faut-il l’autorisation du dirigeant ?', 'cette règle ne la vise pas'],
])('the kind of the asker’s organization is used and said: « %s »', async (said, expected) => {
  await colleagues(teams, [alex], 'Ville de Matane');
  await says(alex, 'municipal', false);
  expect((await asks(said)).words).toContain(expected);
});

test('a body to which the RCTI applies is told that the rule concerns it', async () => {
  await colleagues(teams, [alex]);
  await says(alex, 'lcop4', true);
  expect((await asks('Qui publie le contrat au SEAO ?')).words).toContain('cette règle la vise');
});

test('what somebody’s organization is is said in a channel to nobody, nor to somebody of none', async () => {
  await colleagues(teams, [alex], 'Ville de Matane');
  await says(alex, 'municipal', false);
  const said = 'Qui peut acheter dans le Catalogue ?';
  expect((await asks(said, alex, channel)).words).not.toContain('Pour votre organisation');
  expect((await asks(said, nadia)).words).not.toContain('Pour votre organisation');
});

test('without its database, a short question is read by itself', async () => {
  const { questions } = teams.services.knowledge;
  jest.spyOn(questions, 'lastQuestion').mockRejectedValueOnce(new NoConnection(new Error('away')));
  expect((await asks('durée maximale d’un contrat')).words).toContain('trois ans');
});

test.each([
  ['On voudrait faire un banc d’essai, est-ce permis ?', 'même avec les dossiers d’employés ?', '3.3.2'],
  [
    'Comment sont calculés les frais de gestion ?',
    'Ah pis en passant, qui règle un différend avec le fournisseur ?',
    '4.7',
  ],
])('« %s », then « %s », leads to the section %s', async (first, then, section) => {
  await asks(first);
  expect((await asks(then)).words).toContain(`section ${section}`);
});

test('a question about something else is not answered by what was answered before', async () => {
  await asks('Combien de jours dure un banc d’essai gratuit ?');
  const { words } = await asks('Comment colorier la fiche de notre lapin angora ?');
  expect(words).toContain("Je n'ai pas de réponse sûre");
});

test('the trial of an employee is not the trial of an offer, also after an answer about that one', async () => {
  await asks('Peut-on faire un essai gratuit avant d’acheter ?');
  const { words } = await asks('c’est quoi la période d’essai d’un nouvel employé ?');
  expect(words).not.toContain('comme la suite de');
  expect(words).not.toContain('60 jours');
});

test.each([
  ['Et le fournisseur ?', 'comme la suite de'],
  ['Et le nombre d’unités ?', 'comme la suite de'],
])('after how long a trial lasts, « %s » goes on from there', async (then, shown) => {
  await asks('Combien de temps dure un banc d’essai ?');
  expect((await asks(then)).words).toContain(shown);
});

test('two questions in one sentence are both answered, whatever the words of the second', async () => {
  const { words } = await asks(
    'Les pénalités en cas de faille sont où, et les rapports d’audit on peut les voir ?',
  );
  expect(words).toContain('questions nº 26');
  expect(words).toContain('questions nº 27');
});

test.each([
  ['Quels documents faut-il conserver ?', 'section 4.12'],
  ['Qui publie au SEAO ?', 'SEAO'],
  ['Faut-il une autorisation ?', 'section 3.4.3'],
  ['Comment évaluer le fournisseur ?', 'section 4.9'],
  ['La rencontre est-elle obligatoire ?', 'rencontre'],
])('a short question is answered, not proposed: « %s »', async (said, shown) => {
  const { words } = await asks(said);
  expect(words).toContain(shown);
  expect(words).not.toContain('Est-ce bien votre question');
});

test.each([
  'et pour mon char ?',
  'pis la météo demain ?',
  'et écris-moi une fonction python qui trie une liste',
  'et résume-moi le courriel de Julie',
  'Bonne fête nationale !',
])('after an answer, « %s » is not answered with it again', async (said) => {
  const before = await asks('Quelle est la durée maximale d’un contrat spécifique ?');
  expect(before.words).toContain('trois ans au plus');
  expect((await asks(said)).words).not.toContain('trois ans au plus');
});

test.each([
  'Notre contrat de ménage est de 4 ans, est-ce légal ?',
  'On a un contrat de trois ans avec un consultant depuis 45 jours. Est-ce que la loi le permet ?',
])('a number makes no answer sure that is not: « %s »', async (said) => {
  expect((await asks(said)).words).not.toMatch(/au plus|au total/);
});

test('a question behind thanks is answered, with or without its question mark', async () => {
  for (const end of ['', ' ?'])
    expect((await asks(`merci combien de temps garder les factures${end}`)).words).toContain('sept ans');
});

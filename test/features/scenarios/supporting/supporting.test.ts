import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../../src/core/id.ts';
import type { Person } from '../../../../src/core/turn.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { alex, nadia, samuel } from '../../../support/people.ts';
import { A_TRIAL, fileToCompare } from '../../../support/scenarios.ts';

const teams = fakeTeams();
let file: string;

beforeEach(async () => {
  file = await fileToCompare(teams);
});

const shown = (verb: string, data: object = {}) => teams.mustPress(alex, verb, { file, ...data });
const refused = (verb: string, data: object = {}) => teams.refusedPress(alex, verb, { file, ...data });
/** What the file's journal says. */
const journal = async () => (await shown('acquisitions.history', { page: 1 })).plain;
/** What the form of a card's only criterion sends along. */
const changeOf = async (card: Awaited<ReturnType<typeof shown>>) =>
  card.buttons.find(({ verb }) => verb === 'scenarios.changeCriterion')?.data ?? {};

test('questions to suppliers are logged, to be taken in charge in three business days, which is not an answer', async () => {
  const card = await shown('scenarios.clarify', {
    supplier: 'airelle',
    question: 'Où sont vos sauvegardes ?',
  });
  expect(card.plain).toContain('Le fournisseur prend la demande en charge au plus tard le 26 novembre 2026.');
  teams.clock.advance({ days: 4 });
  const late = await shown('scenarios.clarifications');
  expect(late.plain).toContain(
    'devait prendre la demande en charge au plus tard le 26 novembre 2026. Sans nouvelles de lui, relancez-le.',
  );
  expect(late.plain).not.toContain('En retard');
  const answered = await teams.mustClick(alex, late, 'Enregistrer', { answer: 'À Québec.' });
  expect(answered.plain).toContain('Réponse du 27 novembre 2026 : À Québec.');
});

test('a trial is planned within the guide’s maxima, and its result noted', async () => {
  const card = await shown('scenarios.planTrial', A_TRIAL);
  expect(card.plain).toContain('30 unités, du 24 novembre 2026 au 22 janvier 2027');
  expect(card.plain).toContain(
    'Prévu. Le fournisseur prend la demande en charge au plus tard le 26 novembre 2026.',
  );
  teams.clock.advance({ days: 70 });
  const ended = await shown('scenarios.trials');
  expect(ended.plain).toContain('Terminé : notez-en le résultat.');
  const concluded = await teams.mustClick(alex, ended, 'Enregistrer', { result: 'Tout convient.' });
  expect(concluded.plain).toContain('Résultat : Tout convient.');
});

describe('what came of a question or of a trial', () => {
  const SAVE = 'Enregistrer';
  const asks = () =>
    shown('scenarios.clarify', { supplier: 'airelle', question: 'Où sont vos sauvegardes ?' });

  test.each([
    ['an answer', asks, 'answer'],
    ['a result', () => shown('scenarios.planTrial', A_TRIAL), 'result'],
  ] as const)(
    '%s that a colleague noted meanwhile is shown, not erased; it is replaced once that is seen',
    async (_what, begins, field) => {
      await teams.services.files.share(alex, file, nadia);
      const card = await begins();
      await teams.mustClick(nadia, card, SAVE, { [field]: 'Une longue note de Nadia.' });
      const form = await teams.formBack(alex, card, SAVE, { [field]: 'La mienne.' });
      expect(form.plain).toContain('Ce qui est noté : Une longue note de Nadia.');
      expect(form.valueOf(field)).toBe('La mienne.');
      const replaced = await teams.mustClick(alex, form, SAVE, { [field]: 'La mienne.' });
      expect(replaced.plain).toContain('La mienne.');
      expect(replaced.plain).not.toContain('Nadia');
    },
  );

  test('is corrected from what is noted, and keeps its day', async () => {
    const noted = await teams.mustClick(alex, await asks(), SAVE, { answer: 'À Qubec.' });
    expect(noted.valueOf('answer')).toBe('À Qubec.');
    teams.clock.advance({ days: 1 });
    const corrected = await teams.mustClick(alex, noted, SAVE, { answer: 'À Québec.' });
    expect(corrected.plain).toContain('Réponse du 23 novembre 2026 : À Québec.');
  });

  test('noted by a card of before is refused where something is noted already, and no other time', async () => {
    const card = await asks();
    const { showed: _showed, ...old } = card.button(SAVE).data ?? {};
    await teams.mustPress(alex, 'scenarios.clarified', { ...old, answer: 'À Québec.' });
    await teams.mustPress(alex, 'scenarios.clarified', { ...old, answer: 'À Québec.' });
    const form = await teams.sentBack(alex, 'scenarios.clarified', { ...old, answer: 'À Lévis.' });
    expect(form.plain).toContain('À Québec.');
  });
});

/** Changes when a trial takes place. */
const MOVE = 'Changer les dates';

describe('a trial that was planned by mistake', () => {
  const CANCEL = 'Oui, annuler l’essai';

  test('is cancelled before it begins, by any member and nobody else, and leaves room for another one', async () => {
    await teams.services.files.share(alex, file, nadia);
    const card = await shown('scenarios.planTrial', { ...A_TRIAL, start: '2026-12-10' });
    teams.clock.advance({ days: 2 });
    expect(await teams.refusedClick(samuel, card, CANCEL)).toContain('introuvable');
    expect((await teams.mustClick(nadia, card, CANCEL)).plain).toContain('Aucun banc d’essai');
    expect((await shown('scenarios.planTrial', { ...A_TRIAL, start: '2026-12-10' })).plain).toContain(
      '30 unités',
    );
  });

  test('is cancelled on the day it was planned, even where it begins then', async () => {
    const card = await shown('scenarios.planTrial', { ...A_TRIAL, start: '2026-11-23' });
    expect((await teams.mustClick(alex, card, CANCEL)).plain).toContain('Aucun banc d’essai');
  });

  test('is withdrawn after its day where it did not take place, and leaves room for another one', async () => {
    const card = await shown('scenarios.planTrial', { ...A_TRIAL, start: '2026-12-10', days: 10 });
    await teams.services.files.move(alex, file, 1, 'archive');
    expect(await teams.refusedClick(alex, card, CANCEL)).toContain('archivé');
    await teams.services.files.move(alex, file, 2, 'reopen');
    teams.clock.advance({ days: 40 });
    const ended = await shown('scenarios.trials');
    expect(ended.plain).toContain('S’il n’a pas eu lieu, dites-le.');
    const without = await teams.mustClick(alex, ended, 'Oui, retirer l’essai');
    expect(without.plain).toContain('Aucun banc d’essai');
    const again = await shown('scenarios.planTrial', { ...A_TRIAL, start: '2027-01-11' });
    expect(again.plain).toContain('30 unités, du 11 janvier 2027 au 11 mars 2027');
  });

  test('is neither withdrawn nor moved once its result is noted', async () => {
    const card = await shown('scenarios.planTrial', { ...A_TRIAL, start: '2026-12-10' });
    teams.clock.advance({ days: 20 });
    const noted = await teams.mustClick(alex, card, 'Enregistrer', { result: 'Tout convient.' });
    expect(noted.buttons.map(({ title }) => title)).not.toContain(MOVE);
    expect(await teams.refusedClick(alex, card, CANCEL)).toContain('Le résultat de ce banc d’essai est noté');
    const form = await teams.formBack(alex, card, MOVE, { start: '2027-01-11', days: '5' });
    expect(form.plain).toContain('Le résultat de ce banc d’essai est noté');
  });
});

describe('the dates of a trial', () => {
  const DATES = { start: '2027-01-11', days: '20' };

  test('are changed by any member, after its day too, and within the limits', async () => {
    await teams.services.files.share(alex, file, nadia);
    await shown('scenarios.planTrial', { ...A_TRIAL, start: '2026-12-10' });
    teams.clock.advance({ days: 30 });
    const card = await teams.mustPress(nadia, 'scenarios.trials', { file });
    expect([card.valueOf('start'), card.valueOf('days')]).toEqual(['2026-12-10', 60]);
    const moved = await teams.mustClick(nadia, card, MOVE, DATES);
    expect(moved.plain).toContain('30 unités, du 11 janvier 2027 au 30 janvier 2027');
    const long = await teams.formBack(nadia, moved, MOVE, { ...DATES, days: '61' });
    expect(long.plain).toContain('60 jours');
    expect(await teams.refusedClick(samuel, moved, MOVE, DATES)).toContain('introuvable');
  });

  test('that a colleague changed meanwhile are not replaced by an old card', async () => {
    await teams.services.files.share(alex, file, nadia);
    const card = await shown('scenarios.planTrial', A_TRIAL);
    await teams.mustClick(nadia, card, MOVE, DATES);
    const form = await teams.formBack(alex, card, MOVE, { start: '2027-02-01', days: '5' });
    expect(form.plain).toContain('a changé ces dates entre-temps');
    expect(form.plain).toContain('du 11 janvier 2027 au 30 janvier 2027');
    expect((await teams.mustClick(alex, form, MOVE, { start: '2027-02-01', days: '5' })).plain).toContain(
      'du 1er février 2027 au 5 février 2027',
    );
  });

  test('may be past, of a trial that was already carried out, once that is meant', async () => {
    const past = { ...A_TRIAL, start: '2026-10-05', days: 10 };
    const form = await teams.sentBack(alex, 'scenarios.planTrial', { ...past, file });
    expect(form.plain).toContain('Cette date est passée');
    expect((await teams.services.dossier.supportOf(file, alex)).trials).toEqual([]);
    const card = await shown('scenarios.planTrial', { ...past, sure: 'yes' });
    expect(card.plain).toContain('30 unités, du 5 octobre 2026 au 14 octobre 2026');
    expect(card.plain).toContain('Terminé');
    const noted = await teams.mustClick(alex, card, 'Enregistrer', { result: 'Tout convenait.' });
    expect(noted.plain).toContain('Résultat : Tout convenait.');
  });
});

test.each([
  ['personal information', { withoutPersonalData: 'false' }, 'sans renseignements personnels'],
  ['the box left alone', { withoutPersonalData: undefined }, 'sans renseignements personnels'],
  ['31 units', { units: 31 }, 'au plus 30 unités'],
  ['61 days', { days: '61' }, '60 jours'],
  ['yesterday', { start: '2026-11-22' }, 'Cette date est passée'],
  ['no offer', { offer: '' }, 'Choisissez une offre'],
  ['an offer that does not exist', { offer: 'rien' }, 'Choisissez une offre qualifiée'],
  ['no units', { units: '' }, 'nombre d’unités'],
])('a trial with %s is refused and explained', async (_what, changes, sentence) => {
  expect(await refused('scenarios.planTrial', { ...A_TRIAL, ...changes })).toContain(sentence);
});

test('thirty units at once are for the whole body, over the files of all its people', async () => {
  const hers = (await teams.services.files.create(nadia, 'Visioconférence', newId())).id;
  const plan = (person: Person, of: string, changes: object) =>
    teams.press(person, 'scenarios.planTrial', { ...A_TRIAL, file: of, ...changes });
  await plan(alex, file, { units: 20, days: 10 });
  const { word } = await plan(nadia, hers, { units: 11, days: 1 });
  expect(word).toContain('il reste 10 unités');
  expect(word).toContain('Le guide limite un banc d’essai à 30 unités (section 3.3.2)');
  expect(word).toContain('l’assistant additionne');
  expect((await plan(nadia, hers, { units: 10, days: 1 })).card?.plain).toContain('10 unités');
});

test('sixty days are for the whole body over its entries that follow each other, and an offer is tried again later', async () => {
  const hers = (await teams.services.files.create(nadia, 'Visioconférence', newId())).id;
  const plan = (changes: object) =>
    teams.press(nadia, 'scenarios.planTrial', { ...A_TRIAL, file: hers, ...changes });
  await shown('scenarios.planTrial', A_TRIAL);
  const { word } = await plan({ start: '2027-02-01', days: 1 });
  expect(word).toContain('il reste 0 jour');
  expect(word).toContain('à moins de 30 jours de celui-ci');
  expect((await plan({ start: '2027-09-01', days: 60 })).card?.plain).toContain('1er septembre 2027');
});

test('what the guide says of a trial, and what the assistant adds to it, are told apart', async () => {
  const { plain } = await shown('scenarios.trials');
  expect(plain).toContain('Un banc d’essai dure au plus 60 jours, avec au plus 30 unités de chaque offre.');
  expect(plain).not.toContain('jours en tout');
  expect(plain).toContain('Règle de l’assistant');
});

test('sixty days are for a file, over its entries, however far apart', async () => {
  const plan = (changes: object) =>
    teams.press(alex, 'scenarios.planTrial', { ...A_TRIAL, file, ...changes });
  await plan({ days: 40 });
  const { word } = await plan({ start: '2027-02-01', days: 21 });
  expect(word).toContain('il reste 20 jours');
  expect((await plan({ start: '2027-02-01', days: 20 })).card?.plain).toContain('20 février 2027');
});

test('another body tries the same offer for itself', async () => {
  await teams.press(alex, 'scenarios.planTrial', { ...A_TRIAL, file });
  const theirs = (await teams.services.files.create(samuel, 'Courriel', newId())).id;
  const { card } = await teams.press(samuel, 'scenarios.planTrial', { ...A_TRIAL, file: theirs });
  expect(card?.plain).toContain('30 unités');
});

test('other criteria are weighed, noted and withdrawn', async () => {
  const card = await shown('scenarios.weigh', {
    name: 'Compatibilité',
    weight: '4',
    note: 'Avec nos postes',
  });
  expect(card.plain).toContain('Compatibilité\nPoids 4 sur 4\nAvec nos postes');
  const opened = await teams.mustClick(alex, card, 'Modifier ou retirer');
  expect((await teams.mustClick(alex, opened, 'Oui, retirer le critère')).plain).toContain('Aucun critère');
  expect(await journal()).toContain('Critère retiré : Compatibilité.');
  expect(await refused('scenarios.weigh', { name: 'X2', weight: '6' })).toContain('poids de 1 à 5');
});

test('a criterion is changed from what is noted, and not over what a colleague wrote meanwhile', async () => {
  await teams.services.files.share(alex, file, nadia);
  const weighed = await shown('scenarios.weigh', {
    name: 'Compatibilité',
    weight: '4',
    note: 'Avec nos postes',
  });
  const card = await teams.mustClick(alex, weighed, 'Modifier ou retirer');
  const changed = await teams.mustPress(nadia, 'scenarios.changeCriterion', {
    ...(await changeOf(card)),
    name: 'Compatibilité',
    weight: '5',
    note: 'Avec tous nos postes',
  });
  expect(changed.plain).toContain('Compatibilité\nPoids 5 sur 5\nAvec tous nos postes');
  const mine = { ...(await changeOf(card)), name: 'Accord', weight: '2', note: '' };
  const form = await teams.sentBack(alex, 'scenarios.changeCriterion', mine);
  expect(form.plain).toContain('a changé ce critère entre-temps');
  const again = await teams.mustPress(alex, 'scenarios.changeCriterion', {
    ...mine,
    ...(await changeOf(form)),
  });
  expect(again.plain).toContain('Accord\nPoids 2 sur 2');
  expect(await journal()).toContain('Critère modifié : Accord, poids 2.');
});

test('a question to a supplier is withdrawn until it is answered, and its journal says which', async () => {
  const asked = { supplier: 'airelle', question: 'Où sont vos sauvegardes ?' };
  const YES = 'Oui, retirer la question';
  const card = await shown('scenarios.clarify', asked);
  expect((await teams.mustClick(alex, card, YES)).plain).toContain('Aucune question');
  expect(await journal()).toContain('Question retirée : « Où sont vos sauvegardes ? ».');
  const other = await shown('scenarios.clarify', asked);
  const answered = await teams.mustClick(alex, other, 'Enregistrer', { answer: 'À Québec.' });
  expect(answered.buttons.map(({ title }) => title)).not.toContain(YES);
  expect(await teams.refusedClick(alex, other, YES)).toContain('ne se retire plus');
});

test('five criteria noted at the very same moment are all kept', async () => {
  await Promise.all(
    Array.from({ length: 5 }, (_, n) => shown('scenarios.weigh', { name: `Critère ${n}`, weight: 1 })),
  );
  expect((await teams.services.dossier.supportOf(file, alex)).criteria).toHaveLength(5);
});

import { beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import { buildConversations } from '../../../src/edges/delivery/index.ts';
import { samples } from '../../support/catalogue.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { alex, nadia, personalChat } from '../../support/people.ts';
import { recalling } from '../../support/recalls.ts';

const teams = fakeTeams();
let file: string;

beforeEach(async () => {
  await teams.services.catalogue.publication.publish(samples, 'sample');
  for (const person of [alex, nadia]) await teams.install(person);
  file = (await teams.services.files.create(alex, 'Courriel', newId())).id;
  teams.posted.length = 0;
});

const press = (verb: string, data: object = {}) => teams.mustPress(alex, verb, { file, ...data });
const ask = () => press('scenarios.clarify', { supplier: 'nordet', question: 'Où sont vos sauvegardes ?' });
const { hour, cards } = recalling(teams);

/** How many cards of the day came, after so long. */
async function after(duration: Temporal.DurationLike): Promise<number> {
  teams.clock.advance(duration);
  await hour();
  return cards().length;
}

const newest = () => {
  const card = cards().at(-1);
  if (!card) throw new Error('no card of the day');
  return card;
};

test('a question that a supplier had to take in charge is recalled once, the business day after the third', async () => {
  await ask();
  expect(await after({ days: 3 })).toBe(0);
  expect(await after({ days: 1 })).toBe(1);
  expect(newest().plain).toContain('à prendre en charge au plus tard le 26 novembre 2026');
  expect(newest().plain).toContain('« Où sont vos sauvegardes ? »');
  expect(newest().plain).not.toMatch(/devait répondre|[Ee]n retard/);
  expect(await after({ days: 30 })).toBe(1);
});

test('an answer that was noted cancels it', async () => {
  const card = await ask();
  await teams.click(alex, card, 'Enregistrer', { answer: 'À Québec.' });
  expect(await after({ days: 10 })).toBe(0);
});

test('an archived file recalls nothing', async () => {
  await ask();
  const row = await teams.services.files.findFile(file, alex);
  await teams.services.files.move(alex, file, row.revision, 'archive');
  expect(await after({ days: 10 })).toBe(0);
});

test('caught up after a long stop, it comes once and at a decent hour', async () => {
  await ask();
  expect(await after({ days: 10, hours: 12 })).toBe(0);
  expect(await after({ hours: 10 })).toBe(1);
});

/** Six weeks in which nothing reaches her. */
async function sixWeeksWithout(): Promise<void> {
  for (let week = 0; week < 6; week++) expect(await after({ days: 7 })).toBe(0);
}

/** She adds the assistant again: her question is told once. */
async function isToldOnceBack(): Promise<void> {
  await teams.install(alex);
  expect(await after({ days: 1 })).toBe(1);
  expect(newest().plain).toContain('« Où sont vos sauvegardes ? »');
  expect(await after({ days: 40 })).toBe(1);
}

test('what could not be told for more than a month is told to whoever comes back, once', async () => {
  const conversations = buildConversations(teams.db, teams.clock);
  await conversations.forget(personalChat(alex).id);
  await ask();
  await sixWeeksWithout();
  await isToldOnceBack();
});

test('what a refused card told is told again to whoever comes back after more than a month, once', async () => {
  await ask();
  teams.refuses(personalChat(alex).id);
  await sixWeeksWithout();
  teams.refuses('');
  await isToldOnceBack();
});

test('what a refused card told, and was stopped since, is not told again', async () => {
  await ask();
  teams.refuses(personalChat(alex).id);
  expect(await after({ days: 7 })).toBe(0);
  const [thing = ''] = [...(await teams.services.telling.rowsOf(alex)).keys()];
  expect(thing).toMatch(/^scenarios/);
  await teams.services.wishes.stop(alex, thing);
  await sixWeeksWithout();
  teams.refuses('');
  await teams.install(alex);
  expect(await after({ days: 1 })).toBe(0);
});

test('the end of a trial is recalled two business days before, and the day after, until its result is noted', async () => {
  const { days, offers } = { days: 20, offers: samples.flatMap((fiche) => fiche.offers) };
  const offer = offers.find(({ status }) => status === 'qualified');
  await press('scenarios.planTrial', {
    offer: offer?.id,
    units: 5,
    days,
    start: '2026-11-24',
    withoutPersonalData: 'true',
  });
  expect(await after({ days: 16 })).toBe(0);
  expect(await after({ days: 1 })).toBe(1);
  expect(newest().plain).toContain('au 13 décembre 2026');
  expect(newest().plain).toContain('Se termine dans 3 jours');
  expect(await after({ days: 4 })).toBe(2);
  expect(newest().plain).toContain('Terminé depuis hier');
});

const trial = {
  offer: samples.flatMap((fiche) => fiche.offers).find(({ status }) => status === 'qualified')?.id,
  units: 5,
  days: 20,
  withoutPersonalData: 'true',
};

test('a trial that has not begun is recalled once, when the supplier had to have taken it in charge', async () => {
  await press('scenarios.planTrial', { ...trial, start: '2027-01-11' });
  expect(await after({ days: 3 })).toBe(0);
  expect(await after({ days: 1 })).toBe(1);
  expect(newest().plain).toContain('Demander des nouvelles du banc d’essai');
  expect(newest().plain).toContain('à prendre en charge au plus tard le 26 novembre 2026');
  await teams.click(alex, newest(), 'Ouvrir');
  expect(teams.newest(alex).template).toBe('scenarios/trials');
  expect(await after({ days: 20 })).toBe(1);
});

test('a trial that begins within those days is recalled for its end only', async () => {
  await press('scenarios.planTrial', { ...trial, start: '2026-11-26' });
  expect(await after({ days: 10 })).toBe(0);
});

test('« rappels » lists what is to come, and a pause holds it without losing it', async () => {
  await ask();
  const card = await teams.asks(alex, 'rappels');
  expect(card.plain).toContain('Relancer Nordet Infonuagique inc., ou noter sa réponse');
  const paused = await teams.mustClick(alex, card, 'Enregistrer', { pause: 'week', hour: '10' });
  expect(paused.plain).toContain('En pause jusqu’au 30 novembre 2026 à 0 h.');
  expect(await after({ days: 6, hours: 23 })).toBe(0);
  expect(await after({ minutes: 50 })).toBe(0);
  expect(await after({ minutes: 20 })).toBe(1);
});

test('saving again while paused keeps the pause; « aucune » ends it', async () => {
  await ask();
  const card = await teams.mustClick(alex, await teams.asks(alex, 'rappels'), 'Enregistrer', {
    pause: 'week',
    hour: '8',
  });
  expect(JSON.stringify(card.inputs[0])).toContain('Garder la pause');
  const kept = await teams.mustClick(alex, card, 'Enregistrer', { pause: 'keep', hour: '9' });
  expect(kept.plain).toContain('En pause jusqu’au 30 novembre 2026');
  const ended = await teams.mustClick(alex, kept, 'Enregistrer', { pause: 'none', hour: '9' });
  expect(ended.plain).not.toContain('En pause');
  expect(await after({ days: 4 })).toBe(1);
});

test('a person sees their own reminders only', async () => {
  await ask();
  expect((await teams.asks(nadia, 'rappels')).plain).toContain('Aucun rappel n’est prévu.');
});

test('a reminder says which file and what to do, opens it, and is put off one by one', async () => {
  await ask();
  await after({ days: 4 });
  expect(newest().plain).toContain('Dossier « Courriel »');
  await teams.click(alex, newest(), 'Ouvrir');
  expect(teams.newest(alex).template).toBe('scenarios/clarifications');
  expect(teams.newest(alex).plain).toContain('s’il a répondu, notez sa réponse');
  // From a Friday, the next day of business is Monday.
  expect((await teams.mustClick(alex, newest(), 'Demain')).plain).toContain(
    'C’est remis au 30 novembre 2026.',
  );
  expect(await after({ days: 3 })).toBe(2);
});

test('a reminder that was put off does not come once it is answered', async () => {
  const card = await ask();
  await after({ days: 4 });
  await teams.mustClick(alex, newest(), 'Dans une semaine');
  await teams.click(alex, card, 'Enregistrer', { answer: 'À Québec.' });
  expect(await after({ days: 10 })).toBe(1);
  expect((await teams.asks(alex, 'rappels')).plain).toContain('Fait');
});

test('what a colleague is reminded of in a file that is not theirs is nowhere for them', async () => {
  await ask();
  await after({ days: 4 });
  const { data } = newest().button('Demain');
  for (const verb of ['reminders.later', 'reminders.look', 'reminders.stop'])
    expect(await teams.refusedPress(nadia, verb, data)).toContain('introuvable');
});

test('what the release before left in the ledger is not sent beside the card of the day', async () => {
  await ask();
  await teams.db.transaction((tx) =>
    teams.services.deliveries.address(
      tx,
      {
        kind: 'scenarios.answerLate',
        key: 'former',
        about: 'former',
        subject: { file, clarification: newId() },
      },
      [{ kind: 'person', tenantId: alex.tenantId, objectId: alex.objectId }],
    ),
  );
  teams.posted.length = 0;
  expect(await after({ days: 4 })).toBe(1);
  expect(teams.received(alex)).toHaveLength(1);
});

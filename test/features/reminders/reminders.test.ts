import { beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import { samples } from '../../support/catalogue.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { alex, nadia } from '../../support/people.ts';

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
const reminders = () => teams.received(alex, 'scenarios/reminder');

async function after(duration: Temporal.DurationLike): Promise<number> {
  teams.clock.advance(duration);
  await teams.runJobs();
  return reminders().length;
}

test('a question that a supplier had to take in charge is recalled once, the business day after the third', async () => {
  await ask();
  expect(await after({ days: 3 })).toBe(0);
  expect(await after({ days: 1 })).toBe(1);
  expect(reminders()[0]?.plain).toContain('devait prendre en charge au plus tard le 26 novembre 2026');
  expect(reminders()[0]?.plain).not.toMatch(/devait répondre|[Ee]n retard/);
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
  expect(reminders()[0]?.plain).toContain('se termine le 13 décembre 2026');
  expect(await after({ days: 4 })).toBe(2);
  expect(reminders()[1]?.plain).toContain('s’est terminé le 13 décembre 2026');
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
  expect(reminders()[0]?.plain).toContain(
    'devait prendre en charge votre demande de banc d’essai au plus tard le 26 novembre 2026',
  );
  expect(reminders()[0]?.buttons[0]?.title).toBe('Voir l’essai');
  expect(await after({ days: 20 })).toBe(1);
});

test('a trial that begins within those days is recalled for its end only', async () => {
  await press('scenarios.planTrial', { ...trial, start: '2026-11-26' });
  expect(await after({ days: 10 })).toBe(0);
});

test('« rappels » lists what is to come, and a pause holds it without losing it', async () => {
  await ask();
  const card = await teams.asks(alex, 'rappels');
  expect(card.plain).toContain('Question à un fournisseur');
  const paused = await teams.mustClick(alex, card, 'Enregistrer', { pause: 'week', hour: '10' });
  expect(paused.plain).toContain('En pause jusqu’au 30 novembre 2026 à 0 h 00.');
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

test('a reminder to come says which file and what to do, and is put off one by one', async () => {
  await ask();
  const card = await teams.asks(alex, 'rappels');
  expect(card.plain).toMatch(/Dossier « .+ » : demander des nouvelles au fournisseur/);
  const later = await teams.mustClick(alex, card, 'Une semaine plus tard');
  expect(later.plain).toContain('Ce rappel est remis.');
  expect(await after({ days: 10 })).toBe(0);
  expect(await after({ days: 1 })).toBe(1);
});

test('nobody puts off the reminder of somebody else', async () => {
  await ask();
  const { data } = (await teams.asks(alex, 'rappels')).button('Un jour plus tard');
  expect((await teams.mustPress(nadia, 'reminders.putOff', data)).plain).toContain('n’est plus à venir');
  expect(await after({ days: 4 })).toBe(1);
});

test('a reminder that was received comes again when it is asked for, unless it is answered meanwhile', async () => {
  await ask();
  expect(await after({ days: 4 })).toBe(1);
  const [received] = reminders();
  if (!received) throw new Error('no reminder');
  const later = await teams.mustClick(alex, received, 'Me le rappeler demain');
  expect(later.plain).toContain('Ce rappel est remis.');
  await teams.mustClick(alex, received, 'Me le rappeler dans une semaine');
  // From a Friday, the next day of business is Monday.
  expect(await after({ days: 3 })).toBe(2);
  await teams.mustPress(alex, 'scenarios.clarified', {
    ...received.button('Me le rappeler demain').data,
    clarification: received.button('Me le rappeler demain').data.item,
    answer: 'À Québec.',
  });
  expect(await after({ days: 10 })).toBe(2);
});

/** A reminder that came on a Friday. */
const received = async () => {
  await ask();
  await after({ days: 4 });
  const [card] = reminders();
  if (!card) throw new Error('no reminder');
  return card;
};

test('a reminder that was put off says until when, and is taken back where it was', async () => {
  const later = await teams.mustClick(alex, await received(), 'Me le rappeler demain');
  expect(later.plain).toContain('Vous le recevrez de nouveau le 30 novembre 2026.');
  expect(later.offers('Me le rappeler demain')).toBe(false);
  const back = await teams.mustClick(alex, later, 'Annuler le report');
  expect(back.plain).toContain('Le report est annulé.');
  expect(back.offers('Noter la réponse')).toBe(true);
  expect(await after({ days: 10 })).toBe(1);
});

test('a reminder that was taken back may be put off again until the same day', async () => {
  const card = await received();
  const later = await teams.mustClick(alex, card, 'Me le rappeler demain');
  await teams.mustClick(alex, later, 'Annuler le report');
  await teams.mustClick(alex, card, 'Me le rappeler demain');
  expect(await after({ days: 3 })).toBe(2);
});

test('a reminder is not taken back once it came', async () => {
  const later = await teams.mustClick(alex, await received(), 'Me le rappeler demain');
  expect(await after({ days: 3 })).toBe(2);
  expect((await teams.mustClick(alex, later, 'Annuler le report')).plain).toContain('n’est plus à venir');
});

test('a reminder that was put off is nobody else’s to take back', async () => {
  const later = await teams.mustClick(alex, await received(), 'Me le rappeler demain');
  const { data } = later.button('Annuler le report');
  expect(await teams.refusedPress(nadia, 'scenarios.takeBack', data)).toContain('introuvable');
  expect(await after({ days: 3 })).toBe(2);
});

test('a reminder that is put off twice by the same card is put off once', async () => {
  await ask();
  const card = await teams.asks(alex, 'rappels');
  await teams.mustClick(alex, card, 'Une semaine plus tard');
  expect((await teams.mustClick(alex, card, 'Une semaine plus tard')).plain).toContain('a déjà été remis');
  expect(await after({ days: 11 })).toBe(1);
});

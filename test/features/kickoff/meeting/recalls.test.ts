import { beforeEach, describe, expect, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFile, booked, people } from '../../../support/kickoff.ts';
import { alex, nadia, samuel } from '../../../support/people.ts';
import { recalling } from '../../../support/recalls.ts';

// What is recalled of a meeting is a line of the card of the day, which says which file and what to do. What comes before
// it is put off until the meeting at most: it is not true afterwards.

const teams = fakeTeams();
const { hour, cards, run } = recalling(teams);

beforeEach(async () => people(teams));

/** The last card of the day. */
const last = (person = alex) => {
  const card = cards(person).at(-1);
  if (!card) throw new Error('no card of the day');
  return card;
};

async function elapse(duration: Temporal.DurationLike): Promise<void> {
  teams.clock.advance(duration);
  await hour();
}

/** Booked on Monday 23 November for Monday 30, 9 h. */
async function prepared() {
  const all = await booked(teams, await aFile(teams, { name: 'Courriel du ministère' }));
  await hour();
  return { ...all, card: last() };
}

/** How often somebody was told of it. */
const came = (words: string, person = alex) =>
  cards(person).filter(({ plain }) => plain.includes(words)).length;

describe('what to prepare', () => {
  test('names its file, what to do and when, and opens below the card', async () => {
    const { card } = await prepared();
    expect(card.plain).toContain('Dossier « Courriel du ministère »');
    expect(card.plain).toContain('Préparer la rencontre de démarrage avec airelle inc.');
    expect(card.plain).toContain('Lundi 30 novembre 2026, de 9 h à 10 h');
    await teams.click(alex, card, 'Ouvrir');
    expect(teams.newest(alex, 'kickoff/status').plain).toContain('Préparez : la liste de vos composantes');
  });

  test('put off, comes on that day and on the day before the meeting, not in between', async () => {
    const { card } = await prepared();
    expect((await teams.mustClick(alex, card, 'Demain')).plain).toContain('C’est remis au 24 novembre 2026.');
    teams.clock.advance({ hours: 22 });
    expect((await run(3)).map((line) => line.slice(0, 10))).toEqual(['2026-11-24']);
    expect((await run(1)).map((line) => line.slice(0, 10))).toEqual(['2026-11-27']);
  });

  test('is not put off beyond the meeting', async () => {
    const { card } = await prepared();
    await elapse({ days: 1 });
    const { data } = card.button('Dans une semaine');
    expect(await teams.refusedPress(alex, 'reminders.later', data)).toContain('ne peut pas attendre');
  });

  test('goes with its meeting: moved, it does not come again, and is nowhere to be put off', async () => {
    const { card, kickoff } = await prepared();
    await teams.mustClick(alex, card, 'Demain');
    await teams.mustPress(alex, 'kickoff.move', { kickoff: kickoff.id, revision: kickoff.revision });
    await elapse({ hours: 22 });
    expect(came('Préparer la rencontre')).toBe(1);
    const { data } = card.button('Demain');
    expect(await teams.refusedPress(alex, 'reminders.later', data)).toContain('introuvable');
  });

  test('is each person’s own to put off, and nobody’s who has no part in the file', async () => {
    const { card } = await prepared();
    const { data } = card.button('Demain');
    for (const person of [samuel, nadia])
      for (const verb of ['reminders.later', 'reminders.look'])
        expect(await teams.refusedPress(person, verb, data)).toContain('introuvable');
  });

  test('comes once to each of those who share the file, in one card with the rest', async () => {
    const { kickoff } = await prepared();
    const { files } = teams.services;
    await files.share(alex, kickoff.acquisitionId, nadia);
    await teams.mustPress(alex, 'scenarios.clarify', {
      file: kickoff.acquisitionId,
      supplier: 'bleuet',
      question: 'Combien ?',
    });
    await elapse({ days: 4 });
    expect(cards(nadia)).toHaveLength(1);
    expect(last(nadia).plain).toContain('Préparer la rencontre');
    expect(last(nadia).plain).toContain('Relancer bleuet');
  });
});

test('a meeting that is booked for the next day does not wait for the next card', async () => {
  const file = await aFile(teams, { name: 'Autre' });
  await teams.mustPress(alex, 'scenarios.clarify', { file, supplier: 'bleuet', question: 'Combien ?' });
  await elapse({ days: 4 });
  expect(cards()).toHaveLength(1);
  await booked(teams, await aFile(teams, { name: 'Courriel' }));
  await teams.db.execute(
    `update kickoffs set starts_at = '2026-11-30T14:00:00Z', ends_at = '2026-11-30T15:00:00Z'`,
  );
  await hour();
  expect(last().plain).toContain('À faire sans attendre');
});

test('whether the meeting took place is asked after it, once, and again when that is wanted', async () => {
  await booked(teams, await aFile(teams));
  await elapse({ days: 7, hours: 1 });
  const asked = 'Dire si la rencontre de démarrage a eu lieu';
  expect(came(asked)).toBe(1);
  await teams.mustClick(alex, last(), 'Dans une semaine');
  await elapse({ days: 7 });
  expect(came(asked)).toBe(2);
});

test('a meeting of a file that is archived is recalled no more', async () => {
  const { kickoff } = await booked(teams, await aFile(teams));
  const file = await teams.services.files.findFile(kickoff.acquisitionId, alex);
  await teams.services.files.move(alex, file.id, file.revision, 'archive');
  await elapse({ days: 4 });
  expect(cards()).toEqual([]);
});

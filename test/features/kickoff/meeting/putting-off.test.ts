import { beforeEach, describe, expect, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFile, booked, people } from '../../../support/kickoff.ts';
import { alex, nadia, samuel } from '../../../support/people.ts';
import type { ShownCard } from '../../../support/shown-card.ts';

// A reminder of the meeting says which file and what to do, and is put off for a day or a week where it is read: until
// the meeting, since what comes before it is not true afterwards.

const teams = fakeTeams();

beforeEach(async () => people(teams));

const received = (person = alex) => teams.received(person, 'kickoff/status');

/** The card that came last with these words. */
const withWords = (words: string, person = alex): ShownCard => {
  const card = received(person).findLast(({ plain }) => plain.includes(words));
  if (!card) throw new Error(`no card with « ${words} »`);
  return card;
};

async function elapse(duration: Temporal.DurationLike): Promise<void> {
  teams.clock.advance(duration);
  await teams.runJobs();
}

/** Booked on Monday 23 November for Monday 30, 9 h. */
async function prepared() {
  const all = await booked(teams, await aFile(teams, { name: 'Courriel du ministère' }));
  return { ...all, card: withWords('Préparez :') };
}

const came = (words: string) => received().filter(({ plain }) => plain.includes(words)).length;

describe('what to prepare', () => {
  test('names its file and what to do, and comes again the next day when that is asked', async () => {
    const { card } = await prepared();
    expect(card.plain).toContain('Courriel du ministère');
    expect(came('Préparez :')).toBe(1);
    const later = await teams.mustClick(alex, card, 'Me le rappeler demain');
    expect(later.plain).toContain('Ce rappel est remis : vous le recevrez de nouveau le 24 novembre 2026.');
    expect(later.offers('Me le rappeler demain')).toBe(false);
    await elapse({ hours: 22 });
    expect(came('Préparez :')).toBe(2);
  });

  test('taken back, does not come again, and can be put off once more until the same day', async () => {
    const { card } = await prepared();
    const later = await teams.mustClick(alex, card, 'Me le rappeler demain');
    const back = await teams.mustClick(alex, later, 'Annuler le report');
    expect(back.plain).toContain('Le report est annulé');
    await teams.mustClick(alex, back, 'Me le rappeler demain');
    await teams.mustClick(alex, later, 'Annuler le report');
    await elapse({ hours: 22 });
    expect(came('Préparez :')).toBe(1);
  });

  test('is not put off beyond the meeting', async () => {
    const { card, kickoff } = await prepared();
    await elapse({ days: 1 });
    const week = { kickoff: kickoff.id, what: 'prepare', slot: kickoff.slotId, days: 7 };
    expect(await teams.refusedPress(alex, 'kickoff.remindLater', week)).toContain('a lieu avant');
    expect(card.offers('Me le rappeler demain')).toBe(true);
  });

  test('goes with its meeting: moved, it does not come again', async () => {
    const { card, kickoff } = await prepared();
    await teams.mustClick(alex, card, 'Me le rappeler demain');
    await teams.mustPress(alex, 'kickoff.move', { kickoff: kickoff.id, revision: kickoff.revision });
    await elapse({ hours: 22 });
    expect(came('Préparez :')).toBe(1);
    expect((await teams.mustClick(alex, card, 'Me le rappeler demain')).plain).toContain(
      'a changé entre-temps',
    );
  });

  test('is each person’s own to put off, and nobody’s who has no part in the file', async () => {
    const { card, kickoff } = await prepared();
    const { data } = card.button('Me le rappeler demain');
    expect(await teams.refusedPress(samuel, 'kickoff.remindLater', data)).toContain('introuvable');
    await teams.mustClick(alex, card, 'Me le rappeler demain');
    const taken = { kickoff: kickoff.id, what: 'prepare', slot: kickoff.slotId, until: '2026-11-24' };
    expect(await teams.refusedPress(nadia, 'kickoff.takeBack', taken)).toContain('introuvable');
    await elapse({ hours: 22 });
    expect(came('Préparez :')).toBe(2);
  });
});

test('the day before, the meeting itself comes before the next reminder', async () => {
  await booked(teams, await aFile(teams));
  await elapse({ days: 4 });
  const card = withWords('Rappel : votre rencontre a lieu');
  expect(card.offers('Me le rappeler dans une semaine')).toBe(false);
});

test('whether the meeting took place is asked again a week later', async () => {
  await booked(teams, await aFile(teams));
  await elapse({ days: 7, hours: 1 });
  const asked = 'La rencontre a-t-elle eu lieu ?';
  expect(came(asked)).toBe(1);
  await teams.mustClick(alex, withWords(asked), 'Me le rappeler dans une semaine');
  await elapse({ days: 7 });
  expect(came(asked)).toBe(2);
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { usualDays, usualDelay } from '../../../../src/core/time/usual-delay.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { giveRole } from '../../../support/organization.ts';
import { alex, diane, silentTurn } from '../../../support/people.ts';

const teams = fakeTeams();
const UNKNOWN = 'Notre tante Zélie peut-elle héberger le serveur dans sa grange ?';

test.each([
  [[1, 1, 1, 1], undefined],
  [[1, 1, 1, 1, 1], 1],
  [[0, 0, 2, 9, 9], 2],
  [[9, 0, 2, 0, 9, 3], 2],
  [[0, 0, 0, 0, 40], 0],
])('of answers after %j days the usual delay is %s', (days, expected) => {
  expect(usualDays(days)).toBe(expected);
});

test('half of the answers, at least, came no later than the usual delay', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { minLength: 5, maxLength: 50 }), (days) => {
      const usual = usualDays(days) as number;
      expect(days).toContain(usual);
      expect(days.filter((each) => each <= usual).length * 2).toBeGreaterThanOrEqual(days.length);
    }),
  );
});

test.each([
  [undefined, "L'équipe répond les jours ouvrables."],
  [0, "D'habitude, l'équipe répond le jour même, les jours ouvrables."],
  [1, "D'habitude, l'équipe répond en un jour ouvrable."],
  [4, "D'habitude, l'équipe répond en quatre jours ouvrables."],
  [12, "D'habitude, l'équipe répond en 12 jours ouvrables."],
])('a delay of %s days is said in plain words', (days, sentence) => {
  expect(usualDelay(days)).toBe(sentence);
});

describe('what the staff answered lately', () => {
  beforeEach(() => giveRole(teams, diane, 'staff'));

  /** The staff answer so many questions, each so long after it came. */
  async function answered(times: number, after: Temporal.DurationLike): Promise<void> {
    const { escalations } = teams.services.knowledge;
    for (let n = 0; n < times; n++) {
      const words = `Question particulière ${teams.clock.now()} ${n} ?`;
      const { id, revision } = await escalations.openEscalation(silentTurn(diane), words);
      teams.clock.advance(after);
      await escalations.answer(diane, id, revision, 'Voici la réponse.');
    }
  }

  const form = async () => {
    const { data } = (await teams.asks(alex, UNKNOWN)).buttonFor('knowledge.askPerson');
    return teams.mustPress(alex, 'knowledge.askPerson', data);
  };

  test('four answers say nothing: the form promises no delay', async () => {
    await answered(4, { hours: 24 });
    expect((await form()).plain).toContain('L’équipe répond les jours ouvrables.');
  });

  test('five answers do, on the form and on the confirmation, weekends aside', async () => {
    // Each waits a week: five business days.
    await answered(5, { hours: 24 * 7 });
    const card = await form();
    expect(card.plain).toContain('en cinq jours ouvrables');
    const sent = await teams.mustClick(alex, card, 'Transmettre', { message: UNKNOWN });
    expect(sent.plain).toContain('en cinq jours ouvrables');
  });

  test('an answer of more than ninety days ago counts no more', async () => {
    await answered(5, { hours: 24 });
    teams.clock.advance({ hours: 24 * 91 });
    expect((await form()).plain).toContain('L’équipe répond les jours ouvrables.');
  });
});

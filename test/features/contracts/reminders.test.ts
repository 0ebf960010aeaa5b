import { beforeEach, expect, test } from '@jest/globals';
import { aContract } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { alex, nadia } from '../../support/people.ts';

const teams = fakeTeams();

beforeEach(() => people(teams));

/** Runs so many days, the job ten times a day; each reminder that a person received, with its day. */
async function run(days: number, person = alex): Promise<string[]> {
  const heard: string[] = [];
  for (let day = 0; day < days; day++) {
    for (let hour = 0; hour < 10; hour++) {
      const before = teams.in(person).length;
      await teams.services.contracts.remind();
      await teams.runJobs();
      for (const { content } of teams.in(person).slice(before))
        if (typeof content === 'object' && content.template === 'contracts/duty')
          heard.push(`${teams.clock.today()} ${content.view.duty}`);
      teams.clock.advance({ hours: hour === 9 ? 15 : 1 });
    }
  }
  return heard;
}

test('a duty is recalled a week before, then once a week, until it is done', async () => {
  const contract = await aContract(teams, { signedOn: '2026-11-23', rcti: 'false' });
  // The copy is due on Monday 30: the first reminder is today, then one a week.
  expect(await run(15)).toEqual(['2026-11-23 copy', '2026-11-30 copy', '2026-12-07 copy']);
  await teams.mustPress(alex, 'contracts.done', { contract, duty: 'copy', on: '2026-12-08' });
  expect(await run(14)).toEqual([]);
});

test('after a stop of a month, each duty is recalled once', async () => {
  await aContract(teams, { signedOn: '2026-11-23', rcti: 'true' });
  teams.clock.advance({ days: 31 });
  // Christmas Eve: everything waits for Tuesday 29, also what a new week would have said beside it.
  expect((await run(6)).sort()).toEqual(['2026-12-29 copy', '2026-12-29 publication']);
});

test('who does not want reminders any more has none; a colleague who does has them', async () => {
  const contract = await aContract(teams, { signedOn: '2026-11-23', rcti: 'false' });
  await teams.mustPress(alex, 'contracts.unfollow', { contract });
  await teams.mustPress(nadia, 'contracts.follow', { contract });
  expect(await run(3)).toEqual([]);
  expect(teams.in(nadia)).not.toHaveLength(0);
});

test('a reminder that waits is not sent once its duty is done', async () => {
  const contract = await aContract(teams, { signedOn: '2026-11-23', rcti: 'false' });
  // Late in the evening: it waits for the morning.
  teams.clock.advance({ hours: 10 });
  await teams.services.contracts.remind();
  await teams.runJobs();
  await teams.mustPress(alex, 'contracts.done', { contract, duty: 'copy', on: '2026-11-23' });
  expect(await run(2)).toEqual([]);
});

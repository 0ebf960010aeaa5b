import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { cardOfDay } from '../../../src/features/reminders/screens/day.ts';
import { aContract } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { alex } from '../../support/people.ts';
import { askedBy, countStatements } from '../../support/statements.ts';

/** Tens of thousands of cards a year are composed: what each of them asks counts. */
const MOST = 10;

const teams = fakeTeams({ database: 'postgres' });
let stop = () => {};
beforeAll(() => {
  stop = countStatements();
});
afterAll(() => stop());
beforeEach(() => people(teams));

test('the card of the day of somebody with nine contracts asks the database a few times', async () => {
  for (let n = 1; n <= 9; n++)
    await aContract(teams, { signedOn: '2026-11-20', rcti: 'false', title: `Contrat ${n}` });
  teams.clock.advance({ days: 1 });
  await teams.services.gathering.gather();
  const day = teams.services.contracts.today().toString();
  let told: unknown;
  const { statements } = await askedBy(async () => {
    told = await cardOfDay(alex, { day, urgent: false }, teams.services);
  });
  expect(JSON.stringify(told)).toContain('9 choses à faire, dans 9 contrats.');
  expect(statements).toBeLessThanOrEqual(MOST);
});

import { beforeEach, expect, test } from '@jest/globals';
import { readyToSign, signing } from '../../../support/article-48.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFile, booked, kickoffOf, people } from '../../../support/kickoff.ts';
import { alex } from '../../../support/people.ts';

// Where it is another day than where the catalogue lives.

const teams = fakeTeams({ timeZone: 'Pacific/Honolulu' });
beforeEach(() => people(teams));

test('the copy, taken back, is to be done again by the contract too, whatever day it was there', async () => {
  const file = await aFile(teams);
  const { kickoff } = await booked(teams, file);
  // Their first moment comes later than here.
  teams.clock.advance({ days: 2 });
  await readyToSign(teams, { kickoff: kickoff.id, file });
  await teams.mustPress(alex, 'kickoff.sign', signing(kickoff.id, '2026-11-30'));
  // The same evening there, the next day already where the catalogue lives.
  const evening = Temporal.PlainDateTime.from('2026-12-03T21:00')
    .toZonedDateTime('Pacific/Honolulu')
    .toInstant();
  teams.clock.advance(teams.clock.now().until(evening));
  await teams.mustPress(alex, 'kickoff.confirm', { kickoff: kickoff.id, step: 11 });
  const contract = (await teams.services.contracts.ofFile(file))?.id ?? '';
  const done = async () => [...(await teams.services.contracts.followed(contract, alex)).done.keys()];
  expect(await done()).toEqual(['copy']);
  const { revision } = await kickoffOf(teams, file);
  await teams.mustPress(alex, 'kickoff.undo', { kickoff: kickoff.id, revision, step: 11, party: 'client' });
  expect(await done()).toEqual([]);
});

import { beforeEach, expect, test } from '@jest/globals';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { giveRole } from '../../support/organization.ts';
import { diane, samuel } from '../../support/people.ts';
import { hands } from '../../support/walk/hands.ts';

// Two members of the staff at one notice: neither acts over the other unknowingly, and neither loses what they wrote.

const teams = fakeTeams({ shortGuide: true, approval: true });

beforeEach(async () => {
  await people(teams);
  await giveRole(teams, samuel, 'staff');
});

test('a decision that a colleague has in hand is asked about first, with the comment as it was typed', async () => {
  const broadcast = await hands(teams).awaiting('Panne du soir');
  await teams.mustPress(diane, 'office.take', { wait: `approval/${broadcast}` });
  const { revision } = await teams.services.broadcasts.findBroadcast(broadcast);
  const sent = { broadcast, revision, comment: 'Ajoutez la date.' };
  const asked = await teams.sentBack(samuel, 'broadcasts.refuse', sent);
  expect(asked.plain).toContain('s’en occupe : rien n’est changé.');
  expect(asked.valueOf('comment')).toBe('Ajoutez la date.');
  expect((await teams.services.broadcasts.findBroadcast(broadcast)).state).toBe('awaiting');
});

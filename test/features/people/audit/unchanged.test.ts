import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Installer, InstallOutcome } from '../../../../src/core/ports/directory.ts';
import { linkToTeam } from '../../../support/broadcasts.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { colleagues, giveRole, MINISTRY, staffed } from '../../../support/organization.ts';
import { admin, alex, diane } from '../../../support/people.ts';
import { countOf, rowsOf } from '../../../support/rows.ts';
import { traces } from '../../../support/together.ts';

// What changes nothing leaves no trace.

let outcome: InstallOutcome = 'present';
const answer = async () => outcome;
const installer: Installer = {
  catalogues: new Map([[admin.tenantId, admin.tenantId]]),
  forPerson: answer,
  forTeam: answer,
  consent: async () => 'given',
};
const teams = fakeTeams({ installer });
beforeEach(() => staffed(teams, diane));

const declare = async () =>
  teams.mustClick(alex, await teams.asks(alex, 'mon organisation'), 'Enregistrer', { other: MINISTRY });

/** The only question there is. */
async function idOfQuestion(): Promise<string> {
  const rows = await rowsOf(teams.db, sql`select id from escalations`, z.object({ id: z.string() }));
  return rows[0]?.id ?? '';
}

test('asking again for the body that one waits for, or has', async () => {
  await declare();
  await declare();
  expect(await traces(teams, 'membership.request')).toBe(1);
  await colleagues(teams, [alex]);
  await declare();
  expect(await traces(teams, 'membership.request')).toBe(1);
  expect(await teams.services.organizations.findMembership(alex)).toMatchObject({ state: 'confirmed' });
});

test('a role that somebody has already', async () => {
  teams.setRoster([diane]);
  const card = await teams.asks(admin, 'équipe');
  await teams.mustClick(admin, card, 'Changer le rôle', { member: diane.objectId, role: 'staff' });
  expect(await traces(teams, 'role.staff')).toBe(0);
});

test.each(['present', 'refused', 'unknown'] as const)(
  'an installation that Teams answers with « %s »',
  async (said) => {
    outcome = said;
    await giveRole(teams, diane, 'staff');
    await teams.press(diane, 'broadcasts.installTeam', { link: linkToTeam(admin.tenantId) });
    expect(await countOf(teams, sql`audit where action like 'teams.install%'`)).toBe(0);
  },
);

test('taking a question that one has taken already', async () => {
  await teams.says(alex, 'Comment colorier la fiche du zèbre ?');
  const { data } = teams.lastCard().buttonFor('knowledge.askPerson');
  await teams.press(alex, 'knowledge.escalate', {
    ...data,
    message: 'Comment colorier la fiche du zèbre ?',
  });
  const { escalations } = teams.services.knowledge;
  const id = await idOfQuestion();
  const taken = await escalations.take(diane, id, 1);
  await escalations.take(diane, id, taken.escalation.revision);
  expect(await traces(teams, 'escalation.take')).toBe(1);
});

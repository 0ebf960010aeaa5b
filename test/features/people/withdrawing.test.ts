import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { download, page } from '../../../src/app/doors.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, people, proposed } from '../../support/kickoff.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, diane, keyOf, samuel, staffRoom } from '../../support/people.ts';
import { rowsOf } from '../../support/rows.ts';
import { hands } from '../../support/walk/hands.ts';

// Somebody is of the staff no more: an administrator sees what they look after and says who goes on; from then on
// nothing that the role gave is left to them, and the team is told.

const teams = fakeTeams({ processes: 2 });
const QUESTION = 'Pouvez-vous me rappeler au sujet de notre projet ?';
let link: string;

/** Diane looks after a meeting and a question, and gave the supplier their link. */
beforeEach(async () => {
  await people(teams);
  await giveRole(teams, samuel, 'staff');
  const { kickoff, token } = await proposed(teams, await aFile(teams));
  link = token;
  await teams.mustPress(diane, 'kickoff.take', { kickoff: kickoff.id });
  await hands(teams).handedOver(QUESTION);
  await teams.runJobs();
  const { id, revision } = await escalation();
  await teams.mustPress(diane, 'knowledge.take', { escalation: id, revision });
  await teams.runJobs();
});

const Taken = z.object({
  id: z.string(),
  revision: z.number(),
  status: z.string(),
  taker: z.string().nullable(),
});
const one = async (from: ReturnType<typeof sql>) => {
  const [row] = await rowsOf(teams.db, from, Taken);
  if (!row) throw new Error('not there');
  return row;
};
const escalation = () =>
  one(sql`select id, revision, status, taken_by_name as taker from escalations order by number desc limit 1`);
const kickoff = () => one(sql`select id, revision, state as status, taken_name as taker from kickoffs`);
const asking = (person = admin) =>
  teams.press(person, 'people.changeRole', { member: diane.objectId, role: 'client' });
const withdrawing = async (heir = '') => {
  const { card } = await asking();
  if (!card) throw new Error('no card');
  return teams.click(admin, card, 'Retirer de l’équipe', { heir });
};
const told = () => teams.received(staffRoom, 'people/departure');

describe('the role of whoever looks after something', () => {
  test('is not withdrawn before it was seen what, and what goes', async () => {
    const { card } = await asking();
    expect(card?.plain).toContain('Retirer Diane Tremblay de l’équipe ?');
    for (const line of ['1 question prise en charge', '1 rencontre de démarrage suivie', '1 lien donné'])
      expect(card?.plain).toContain(line);
    expect(await teams.services.people.may(diane, 'staff')).toBe(true);
    expect((await teams.mustClick(admin, card as never, 'Ne rien changer')).template).toBe('people/team');
  });

  test('is withdrawn, and what was under way is the team’s again, who is told once', async () => {
    const { card } = await withdrawing();
    expect(card?.plain).toContain('Le rôle est retiré');
    await teams.runJobs();
    expect(await escalation()).toMatchObject({ status: 'open', taker: null });
    expect(await kickoff()).toMatchObject({ taker: null });
    expect(told().map(({ plain }) => plain)).toEqual([
      expect.stringContaining('Diane Tremblay ne fait plus partie de l’équipe'),
    ]);
    expect(await teams.refusedPress(diane, 'kickoff.list', { page: 1 })).toContain('introuvable');
  });

  test('is withdrawn, and a colleague goes on with all of it', async () => {
    await withdrawing(keyOf(samuel));
    await teams.runJobs();
    expect(await escalation()).toMatchObject({ status: 'taken', taker: samuel.name });
    expect(await kickoff()).toMatchObject({ taker: samuel.name });
    expect(told()[0]?.plain).toContain('confié à une ou un collègue');
  });

  test('ends the links that they gave, and says so to whoever opens one', async () => {
    expect((await page(link, undefined, teams.services)).status).toBe(200);
    await withdrawing();
    const answer = await page(link, undefined, teams.services);
    expect(answer.status).toBe(404);
  });

  test('ends the exports that they made', async () => {
    await teams.press(diane, 'evaluations.export');
    const export_ = teams.lastCard().token();
    expect((await download(export_, teams.services)).fileName).toContain('.xlsx');
    await withdrawing();
    await expect(download(export_, teams.services)).rejects.toThrow('n’est plus valide');
  });

  test('pressed twice, at two processes, is withdrawn and told once', async () => {
    const { card } = await asking();
    if (!card) throw new Error('no card');
    const { verb, data } = card.button('Retirer de l’équipe');
    await Promise.all([
      teams.press(admin, verb, { ...data, heir: '' }),
      teams.other.press(admin, verb, { ...data, heir: '' }),
    ]);
    await teams.runJobs();
    expect(told()).toHaveLength(1);
  });

  test('is not handed to somebody who left the team meanwhile: nothing changes, and it is said', async () => {
    const { card } = await asking();
    if (!card) throw new Error('no card');
    await giveRole(teams, samuel, 'client');
    expect(await teams.refusedClick(admin, card, 'Retirer de l’équipe', { heir: keyOf(samuel) })).toContain(
      'n’est plus de l’équipe',
    );
    expect(await teams.services.people.may(diane, 'staff')).toBe(true);
    expect(await escalation()).toMatchObject({ taker: diane.name });
  });

  test('is an administrator’s to withdraw', async () => {
    for (const person of [alex, samuel, diane])
      for (const verb of ['people.withdrawRole', 'people.team'])
        expect(await teams.refusedPress(person, verb, { leaver: diane.objectId })).toContain('introuvable');
    expect(await teams.services.people.may(diane, 'staff')).toBe(true);
  });
});

test('whoever looks after nothing loses the role at once, and the exports that they made end', async () => {
  await teams.press(samuel, 'evaluations.export');
  const token = teams.lastCard().token();
  const card = await teams.mustPress(admin, 'people.changeRole', { member: samuel.objectId, role: 'client' });
  expect(card.plain).toContain('Le rôle est changé');
  expect(await teams.services.people.may(samuel, 'staff')).toBe(false);
  await expect(download(token, teams.services)).rejects.toThrow('n’est plus valide');
});

test('an export for the staff is of whoever asked for it, as they are when it is opened', async () => {
  await giveRole(teams, samuel, 'admin');
  await teams.press(samuel, 'evaluations.export');
  const token = teams.lastCard().token();
  await giveRole(teams, samuel, 'client');
  await expect(download(token, teams.services)).rejects.toThrow('introuvable');
});

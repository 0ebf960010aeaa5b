import { expect, test } from '@jest/globals';
import { fakeTeams } from '../../support/fake-teams.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, channel, diane, group, personalChat } from '../../support/people.ts';

const teams = fakeTeams();

test.each([
  ['a personal chat', personalChat(alex), 'welcome/personal'],
  ['a team', channel, 'welcome/team'],
  ['a group chat', group, 'welcome/group'],
])('the assistant introduces itself in %s', async (_where, conversation, template) => {
  await teams.install(conversation);
  expect(teams.lastCard().template).toBe(template);
});

test('it introduces itself once, even if Teams announces the installation twice', async () => {
  await Promise.all([teams.install(channel), teams.install(channel)]);
  expect(teams.in(channel)).toHaveLength(1);
});

test('after a removal and a new installation it introduces itself again', async () => {
  await teams.install(channel);
  await teams.services.conversations.forget(channel.id);
  await teams.install(channel);
  expect(teams.in(channel)).toHaveLength(2);
});

test('the example questions of the welcome card are answered', async () => {
  await teams.install(alex);
  const { verb, data } = teams.newest(alex).buttonFor('knowledge.show');
  await teams.press(alex, verb, data);
  expect(teams.lastCard().template).toBe('knowledge/answer');
});

test.each(['aide', 'Aide !', 'HELP', ' aide '])('« %s » shows what the assistant can do', async (said) => {
  expect((await teams.asks(alex, said)).template).toBe('welcome/help');
});

test('aide shows a client the commands of clients only', async () => {
  await teams.says(alex, 'aide');
  expect(teams.lastCard().words).toContain('mes données');
  expect(teams.lastCard().words).not.toContain('tableau de bord');
});

test('aide shows staff and administrators theirs', async () => {
  await giveRole(teams, diane, 'staff');
  await teams.says(diane, 'aide');
  expect(teams.lastCard().words).toContain('tableau de bord');
  expect(teams.lastCard().words).not.toContain('désigner ce canal');
  expect((await teams.asks(admin, 'aide')).words).toContain('désigner ce canal');
});

test('a button of aide does what the command would', async () => {
  await teams.says(alex, 'aide');
  await teams.press(alex, 'welcome.run', { command: 'sommaire' });
  expect(teams.lastCard().template).toBe('knowledge/topics');
});

test('a button of aide gives no right that the person lacks', async () => {
  await teams.press(alex, 'welcome.run', { command: 'tableau de bord' });
  expect(teams.lastCard().template).not.toBe('knowledge/dashboard');
});

import { expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import { BOT_ID, fakeTeams } from '../../support/fake-teams.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, channel, diane, group, personalChat } from '../../support/people.ts';

import type { ShownCard } from '../../support/shown-card.ts';

const teams = fakeTeams();

test.each([
  ['a personal chat', personalChat(alex), 'welcome/help'],
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

/** What stands on the card under a heading that folds. */
const under = (card: ShownCard, heading: string): string => {
  const groups = card.json.body as { items?: { selectAction?: { title?: string } }[] }[];
  const group = groups.find(({ items }) => items?.[0]?.selectAction?.title?.startsWith(heading));
  return JSON.stringify(group ?? null);
};

test('what a client can do stands under four headings, of three or four commands each', async () => {
  const card = await teams.asks(alex, 'aide');
  for (const heading of ['Poser une question', 'Acheter', 'Mes contrats', 'Mes réglages']) {
    const commands = under(card, heading).match(/"verb":"welcome.run"/g) ?? [];
    expect([3, 4]).toContain(commands.length);
  }
  expect(under(card, 'Mes contrats')).toContain('évaluations');
});

test('one may put a question at once: that heading alone is open', async () => {
  const card = await teams.asks(alex, 'aide');
  expect(under(card, 'Poser une question')).toContain('"id":"ask","isVisible":true');
  expect(under(card, 'Acheter')).toContain('"id":"buy","isVisible":false');
});

test('the staff’s commands and the administrators’ stand apart, after the rest', async () => {
  await giveRole(teams, diane, 'staff');
  const card = await teams.asks(diane, 'aide');
  expect(under(card, 'Équipe du Courtier')).toContain('tableau de bord');
  expect(under(card, 'Administration')).toBe('null');
  expect(under(await teams.asks(admin, 'aide'), 'Administration')).toContain('locataires');
});

test('the file under way and the catalogue come first', async () => {
  await teams.services.files.create(alex, 'Courriel du ministère', newId());
  const card = await teams.asks(alex, 'aide');
  const [file, catalogue] = card.buttons.filter(({ verb }) => verb === 'welcome.run');
  expect(file).toMatchObject({
    title: 'Continuer\u00a0: Courriel du ministère',
    data: { command: 'mon dossier' },
  });
  expect(catalogue?.data).toEqual({ command: 'catalogue' });
});

test('in a shared place, nobody’s file is named and what is personal is left to the personal chat', async () => {
  await teams.services.files.create(alex, 'Courriel du ministère', newId());
  const card = await teams.asks(alex, 'aide', group);
  expect(card.plain).not.toContain('Courriel du ministère');
  expect(card.plain).not.toContain('mes données');
  expect(card.plain).toContain('notre conversation personnelle');
  expect(card.buttons.flatMap(({ data }) => data.command ?? [])).toContain('catalogue');
});

test('the way to the personal chat is a button, where Teams knows the assistant', async () => {
  expect((await teams.asks(alex, 'aide', group)).button('Ouvrir notre conversation').url).toBe(
    `https://teams.microsoft.com/l/chat/0/0?users=28:${BOT_ID}`,
  );
});

test.each([
  ['a command', 'mes données'],
  ['a button’s title', 'tous les dossiers'],
])(
  'what is personal, %s written in a group, leads to the personal chat with the same words',
  async (_what, words) => {
    const card = await teams.asks(alex, words, group);
    expect(card.plain).toContain('dans notre conversation personnelle');
    expect(card.button('Continuer dans notre conversation').url).toBe(
      `https://teams.microsoft.com/l/chat/0/0?users=28:${BOT_ID}&message=${encodeURIComponent(words)}`,
    );
  },
);

test('a button of aide does what the command would', async () => {
  await teams.says(alex, 'aide');
  await teams.press(alex, 'welcome.run', { command: 'sommaire' });
  expect(teams.lastCard().template).toBe('knowledge/topics');
});

test('a button of aide gives no right that the person lacks', async () => {
  await teams.press(alex, 'welcome.run', { command: 'tableau de bord' });
  expect(teams.lastCard().template).not.toBe('knowledge/dashboard');
});

import { beforeEach, expect, test } from '@jest/globals';
import { typeset } from '../../../src/core/text/text.ts';
import { resultsWorkbook } from '../../../src/features/broadcasts/sending/screens/results.ts';
import { confirmed, preview, settle } from '../../support/broadcasts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues, giveRole, MINISTRY, met } from '../../support/organization.ts';
import { admin, alex, diane, nadia, personalChat, samuel } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';
import { rowsOf } from '../../support/workbook.ts';

const teams = fakeTeams({ shortGuide: true });

beforeEach(async () => {
  await met(teams, alex, nadia, samuel, diane, admin);
  await giveRole(teams, diane, 'staff');
  await colleagues(teams, [alex, nadia, samuel]);
  await teams.services.conversations.forget(personalChat(samuel).id);
});

/** A notice to the members of a body, of whom Alex read it, Nadia received it and Samuel lacks the assistant. */
async function sent(): Promise<ShownCard> {
  const {
    items: [body],
  } = await teams.services.organizations.bodiesToChoose({ sought: '' }, 1, 1);
  const whom = { groups: '', organizations: body?.id };
  await confirmed(teams, diane, await preview(teams, diane, { acknowledge: 'true' }, whom));
  await settle(teams);
  const received = teams.newest(alex, 'broadcasts/message');
  await teams.press(
    alex,
    received.buttonFor('broadcasts.acknowledge').verb,
    received.buttonFor('broadcasts.acknowledge').data,
  );
  const progress = teams.newest(diane, 'broadcasts/progress');
  return teams.mustClick(diane, progress, 'Destinataire par destinataire');
}
const filtered = (card: ShownCard, filter: string, searched = '') =>
  teams.mustClick(diane, card, 'Filtrer', { show: filter, called: searched });

test('each person is there with their body and what became of the notice', async () => {
  const card = await sent();
  expect(card.plain).toContain(typeset(MINISTRY));
  expect(card.plain).toContain('Pris connaissance');
  expect(card.plain).toContain('Envoyé');
  expect(card.plain).toContain('Courtier n’est pas installé');
});

test('a filter leaves those who read it, who did not, who did not receive it', async () => {
  const card = await sent();
  const [read, unread, failed] = [
    await filtered(card, 'read'),
    await filtered(card, 'unread'),
    await filtered(card, 'failed'),
  ];
  expect(
    [read, unread, failed].map(({ plain }) => [alex, nadia, samuel].map(({ name }) => plain.includes(name))),
  ).toEqual([
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
});

test('a part of a name is looked for as it is typed, and its signs mean nothing', async () => {
  const card = await sent();
  expect((await filtered(card, 'all', nadia.name.slice(0, 4).toUpperCase())).plain).toContain(nadia.name);
  expect((await filtered(card, 'all', '%')).plain).toContain('Personne ne correspond');
});

test('a part of the name of a body is looked for, accents and case aside, as is that of a person', async () => {
  const card = await sent();
  const found = await filtered(card, 'all', 'ministere de l');
  expect([alex, nadia, samuel].map(({ name }) => found.plain.includes(name))).toEqual([true, true, true]);
  expect((await filtered(card, 'all', 'Ville de')).plain).toContain('Personne ne correspond');
});

test('a workbook that has not all of the results says so, and of how many', async () => {
  await sent();
  const { rows } = await teams.services.broadcasts.broadcastsPage(1, 1);
  const whose = { broadcast: rows[0]?.id, tenantId: diane.tenantId, objectId: diane.objectId };
  const cut = await resultsWorkbook(whose, teams.services as never, 2);
  expect(cut.sheet.heading?.[1]).toContain('Les 2 premières lignes, sur 3');
  expect(await rowsOf(cut.sheet)).toHaveLength(2);
  expect((await resultsWorkbook(whose, teams.services as never)).sheet.heading).toHaveLength(1);
});

test('who reads it afterwards is there when it is looked at again', async () => {
  const card = await sent();
  const { verb, data } = teams.newest(nadia, 'broadcasts/message').buttonFor('broadcasts.acknowledge');
  await teams.press(nadia, verb, data);
  expect((await filtered(card, 'unread')).plain).toContain('Personne ne correspond');
});

test('the workbook has each person, their body and when they read it', async () => {
  await sent();
  const { rows } = await teams.services.broadcasts.broadcastsPage(1, 1);
  const { sheet } = await resultsWorkbook(
    { broadcast: rows[0]?.id, tenantId: diane.tenantId, objectId: diane.objectId },
    teams.services as never,
  );
  const lines = new Map((await rowsOf(sheet)).map(([name, ...rest]) => [name, rest]));
  expect(lines.size).toBe(3);
  expect(lines.get(alex.name)?.slice(0, 3)).toEqual([MINISTRY, 'Personne', 'Envoyé']);
  expect(String(lines.get(alex.name)?.[4])).toMatch(/^2026-11-23T/);
  expect(lines.get(nadia.name)?.[4]).toBe('');
  expect(lines.get(samuel.name)?.[3]).toBe('Courtier n’est pas installé');
});

test('is the staff’s, and is of what was sent', async () => {
  const card = await sent();
  const { verb, data } = card.button('Filtrer');
  await teams.refusedPress(alex, verb, data);
  await preview(teams, diane);
  const { rows } = await teams.services.broadcasts.broadcastsPage(1, 1);
  await teams.refusedPress(diane, verb, { broadcast: rows[0]?.id, page: 1 });
});

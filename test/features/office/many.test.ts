import { beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import type { Person } from '../../../src/core/turn.ts';
import { EVERYTHING } from '../../../src/features/office/rules/filter.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, diane, keyOf, personalChat, samuel } from '../../support/people.ts';
import { traces } from '../../support/together.ts';

// Several of what waits are ticked, and the same is done with each.

const teams = fakeTeams({ shortGuide: true });
let waiting: readonly string[] = [];

beforeEach(async () => {
  await people(teams);
  await giveRole(teams, samuel, 'staff');
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) {
    const id = newId();
    teams.clock.advance({ seconds: 1 });
    await teams.services.comments.send(
      alex,
      { kind: 'supplierComplaint', supplier: 'airelle', text: `Nº ${n}` },
      id,
    );
    ids.push(`comment/${id}`);
  }
  waiting = ids;
});

const opened = async (who: Person = diane) =>
  teams.mustClick(who, await teams.asks(who, 'à traiter'), 'Plusieurs à la fois');
const does = async (title: string, inputs: object, who: Person = diane) =>
  teams.mustClick(who, await opened(who), title, { chosen: waiting.join(','), ...inputs });
const mine = async (who: Person) =>
  (await teams.services.office.list(who, { ...EVERYTHING, whose: 'mine' }, 1, 50)).total;
const TO_SAMUEL = { colleague: keyOf(samuel) };

test('several are taken at once, and the list says how many', async () => {
  const card = await does('Prendre', {});
  expect(card.template).toBe('office/list');
  expect(card.plain).toContain('3 choses sont à vous.');
  expect(await mine(diane)).toBe(3);
  expect(await traces(teams, 'office.take')).toBe(3);
});

test('several are given to a colleague, put off, and given back', async () => {
  expect((await does('Confier', TO_SAMUEL)).plain).toContain('3 choses sont confiées.');
  expect(await mine(samuel)).toBe(3);
  expect((await does('Rendre à l’équipe', {}, samuel)).plain).toContain('3 choses sont rendues à l’équipe.');
  expect(await mine(samuel)).toBe(0);
  const later = await does('Remettre', { until: '2026-12-07' });
  expect(later.plain).toContain('3 choses sont remises au 7 décembre 2026.');
  const comments = { ...EVERYTHING, genre: 'comment' };
  expect((await teams.services.office.list(diane, comments, 1, 5)).total).toBe(0);
});

test('what a colleague has is left as it is, and said', async () => {
  await teams.mustPress(samuel, 'office.take', { wait: waiting[1] });
  const card = await does('Prendre', {});
  expect(card.plain).toContain('2 choses sont à vous. 1 chose est suivie par un collègue et ne change pas');
  expect([await mine(diane), await mine(samuel)]).toEqual([2, 1]);
});

test('what colleagues have is said of several as of one', async () => {
  for (const wait of waiting.slice(1)) await teams.mustPress(samuel, 'office.take', { wait });
  expect((await does('Prendre', {})).plain).toContain(
    '2 choses sont suivies par des collègues et ne changent pas : ouvrez-les pour passer outre.',
  );
});

test('what nobody has is not given back, and nothing is written of it', async () => {
  await teams.mustPress(diane, 'office.take', { wait: waiting[0] });
  const card = await does('Rendre à l’équipe', {});
  expect(card.plain).toContain('1 chose est rendue à l’équipe. 2 choses n’étaient suivies par personne.');
  expect(await traces(teams, 'office.handBack')).toBe(1);
});

test('a colleague to whom several are given is told once, of those that they still have', async () => {
  await does('Confier', TO_SAMUEL);
  await teams.mustPress(samuel, 'office.handBack', { wait: waiting[0] });
  const before = teams.posted.length;
  await teams.runJobs();
  const told = teams.posted
    .slice(before)
    .filter(({ conversationId }) => conversationId === personalChat(samuel).id)
    .map(({ content }) => (typeof content === 'object' ? teams.shown(content).plain : content));
  expect(told).toEqual([expect.stringContaining('Un collègue vous a confié 2 choses.')]);
});

test('what waits no more is said, and the rest is done', async () => {
  const card = await opened();
  const after = await teams.mustClick(diane, card, 'Prendre', { chosen: `${waiting[1]},comment/${newId()}` });
  expect(after.plain).toContain('1 chose est à vous. 1 chose n’attend plus.');
});

test.each([
  ['Prendre', { chosen: '' }, 'Cochez au moins une chose.'],
  ['Confier', { colleague: '' }, 'Choisissez une personne.'],
  ['Remettre', { until: '' }, 'Choisissez un jour à venir.'],
  ['Remettre', { until: '2026-11-02' }, 'Choisissez un jour à venir.'],
])('« %s » with %j comes back as it was, with why', async (title, inputs, why) => {
  const back = await teams.formBack(diane, await opened(), title, { chosen: waiting.join(','), ...inputs });
  expect(back.template).toBe('office/many');
  expect(back.plain).toContain(why);
  if (!('chosen' in inputs)) expect(back.valueOf('chosen')).toBe(waiting.join(','));
  expect(await mine(diane)).toBe(0);
});

test('is the staff’s, and takes no more than are listed', async () => {
  expect(
    await teams.reaches(alex, [
      ['office.many', {}],
      ['office.takeMany', { chosen: waiting.join(',') }],
    ]),
  ).toEqual([]);
  const chosen = Array.from({ length: 31 }, () => `comment/${newId()}`).join(',');
  expect(await teams.refusedPress(admin, 'office.takeMany', { chosen })).toContain('au plus 30');
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Person } from '../../../src/core/turn.ts';
import { gather } from '../../../src/features/reminders/jobs.ts';
import { cardOfDay } from '../../../src/features/reminders/screens/day.ts';
import { aContract, TERMINATION } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { alex, foreigner, nadia, samuel } from '../../support/people.ts';
import { linesOf, recalling } from '../../support/recalls.ts';

const teams = fakeTeams({ processes: 2 });
const { run, hour, cards } = recalling(teams);

beforeEach(() => people(teams));

/** Its copy is due this Friday: recalled from tomorrow on. */
const RECENT = { signedOn: '2026-11-20', rcti: 'false' };
const several = async (count: number, changes: object = {}) => {
  const made: string[] = [];
  for (let n = 1; n <= count; n++)
    made.push(await aContract(teams, { ...RECENT, title: `Contrat ${n}`, ...changes }));
  return made;
};
async function leaves(person: Person): Promise<void> {
  const asked = await teams.mustPress(person, 'people.declare', { other: 'Ville de Gaspé' });
  await teams.mustClick(person, asked, 'Quitter et demander');
}
/** The card of tomorrow morning. */
async function tomorrows(person = alex) {
  teams.clock.advance({ days: 1 });
  await hour();
  const card = cards(person).at(-1);
  if (!card) throw new Error('no card');
  return card;
}

describe('the card of the day', () => {
  test('gathers nine contracts, by contract, a page at a time', async () => {
    await several(9);
    const card = await tomorrows();
    expect(cards()).toHaveLength(1);
    expect(card.plain).toContain('9 choses à faire, dans 9 contrats.');
    expect(card.plain).toContain('Page 1 de 2');
    expect(linesOf(card)).toHaveLength(6);
    expect(JSON.stringify(card.json).length).toBeLessThan(28_000);
    const rest = await teams.mustClick(alex, card, 'Suivante');
    expect(linesOf(rest)).toHaveLength(3);
    expect(rest.plain).toContain('Contrat 9');
  });

  test('opens each line below it, and stays', async () => {
    await several(1);
    const card = await tomorrows();
    await teams.click(alex, card, 'Ouvrir');
    expect(teams.newest(alex).template).toBe('contracts/duty');
    expect(cards()).toHaveLength(1);
  });

  test('is one, whichever of two processes gathers it, and however often', async () => {
    await several(2);
    teams.clock.advance({ days: 1 });
    await Promise.all(
      [1, 2, 3].flatMap(() => [teams, teams.other].map(({ services }) => services.gathering.gather())),
    );
    await Promise.all([teams.runJobs(), teams.other.runJobs()]);
    expect(cards()).toHaveLength(1);
    expect(linesOf(cards()[0] ?? (await tomorrows()))).toEqual(['copy', 'copy']);
  });

  test('composed by a process that was killed before it was sent, has all of it at the next one', async () => {
    await several(2);
    teams.clock.advance({ days: 1 });
    await gather.handle({}, teams.services);
    const day = { day: teams.clock.today().toString(), urgent: false };
    const first = await cardOfDay(alex, day, teams.services);
    // Nothing was sent of it; what came meanwhile is told with it.
    await aContract(teams, { ...RECENT, title: 'Contrat 3' });
    teams.clock.advance({ minutes: 5 });
    const again = await cardOfDay(alex, day, teams.services);
    expect([first?.summary, again?.summary]).toEqual([
      expect.stringContaining('2 choses à faire, dans 2 contrats'),
      expect.stringContaining('2 choses à faire, dans 2 contrats'),
    ]);
    await hour();
    expect(cards()).toHaveLength(1);
    expect(cards()[0]?.plain).toContain('2 choses à faire, dans 2 contrats.');
    await hour();
    expect(cards()).toHaveLength(1);
  });

  test('waits for tomorrow with what comes after it went out', async () => {
    await several(1);
    await tomorrows();
    await aContract(teams, { ...RECENT, title: 'Un autre' });
    expect(await run(1)).toEqual([]);
    // On Wednesday the other one is new; on Thursday both are due on the next day.
    expect(await run(2)).toEqual(['2026-11-25 copy', '2026-11-26 copy', '2026-11-26 copy']);
  });

  test('of what the guide wants at once is not held back by the one that went out', async () => {
    const [contract] = await several(1);
    await tomorrows();
    await teams.mustPress(alex, 'contracts.terminate', {
      contract,
      ...TERMINATION,
      noticeOn: '2026-11-24',
      effectiveOn: '2026-11-24',
    });
    await teams.runJobs();
    expect(cards().map(({ plain }) => /À faire sans attendre|Vos rappels du/.exec(plain)?.[0])).toEqual([
      'Vos rappels du',
      'À faire sans attendre',
    ]);
    expect(linesOf(cards()[1] ?? (await tomorrows()))).toEqual(['termination:resiliation']);
  });

  test('comes once after a pause, with all that came meanwhile', async () => {
    await several(2);
    const agenda = await teams.asks(alex, 'rappels');
    await teams.mustClick(alex, agenda, 'Enregistrer', { pause: 'week', hour: '8' });
    expect(await run(7)).toEqual([]);
    expect(await run(1)).toEqual(['2026-11-30 copy', '2026-11-30 copy']);
    expect(cards()).toHaveLength(1);
  });

  test('delayed over a week-end, it is the only one of its Monday', async () => {
    await several(1);
    // Friday evening: what is due waits for Monday, when the copy is late as well.
    teams.clock.advance({ days: 4, hours: 10 });
    await hour();
    teams.clock.advance({ hours: 14 });
    expect(await run(3)).toEqual(['2026-11-30 copy']);
  });

  test('tells nothing of a contract to who may not see it any more', async () => {
    await several(1);
    teams.clock.advance({ days: 1, hours: 10 });
    await hour();
    await leaves(alex);
    teams.clock.advance({ hours: 14 });
    await hour();
    expect(cards()).toEqual([]);
  });
});

describe('a line', () => {
  test('is put off by a day or by a week, one by one, and comes then', async () => {
    await several(2);
    const card = await tomorrows();
    const after = await teams.mustClick(alex, card, 'Dans une semaine');
    expect(after.plain).toContain('C’est remis au 1er décembre 2026.');
    expect(after.plain).toContain('Remis au 1er décembre 2026');
    expect(await run(7)).toEqual(['2026-11-26 copy', '2026-11-30 copy']);
    expect(await run(1)).toEqual(['2026-12-01 copy']);
  });

  test('is put off from a Friday to the next business day', async () => {
    await several(1);
    teams.clock.advance({ days: 4 });
    await hour();
    const [card] = cards();
    if (!card) throw new Error('no card');
    expect((await teams.mustClick(alex, card, 'Demain')).plain).toContain('C’est remis au 30 novembre 2026.');
  });

  test('that is stopped comes no more, until it is taken again', async () => {
    await several(1);
    const card = await tomorrows();
    const stopped = await teams.mustClick(alex, card, 'Ne plus me le rappeler');
    expect(stopped.plain).toContain('Plus de rappel, à votre demande');
    expect(await run(4)).toEqual([]);
    await teams.mustClick(alex, stopped, 'Reprendre');
    // What was left out meanwhile comes with the next card, on Monday.
    expect(await run(3)).toEqual(['2026-11-30 copy']);
  });

  test('is its person’s alone', async () => {
    await several(1);
    const card = await tomorrows();
    const { data } = card.button('Ouvrir');
    for (const person of [samuel, foreigner])
      for (const [verb, more] of [
        ['reminders.look', {}],
        ['reminders.later', { days: 1, page: 1 }],
        ['reminders.stop', { page: 1 }],
        ['reminders.takeAgain', { page: 1 }],
      ] as const)
        expect(await teams.refusedPress(person, verb, { ...data, ...more })).toContain('introuvable');
    expect(await run(3)).toEqual(['2026-11-26 copy']);
  });

  test('put off by one stays for a colleague who follows the contract too', async () => {
    const [contract] = await several(1);
    await teams.mustPress(nadia, 'contracts.follow', { contract });
    await teams.mustClick(alex, await tomorrows(), 'Dans une semaine');
    expect(await run(3, nadia)).toEqual(['2026-11-26 copy']);
  });

  test.each([
    { thing: 'contracts:x' },
    { thing: '__proto__:x' },
    { thing: 'people:x' },
    { thing: 'x'.repeat(300) },
  ])('that is forged (%j) is nowhere', async (data) => {
    expect(await teams.refusedPress(alex, 'reminders.later', { ...data, days: 1, page: 1 })).not.toBe('');
    expect(await teams.refusedPress(alex, 'reminders.look', data)).not.toBe('');
  });
});

describe('« rappels »', () => {
  test('is an agenda: what, of which contract, when it comes, in the order of the days', async () => {
    await aContract(teams, { ...RECENT, rcti: 'true' });
    const { plain } = await teams.asks(alex, 'rappels');
    expect(plain).toContain('Transmettre au Courtier une copie du contrat signé');
    expect(plain).toContain('Courriel du ministère · ');
    expect([...plain.matchAll(/Prochain rappel le (.+?) ·/g)].map(([, on]) => on)).toEqual([
      '24 novembre 2026',
      '30 novembre 2026',
      '8 janvier 2027',
      '8 avril 2027',
      '8 juillet 2027',
      '8 octobre 2027',
    ]);
  });

  test('shows what is put off, stopped, and done, and takes it again', async () => {
    const [one, two, three] = await several(3);
    await tomorrows();
    const thing = (contract: string | undefined) => `contracts:${contract}:copy`;
    await teams.mustPress(alex, 'reminders.later', { thing: thing(one), days: 7, page: 1 });
    await teams.mustPress(alex, 'contracts.done', { contract: three, duty: 'copy', on: '2026-11-23' });
    const first = await teams.mustPress(alex, 'reminders.stop', { thing: thing(two), page: 1 });
    expect(first.plain).toContain('Remis au 1er décembre 2026');
    const pages = Number(/Page 1 de (\d+)/.exec(first.plain)?.[1]);
    const last = await teams.mustPress(alex, 'reminders.page', { page: pages });
    expect(last.plain).toContain('Plus de rappel, à votre demande');
    expect(last.plain).toContain('Fait');
    expect((await teams.mustClick(alex, last, 'Reprendre')).plain).toContain('Ce rappel est repris.');
  });

  test('says when a reminder comes after a pause', async () => {
    await several(1);
    const card = await teams.asks(alex, 'rappels');
    const paused = await teams.mustClick(alex, card, 'Enregistrer', { pause: 'month', hour: '8' });
    expect(paused.plain).toContain('Prochain rappel le 23 décembre 2026');
  });

  test('has late duties too, when no reminder comes by itself any more', async () => {
    await several(1);
    teams.clock.advance({ days: 50 });
    await hour();
    const pages = async () => {
      const first = await teams.asks(alex, 'rappels');
      const count = Number(/Page 1 de (\d+)/.exec(first.plain)?.[1] ?? 1);
      return (await teams.mustPress(alex, 'reminders.page', { page: count })).plain;
    };
    expect(await pages()).toContain('Toujours à faire ; plus aucun rappel n’est prévu');
  });
});

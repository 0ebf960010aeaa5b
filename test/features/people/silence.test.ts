import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { page } from '../../../src/app/doors.ts';
import { newId } from '../../../src/core/id.ts';
import { REMEMBERED_MINUTES } from '../../../src/core/process/once.ts';
import type { Person } from '../../../src/core/turn.ts';
import { purge } from '../../../src/features/people/jobs.ts';
import { preview } from '../../support/broadcasts.ts';
import { aContract } from '../../support/contracts.ts';
import { evaluating } from '../../support/evaluations.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, people, requested } from '../../support/kickoff.ts';
import { colleagues, giveRole, met } from '../../support/organization.ts';
import {
  admin,
  alex,
  channel,
  diane,
  foreigner,
  group,
  nadia,
  samuel,
  staffRoom,
} from '../../support/people.ts';
import { countOf, rowsOf } from '../../support/rows.ts';
import { traces } from '../../support/together.ts';

// Whoever does anything is seen. Whoever is not, for two years, is forgotten: told a month before, and never while
// they owe something or are owed something.

const teams = fakeTeams({ processes: 2 });
const { campaign, tick } = evaluating(teams);

const ofPerson = ({ tenantId, objectId }: Person) => sql`tenant_id = ${tenantId} and object_id = ${objectId}`;
/** Nothing was heard of some people for so many days. */
async function silentSince(days: number, ...silent: readonly Person[]): Promise<void> {
  // What they pressed just before is no longer remembered.
  teams.clock.advance({ minutes: REMEMBERED_MINUTES });
  const then = new Date(teams.clock.now().epochMilliseconds - days * 86_400_000);
  for (const person of silent)
    await teams.db.execute(
      sql`update people set last_seen = ${then}, warned_at = null where ${ofPerson(person)}`,
    );
}
/** The upkeep of a day, and what is sent in decent hours. */
async function upkeep(world: Pick<typeof teams, 'services'> = teams): Promise<void> {
  await purge.handle({}, world.services);
  await teams.runJobs();
}
async function days(n: number): Promise<void> {
  teams.clock.advance({ days: n });
  await upkeep();
}
const known = async (person: Person): Promise<boolean> =>
  (await teams.services.people.findPerson(person)) !== undefined;
const lastSeen = async (person: Person): Promise<string> =>
  (await teams.services.people.findPerson(person))?.lastSeen.toISOString() ?? 'never';
const today = () => new Date(teams.clock.now().epochMilliseconds).toISOString();
const told = (person: Person) => teams.received(person, 'people/silence');

describe('who is seen', () => {
  beforeEach(() => met(teams, alex));

  test.each<[string, () => Promise<unknown>]>([
    ['a question', () => teams.says(alex, 'Quels documents faut-il conserver ?')],
    ['a command', () => teams.says(alex, 'aide')],
    ['a command that is not for them', () => teams.says(alex, 'équipe')],
    ['a command in the wrong place', () => teams.says(alex, 'mes données', channel)],
    ['a mention in a channel', () => teams.says(alex, 'Quels documents faut-il conserver ?', channel)],
    ['a command in a group chat', () => teams.says(alex, 'aide', group)],
    ['a file', () => teams.drops(alex, { 'a.txt': 'a' })],
    ['a button', () => teams.press(alex, 'welcome.help')],
    ['a form', () => teams.press(alex, 'people.declare', { other: 'Ville de Gaspé' })],
    ['a form that is refused', () => teams.press(alex, 'people.declare', { other: '' })],
    ['a button in a channel', () => teams.press(alex, 'welcome.help', {}, channel)],
    ['a button that is there no more', () => teams.press(alex, 'welcome.gone')],
    ['a button at another process', () => teams.other.press(alex, 'welcome.help')],
    ['a command at another process', () => teams.other.says(alex, 'aide')],
  ])('is whoever acts by %s', async (_how, act) => {
    await silentSince(700, alex);
    await act();
    expect(await lastSeen(alex)).toBe(today());
  });

  test('is written once a day, whatever they do and at whatever process', async () => {
    const version = () =>
      rowsOf(
        teams.db,
        sql`select xmin::text from people where ${ofPerson(alex)}`,
        z.object({ xmin: z.string() }),
      );
    const [written, first] = [await version(), await lastSeen(alex)];
    for (const world of [teams, teams.other]) {
      teams.clock.advance({ hours: 2 });
      await world.says(alex, 'aide');
      await world.press(alex, 'welcome.help');
    }
    expect([await version(), await lastSeen(alex)]).toEqual([written, first]);
    teams.clock.advance({ hours: 21 });
    await Promise.all([teams.says(alex, 'aide'), teams.other.press(alex, 'welcome.help')]);
    expect(await lastSeen(alex)).toBe(today());
  });

  test('is looked at every ten minutes at the most, when they press on and on', async () => {
    await silentSince(700, alex);
    await teams.press(alex, 'welcome.help');
    const longAgo = new Date('2020-01-01T00:00:00Z');
    await teams.db.execute(sql`update people set last_seen = ${longAgo} where ${ofPerson(alex)}`);
    teams.clock.advance({ minutes: REMEMBERED_MINUTES - 1 });
    await teams.press(alex, 'welcome.help');
    expect(await lastSeen(alex)).toBe(longAgo.toISOString());
    teams.clock.advance({ minutes: 1 });
    await teams.press(alex, 'welcome.help');
    expect(await lastSeen(alex)).toBe(today());
  });

  test('is known by a new name at once', async () => {
    await teams.press(alex, 'welcome.help');
    await teams.press({ ...alex, name: 'Alexandra Roy' }, 'welcome.help');
    expect((await teams.services.people.findPerson(alex))?.name).toBe('Alexandra Roy');
  });

  test('is nobody by a button alone whom the assistant does not know', async () => {
    await teams.press(samuel, 'welcome.help');
    expect(await known(samuel)).toBe(false);
  });

  test('is not whoever had themselves erased', async () => {
    const confirm = await teams.mustClick(
      alex,
      await teams.asks(alex, 'mes données'),
      'Supprimer mes données',
    );
    await teams.mustClick(alex, confirm, 'Supprimer définitivement');
    expect(await known(alex)).toBe(false);
  });

  test('is not somebody of whom a calendar reads a link', async () => {
    await people(teams);
    const contract = await aContract(teams);
    await teams.press(alex, 'contracts.feed', { contract });
    const token = teams.lastCard().token();
    await silentSince(700, alex);
    const before = await lastSeen(alex);
    expect((await page(token, undefined, teams.services)).status).toBe(200);
    expect(await lastSeen(alex)).toBe(before);
  });
});

describe('who was silent for two years', () => {
  beforeEach(async () => {
    await met(teams, alex);
    await silentSince(702, alex);
  });

  test('is told a month before, once, with the day and what to do', async () => {
    await upkeep();
    const [card, ...others] = told(alex);
    expect(others).toEqual([]);
    expect(card?.plain).toContain('depuis le 21 décembre 2024');
    expect(card?.plain).toContain('À partir du 23 décembre 2026');
    expect(card?.plain).toContain('n’importe quel message suffit');
    await upkeep(teams.other);
    await days(1);
    await days(10);
    expect(told(alex)).toHaveLength(1);
  });

  test('is told in decent hours', async () => {
    teams.clock.advance({ hours: 12 });
    await upkeep();
    expect(told(alex)).toEqual([]);
    await days(1);
    teams.clock.advance({ hours: 10 });
    await teams.runJobs();
    expect(told(alex)).toHaveLength(1);
  });

  test('is forgotten on that day and not before, with the body for which they acted', async () => {
    await colleagues(teams, [alex]);
    await silentSince(702, alex);
    await upkeep();
    await days(29);
    expect(await known(alex)).toBe(true);
    await days(1);
    expect(await known(alex)).toBe(false);
    expect(await teams.services.organizations.findMembership(alex)).toBeUndefined();
    expect(await traces(teams, 'privacy.forget')).toBe(1);
  });

  test('is never forgotten without having been told, however long it is', async () => {
    await silentSince(2_000, alex);
    await upkeep();
    expect(await known(alex)).toBe(true);
    await days(30);
    expect(await known(alex)).toBe(false);
  });

  test('has the whole month again when it could not be told meanwhile', async () => {
    await purge.handle({}, teams.services);
    teams.clock.advance({ days: 43 });
    await purge.handle({}, teams.other.services);
    expect(await known(alex)).toBe(true);
    await teams.runJobs();
    expect(told(alex)).toHaveLength(1);
    expect(told(alex)[0]?.plain).toContain('À partir du 4 février 2027');
    await days(29);
    expect(await known(alex)).toBe(true);
    await days(1);
    expect(await known(alex)).toBe(false);
  });

  test('is forgotten too when they cannot be told: they removed the assistant', async () => {
    await teams.services.conversations.forget((await teams.services.conversations.personal(alex))?.id ?? '');
    await upkeep();
    await days(30);
    expect([told(alex), await known(alex)]).toEqual([[], false]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['the button', () => teams.mustClick(alex, teams.newest(alex, 'people/silence'), 'Je suis toujours là')],
    ['a command', () => teams.says(alex, 'aide')],
    [
      'a question in a channel, at another process',
      () => teams.other.says(alex, 'Quels documents ?', channel),
    ],
    ['any other button', () => teams.press(alex, 'welcome.help')],
  ])('stays by %s, and is told again after two other years only', async (_how, act) => {
    await upkeep();
    await days(20);
    await act();
    await days(20);
    await days(600);
    expect([await known(alex), told(alex).length]).toEqual([true, 1]);
    await days(102);
    expect(told(alex)).toHaveLength(2);
    await days(31);
    expect(await known(alex)).toBe(false);
  });

  test('is thanked by the button', async () => {
    await upkeep();
    const card = await teams.mustClick(alex, teams.newest(alex, 'people/silence'), 'Je suis toujours là');
    expect(card.plain).toContain('rien n’est oublié');
  });

  test('is not told who came back before it was sent', async () => {
    await purge.handle({}, teams.services);
    await teams.says(alex, 'aide');
    await teams.runJobs();
    expect(told(alex)).toEqual([]);
  });

  test('comes back afterwards as somebody new, and is told so', async () => {
    await colleagues(teams, [alex]);
    await silentSince(702, alex);
    await upkeep();
    const old = teams.newest(alex, 'people/silence');
    await days(31);
    const card = await teams.mustClick(alex, old, 'Je suis toujours là');
    expect(card.plain).toContain('Bon retour');
    expect(await known(alex)).toBe(true);
    expect((await teams.asks(alex, 'mon organisation')).template).toBe('people/organization');
    expect(await teams.services.organizations.findMembership(alex)).toBeUndefined();
    await days(31);
    expect(await known(alex)).toBe(true);
  });

  test('who acts at the very moment is either there still or there again', async () => {
    await upkeep();
    teams.clock.advance({ days: 31 });
    await Promise.all([
      purge.handle({}, teams.services),
      teams.other.says(alex, 'aide'),
      purge.handle({}, teams.other.services),
      teams.press(alex, 'people.declare', { other: 'Ville de Gaspé' }),
    ]);
    await upkeep();
    expect([await known(alex), await lastSeen(alex)]).toEqual([true, today()]);
    expect(teams.logged.filter((line) => /(turn|job) failed/.test(line))).toEqual([]);
  });
});

describe('who is never forgotten', () => {
  const kept = async (person: Person) => {
    await silentSince(3_000, person);
    await upkeep();
    await days(31);
    expect([await known(person), told(person).length]).toEqual([true, 0]);
  };
  beforeEach(() => people(teams));

  test('whoever is of the staff, until the role is withdrawn', async () => {
    await kept(diane);
    await giveRole(teams, diane, 'client');
    await days(13);
    expect(told(diane)).toHaveLength(1);
  });

  test('an administrator by configuration, whose role is nowhere else', async () => {
    await kept(admin);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['has an open file', () => aFile(teams, { chosen: '' })],
    [
      'shares the open file of a colleague',
      async () => {
        const { files } = teams.services;
        const { id } = await files.create(nadia, 'Courriel', newId());
        await teams.mustPress(nadia, 'acquisitions.share', {
          file: id,
          colleague: `${alex.tenantId}/${alex.objectId}`,
        });
      },
    ],
    ['follows a contract that runs', () => aContract(teams)],
    [
      'waits for the staff to confirm their body',
      () => teams.services.organizations.requestMembership(alex, 'Ville de Gaspé', newId()),
    ],
    [
      'wrote a comment that waits for an answer',
      () =>
        teams.mustPress(alex, 'contracts.comment', {
          kind: 'terms',
          text: 'Le service est lent.',
          supplier: '',
        }),
    ],
    [
      'waits for a meeting',
      async () => {
        const file = await aFile(teams);
        await requested(teams, file);
        for (const { id, revision } of await teams.services.files.filesOf(alex, 'open'))
          await teams.services.files.move(alex, id, revision, 'archive');
      },
    ],
    [
      'has an evaluation to answer',
      async () => {
        await aContract(teams);
        await campaign();
        await tick();
      },
    ],
    [
      'waits for somebody’s answer',
      async () => {
        await teams.says(alex, 'Comment colorier la fiche du zèbre ?');
        const { data } = teams.lastCard().buttonFor('knowledge.askPerson');
        await teams.press(alex, 'knowledge.escalate', { ...data, message: 'Une question' });
      },
    ],
    [
      'has a colleague’s question to answer',
      async () => {
        const { id } = await teams.services.files.create(nadia, 'Courriel', newId());
        await teams.services.needs.ask(nadia, id, 'change', alex, newId());
      },
    ],
    [
      'prepares a notice, without being of the staff any more',
      async () => {
        await giveRole(teams, alex, 'staff');
        await preview(teams, alex);
        await giveRole(teams, alex, 'client');
      },
    ],
  ])('whoever %s', async (_what, prepare) => {
    await prepare();
    await teams.runJobs();
    const before = told(alex).length;
    await silentSince(3_000, alex);
    await purge.handle({}, teams.services);
    expect([await known(alex), told(alex).length]).toEqual([true, before]);
    expect(
      await rowsOf(
        teams.db,
        sql`select warned_at as w from people where ${ofPerson(alex)}`,
        z.object({ w: z.unknown() }),
      ),
    ).toEqual([{ w: null }]);
  });

  test('whoever was given something to answer since they were told', async () => {
    await silentSince(702, alex);
    await upkeep();
    expect(told(alex)).toHaveLength(1);
    const { id } = await teams.services.files.create(nadia, 'Courriel', newId());
    await teams.services.needs.ask(nadia, id, 'change', alex, newId());
    await days(31);
    expect(await known(alex)).toBe(true);
  });

  test('somebody of another tenant for what is theirs who has the same id', async () => {
    await met(teams, foreigner);
    await aFile(teams, { chosen: '' });
    await silentSince(2_000, alex, foreigner);
    await upkeep();
    await days(31);
    expect([await known(alex), await known(foreigner)]).toEqual([true, false]);
  });
});

describe('a body that is about to have nobody confirmed', () => {
  const cards = () => teams.received(staffRoom, 'people/emptying');
  beforeEach(() => people(teams));

  test('is told to the staff before, once, with who they are', async () => {
    await silentSince(702, alex);
    await upkeep();
    expect(cards()).toEqual([]);
    await silentSince(702, nadia);
    await upkeep();
    expect(cards()).toHaveLength(1);
    const { plain } = teams.newest(staffRoom, 'people/emptying');
    expect(plain).toContain('1 organisme n’aura bientôt plus personne');
    expect(plain).toContain('Ministère de l’Énergie');
    expect(plain).toContain('Alex Gagnon, Nadia Benali');
    await days(1);
    await days(29);
    expect([await known(nadia), cards().length]).toEqual([false, 1]);
  });

  test('is told with who they are in the order in which people look for a name', async () => {
    await silentSince(702, alex, nadia);
    for (const [person, name] of [
      [alex, 'Élise Morin'],
      [nadia, 'Zoé Adam'],
    ] as const)
      await teams.db.execute(sql`update people set name = ${name} where ${ofPerson(person)}`);
    await upkeep();
    expect(teams.newest(staffRoom, 'people/emptying').plain).toContain('Élise Morin, Zoé Adam');
  });

  test('is not told when somebody comes back before', async () => {
    await silentSince(702, alex, nadia);
    await purge.handle({}, teams.services);
    await teams.says(nadia, 'aide');
    await teams.runJobs();
    expect(cards()).toEqual([]);
  });
});

describe('a thousand silent people', () => {
  const crowd = (state = sql`null::timestamptz`) =>
    teams.db.execute(sql`
      insert into people (tenant_id, object_id, name, first_seen, last_seen, warned_at)
      select ${alex.tenantId}, 'crowd-' || lpad(n::text, 4, '0'), 'Personne ' || n, ${new Date('2020-01-01')},
        ${new Date('2020-01-01')}::timestamptz + n * interval '1 hour', ${state}
      from generate_series(1, 1000) n`);
  const left = () => countOf(teams, sql`people where object_id like 'crowd-%'`);

  test('are told, each once, by two processes at once', async () => {
    await crowd();
    await Promise.all([purge.handle({}, teams.services), purge.handle({}, teams.other.services)]);
    await upkeep();
    expect(await countOf(teams, sql`deliveries where kind = 'people.silence'`)).toBe(1_000);
    expect(await left()).toBe(1_000);
  });

  test('are forgotten in pieces: what was done before a process ended stays done, and the next goes on', async () => {
    await crowd(sql`${new Date(teams.clock.now().epochMilliseconds - 31 * 86_400_000)}`);
    await teams.db.execute(sql`
      create or replace function test_dies() returns trigger language plpgsql as $$
      begin
        if old.object_id = 'crowd-0500' then raise exception 'the process ends here'; end if;
        return old;
      end $$`);
    await teams.db.execute(
      sql`create trigger test_dies before delete on people for each row execute function test_dies()`,
    );
    try {
      await expect(purge.handle({}, teams.services)).rejects.toThrow();
      expect(await left()).toBe(600);
    } finally {
      await teams.db.execute(sql`drop trigger test_dies on people`);
    }
    await Promise.all([purge.handle({}, teams.services), purge.handle({}, teams.other.services)]);
    expect(await left()).toBe(0);
    expect(await traces(teams, 'privacy.forget')).toBe(1_000);
  });
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../src/core/id.ts';
import type { Person } from '../../../src/core/turn.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, diane, samuel, staffRoom } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';

// What the office tells: each morning of a business day what waits, in the afternoon what does not move; once, whatever
// the number of processes; nothing where nothing waits.

const teams = fakeTeams({ processes: 2, shortGuide: true });
const both = () => [teams, teams.other];

beforeEach(async () => {
  await people(teams);
  await giveRole(teams, samuel, 'staff');
  // The secret of the application waits in every test: it is put off, so that nothing does.
  const [{ id = '' } = {}] = await teams.services.office.standing(new Set(['secret']));
  const until = Temporal.PlainDate.from('2027-06-01');
  await teams.services.office.act(diane, { what: 'putOff', until }, [{ kind: 'secret', id }]);
});

async function complains(): Promise<string> {
  const id = newId();
  const words = { kind: 'supplierComplaint', supplier: 'airelle', text: 'Le soutien tarde.' } as const;
  await teams.services.comments.send(alex, words, id);
  await teams.runJobs();
  return id;
}
const takes = (who: Person, comment: string) =>
  teams.mustPress(who, 'office.take', { wait: `comment/${comment}` });

/** The hour comes, and each process does what it does every hour. */
async function at(hour: number, days = 0): Promise<void> {
  const local = teams.clock.local();
  teams.clock.advance(local.until(local.add({ days }).with({ hour, minute: 5, second: 0 })));
  await Promise.all(both().map(({ services }) => services.office.tellDay()));
  await teams.runJobs();
}
const digests = (where: Person | typeof staffRoom) => teams.received(where, 'office/digest');

describe('the list of the morning', () => {
  test('is what is one’s own and nobody’s, for each of the staff; all, for the channel', async () => {
    await takes(diane, await complains());
    await complains();
    await at(8, 1);
    expect(digests(diane).map(({ plain }) => plain)).toEqual([
      expect.stringContaining('1 chose est à vous ; 1 n’est à personne.'),
    ]);
    expect(digests(diane)[0]?.plain).toContain('Alex Gagnon · Ministère de l’Énergie');
    expect(digests(samuel)[0]?.plain).toContain('0 chose est à vous ; 1 n’est à personne.');
    expect(digests(staffRoom)[0]?.plain).toContain('2 choses attendent l’équipe ; 1 n’est à personne.');
  });

  test('says how much is late', async () => {
    await takes(diane, await complains());
    await at(8, 7);
    expect(digests(diane)[0]?.plain).toContain('1 chose est à vous (1 date passée)');
  });

  test('comes once a day, from two processes and at every hour', async () => {
    await complains();
    for (const hour of [8, 9, 10, 11]) await at(hour, hour === 8 ? 1 : 0);
    expect([digests(diane).length, digests(staffRoom).length]).toEqual([1, 1]);
  });

  test('is silent where nothing waits, for clients, and for whoever is away', async () => {
    await at(8, 1);
    expect(digests(diane)).toEqual([]);
    await complains();
    await teams.mustPress(diane, 'office.absence', { first: '2026-11-24', last: '2026-11-26' });
    await at(8, 1);
    expect([digests(diane).length, digests(alex).length, digests(samuel).length]).toEqual([0, 0, 1]);
  });

  test('waits for the morning, and for a business day', async () => {
    await complains();
    await at(7, 1);
    expect(digests(diane)).toEqual([]);
    // A Saturday.
    await at(9, 4);
    expect(digests(diane)).toEqual([]);
    expect(await countOf(teams, sql`deliveries where kind = 'office.digest'`)).toBe(0);
  });

  test('is not for whoever left the staff since', async () => {
    await complains();
    await teams.services.office.tellDay();
    await giveRole(teams, samuel, 'client');
    await teams.runJobs();
    expect([digests(samuel).length, digests(diane).length]).toEqual([0, 1]);
  });
});

describe('the reminder of what does not move', () => {
  const reminders = (where: Person | typeof staffRoom) =>
    digests(where).filter(({ plain }) => plain.includes('Rappel'));

  test('comes after one business day and after three, once each, to whoever has it', async () => {
    await takes(diane, await complains());
    const each: number[] = [];
    for (const _day of [1, 2, 3, 4]) {
      await at(13, 1);
      each.push(reminders(diane).length);
    }
    expect(each).toEqual([1, 1, 2, 2]);
    expect([reminders(samuel).length, reminders(staffRoom).length]).toEqual([0, 0]);
  });

  test('goes to the channel for what nobody has', async () => {
    await complains();
    await at(13, 1);
    expect([reminders(staffRoom).length, reminders(diane).length]).toEqual([1, 0]);
  });

  test('begins again with each act, and keeps still about what is put off', async () => {
    const id = await complains();
    await takes(diane, id);
    teams.clock.advance({ days: 1 });
    await teams.mustPress(diane, 'office.putOff', { wait: `comment/${id}`, until: '2026-11-30' });
    await at(13, 0);
    await at(13, 1);
    expect(reminders(diane)).toEqual([]);
    // Monday it is there again, and on Tuesday a day went by.
    await at(13, 5);
    expect(reminders(diane)).toEqual([]);
    await at(13, 1);
    expect(reminders(diane)).toHaveLength(1);
  });
});

describe('two processes', () => {
  test('of two who take at once one has it, and the other is told who', async () => {
    const wait = `comment/${await complains()}`;
    const cards = await Promise.all([
      teams.mustPress(diane, 'office.take', { wait }),
      teams.other.mustPress(samuel, 'office.take', { wait }),
    ]);
    const told = cards.map(({ plain }) =>
      plain.includes('C’est à vous.') ? 'has it' : plain.includes('s’en occupe') ? 'is told' : plain,
    );
    expect(told.sort()).toEqual(['has it', 'is told']);
    expect(await countOf(teams, sql`office_acts where kind = 'comment'`)).toBe(1);
  });

  test('a gesture sent to both is done once', async () => {
    const wait = `comment/${await complains()}`;
    await Promise.all(both().map((process) => process.mustPress(diane, 'office.take', { wait })));
    expect(await countOf(teams, sql`office_acts where kind = 'comment'`)).toBe(1);
    expect(await countOf(teams, sql`audit where action = 'office.take'`)).toBe(1);
  });

  test('nothing is given to somebody whose role is withdrawn at the same moment', async () => {
    const id = await complains();
    const given = teams.services.office.act(diane, { what: 'assign', to: samuel }, [{ kind: 'comment', id }]);
    const withdrawn = teams.other.services.withdrawing.withdraw(admin, samuel, undefined, newId());
    await Promise.allSettled([given, withdrawn]);
    const [item] = await teams.services.office.standing(new Set(['comment']));
    expect(item?.holder).toBeUndefined();
  });
});

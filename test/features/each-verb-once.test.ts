import { describe, expect, test } from '@jest/globals';
import type { Conversation, Person } from '../../src/core/turn.ts';
import { features } from '../../src/features/registry.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { DETAILS, people } from '../support/kickoff.ts';
import { admin, alex, diane, nadia, personalChat, staffRoom } from '../support/people.ts';
import { changes, filled, footprint, likeness, type Seen } from '../support/walk.ts';

// What a client, a member of the staff and an administrator are offered from their commands on is pressed, on a real
// PostgreSQL: once; then twice at one process; then at both processes at once. Whatever a press writes, it writes once.
// What lies deeper, such as a meeting under way, is pressed twice in the tests « once » of the features.

const teams = fakeTeams({ database: 'postgres', processes: 2 });

const VERBS = features.flatMap(({ actions }) => actions.map(({ verb }) => verb));

const TYPED: Readonly<Record<string, string>> = {
  ...DETAILS,
  categories: 'courriel',
  '*.units': '100',
  kind: 'lcop4',
  signedOn: '2026-11-20',
  startsOn: '2026-12-01',
  endsOn: '2028-11-30',
};

type Press = (who: Person, where: Conversation, verb: string, data: object) => ReturnType<typeof teams.press>;

const ways: Readonly<Record<string, Press>> = {
  once: (...press) => teams.press(...press),
  'twice at one process': async (...press) => {
    const [first] = await Promise.all([teams.press(...press), teams.press(...press)]);
    return first;
  },
  'at two processes at once': async (...press) => {
    const [first] = await Promise.all([teams.press(...press), teams.other.press(...press)]);
    return first;
  },
};

interface Step {
  readonly what: string;
  readonly changes: readonly string[];
}

/** Who reads what was posted in a conversation. */
const readers = new Map<string, readonly [Person, Conversation]>([
  ...[alex, nadia, diane, admin].map(
    (person) => [personalChat(person).id, [person, personalChat(person)]] as const,
  ),
  [staffRoom.id, [diane, staffRoom]],
]);

/** Presses all that is offered, breadth first, what takes away last; what each press changed. */
async function walk(press: Press): Promise<readonly Step[]> {
  await people(teams);
  const steps: Step[] = [];
  const seen: Seen[] = [];
  const done = new Set<string>();
  let read = 0;

  function look(): void {
    for (; read < teams.posted.length; read++) {
      const { conversationId, content } = teams.posted[read] as (typeof teams.posted)[number];
      const reader = readers.get(conversationId);
      if (reader && typeof content === 'object')
        seen.push({ who: reader[0], where: reader[1], card: teams.shown(content) });
    }
  }

  for (const { command, role, scopes } of features.flatMap(({ messages }) => messages)) {
    const who = role === 'client' ? alex : role === 'staff' ? diane : admin;
    await teams.says(who, command, scopes.includes('personal') ? personalChat(who) : staffRoom);
  }
  await teams.says(alex, 'Peut-on héberger une grange ?');
  await teams.runJobs();
  look();

  for (let late = 0; late < 2; late++)
    for (let at = 0; at < seen.length; at++) {
      const { who, where, card } = seen[at] as Seen;
      for (const { verb, data } of card.buttons) {
        if (!verb) continue;
        const what = likeness(verb, data);
        if (done.has(what) || (late === 0 && LAST.test(verb))) continue;
        done.add(what);
        const before = await footprint(teams.db);
        const answer = await press(who, where, verb, { ...filled(card, TYPED), ...data });
        const pressed = await footprint(teams.db);
        await teams.runJobs();
        steps.push({
          what,
          changes: [...changes(before, pressed), '—', ...changes(pressed, await footprint(teams.db))],
        });
        if (answer.card) seen.push({ who, where, card: answer.card });
        look();
      }
    }
  return steps;
}

const LAST =
  /\.(archive|unshare|drop\w*|unmap|eraseData|changeRole|unsubscribe|discard|cancel|withdraw|staffCancel|move|release|close|retire|revoke|unfollow|stopChannel|reopen|refuse|exclude|renewFeed)$/;

describe('what the assistant offers', () => {
  let reference: readonly Step[];

  test('is found by whoever presses all that they see', async () => {
    reference = await walk(ways.once as Press);
    const pressed = new Set(reference.map(({ what }) => what.split(' ')[0]));
    expect(VERBS.filter((verb) => pressed.has(verb)).length).toBeGreaterThan(75);
    expect(reference.filter(({ changes: [first] }) => first !== '—').length).toBeGreaterThan(25);
  });

  test.each(Object.keys(ways).slice(1))('has its effect once when it is pressed %s', async (way) => {
    expect(await walk(ways[way] as Press)).toEqual(reference);
  });
});

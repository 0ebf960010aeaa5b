import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Installer } from '../../src/core/ports/directory.ts';
import { quotasOf } from '../../src/core/routes/turns.ts';
import { features } from '../../src/features/registry.ts';
import { openDirectory } from '../support/broadcasts.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { openMailbox } from '../support/kickoff.ts';
import { alex } from '../support/people.ts';
import type { Press, Step } from '../support/walk/crawl.ts';
import { READS, walk } from '../support/walk/walk.ts';

// Everything that the assistant offers is pressed, on a real PostgreSQL: once; then twice at one process; then at both
// processes at once. Whatever a press writes, it writes once.

const installer: Installer = {
  catalogues: new Map([[alex.tenantId, alex.tenantId]]),
  forPerson: async () => 'installed',
  forTeam: async () => 'installed',
  consent: async () => 'given',
};
// What two members of the staff do with one thing in turn depends on who comes first: nothing waits but what the scenes bring.
const teams = fakeTeams({
  processes: 2,
  approval: true,
  installer,
  directory: openDirectory,
  mailbox: openMailbox,
  shortGuide: true,
  lastingSecret: true,
});

const VERBS = features.flatMap(({ actions }) => actions.map(({ verb }) => verb)).sort();

const ways: Readonly<Record<string, Press>> = {
  once: async (...press) => [await teams.press(...press)],
  'twice at one process': (...press) => Promise.all([teams.press(...press), teams.press(...press)]),
  'at two processes at once': (...press) => Promise.all([teams.press(...press), teams.other.press(...press)]),
};

const changing = (steps: readonly Step[]) =>
  VERBS.filter((verb) => steps.some((step) => step.verb === verb && step.atOnce.length > 0));

/** The cards that two processes draw at once come in no order: what each press does is compared. */
const inOrder = (steps: readonly Step[]): string[] => steps.map((step) => JSON.stringify(step)).sort();

// Some five hundred presses each: far from what they take on a slow machine.
jest.setTimeout(900_000);

describe('what the assistant offers', () => {
  let reference: readonly Step[];

  beforeAll(() => {
    expect(VERBS).toEqual(expect.arrayContaining([...READS]));
  });

  test('is found by whoever presses all that they see, and what does not only show changes something', async () => {
    const { steps, refused } = await walk(teams, ways.once as Press);
    reference = steps;
    const pressed = new Set(steps.map(({ verb }) => verb));
    expect(
      VERBS.filter((verb) => !pressed.has(verb)).map(
        (verb) => `${verb}: no card of the walk shows it; add a scene to test/support/walk/scenes`,
      ),
    ).toEqual([]);
    const changed = new Set(changing(steps));
    const isCounted = (verb: string) =>
      steps.some((step) => step.verb === verb && step.atOnce.some((what) => what.startsWith('quota_counts')));
    const counted = quotasOf(features);
    expect(
      VERBS.filter((verb) => counted.has(verb) && !isCounted(verb)).map(
        (verb) => `${verb}: it has a quota that nothing counts; what writes it calls quotas.spend`,
      ),
    ).toEqual([]);
    expect(refused.filter(({ verb }) => !changed.has(verb))).toEqual([]);
    expect(
      VERBS.filter((verb) => changed.has(verb) === READS.has(verb)).map((verb) =>
        READS.has(verb)
          ? `${verb}: it changes something; take it out of READS`
          : `${verb}: it changed nothing; add it to READS if it only shows, what its form needs to TYPED if not`,
      ),
    ).toEqual([]);
  });

  test.each(Object.keys(ways).slice(1))('has its effect once when it is pressed %s', async (way) => {
    expect(inOrder((await walk(teams, ways[way] as Press)).steps)).toEqual(inOrder(reference));
  });
});

import { describe, expect } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { TROUBLES } from '../../src/core/rows/database-trouble.ts';
import { typeset } from '../../src/core/text/text.ts';
import type { Conversation, Person } from '../../src/core/turn.ts';
import { fakeTeams } from './fake-teams.ts';
import { alex } from './people.ts';
import { countOf } from './rows.ts';
import type { ShownCard } from './shown-card.ts';

type Teams = ReturnType<typeof fakeTeams>;
type World = Pick<Teams, 'press' | 'db'>;

/** The same tests with one process on the embedded database, and with two on PostgreSQL. */
export const onEveryDatabase = (
  options: Parameters<typeof fakeTeams>[0],
  tests: (
    teams: Teams,
    processes: () => readonly Teams['other'][],
    /** The process for the n-th of many. */
    processFor: (n: number) => Teams['other'],
  ) => void,
): void =>
  describe.each(['pglite', 'postgres'] as const)('on %s', (database) => {
    const teams = fakeTeams({ ...options, database, processes: database === 'postgres' ? 2 : 1 });
    const processes = () => (database === 'postgres' ? [teams, teams.other] : [teams]);
    tests(teams, processes, (n) => (n % 2 === 0 ? teams : (processes()[1] ?? teams)));
  });

/** Two processes on one PostgreSQL; what is sent to both fifty times, and once more to each. */
export function onTwoProcesses({ shortGuide = false } = {}) {
  const teams = fakeTeams({ processes: 2, shortGuide });
  const both = () => [teams, teams.other];
  return {
    teams,
    both,
    once: (verb: string, data: object, person = alex) => pressOnceFiftyTimes(both(), { person, verb, data }),
    /** The n-th form of fifty, each sent once, all at once. */
    fifty: (verb: string, form: (n: number) => object, person = alex) =>
      pressAllTogether(
        both(),
        Array.from({ length: 50 }, (_, n) => ({ person, verb, data: form(n) })),
      ),
  };
}

/** How often the trail says that something was done. */
export const traces = (world: Pick<World, 'db'>, action: string): Promise<number> =>
  countOf(world, sql`audit where action = ${action}`);

/** What a button sends: its verb and its data, with what was typed. */
export interface Sent {
  readonly person: Person;
  readonly conversation?: Conversation;
  readonly verb: string | undefined;
  readonly data: object;
}

/** What somebody who presses a button of a card sends. */
export function sending(
  person: Person,
  card: ShownCard | undefined,
  title: string,
  inputs: object = {},
): Sent {
  if (!card) throw new Error('no card');
  const { verb, data } = card.button(title);
  return { person, verb, data: { ...data, ...inputs } };
}

const answerOf = ({ card, word }: Awaited<ReturnType<World['press']>>) => ({
  card: card && { template: card.template, words: card.words },
  word,
});

/** What a person is told who waits for others too long, or for a connection: they press again. */
const AGAIN = [TROUBLES.busy, TROUBLES.away].map(typeset);
const PATIENCE = 20;

/** Presses a button, and again as long as the database is taken up by the others. */
export async function pressPatiently(world: World, ...given: Parameters<World['press']>) {
  for (let left = PATIENCE; ; left--) {
    const answer = await world.press(...given);
    if (left === 0 || !AGAIN.includes(answer.word)) return answer;
  }
}

/** Sends forms at once, to each process in turn; what each sending was answered. */
export async function pressAllTogether(worlds: readonly World[], forms: readonly Sent[]) {
  const all = await Promise.all(
    forms.map(async ({ person, conversation, verb, data }, at) => {
      const world = worlds[at % worlds.length];
      if (!world) throw new Error('no process');
      return pressPatiently(world, person, verb, data, conversation);
    }),
  );
  return all.map(answerOf);
}

/** Sends one form so many times at once, to each process in turn; what each sending was answered. */
export const pressTogether = (worlds: readonly World[], sent: Sent, times = 50) =>
  pressAllTogether(worlds, Array<Sent>(times).fill(sent));

/** Sends one form fifty times at once, then once more to each process: every answer is the same, and is returned. */
export async function pressOnceFiftyTimes(worlds: readonly World[], sent: Sent, times = 50) {
  const answers = await pressTogether(worlds, sent, times);
  for (const world of worlds) answers.push(...(await pressTogether([world], sent, 1)));
  const [first] = answers;
  if (!first) throw new Error('no process');
  for (const answer of answers) expect(answer).toEqual(first);
  return first;
}

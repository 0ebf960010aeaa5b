import { expect } from '@jest/globals';
import type { Conversation, Person } from '../../src/core/turn.ts';
import type { fakeTeams } from './fake-teams.ts';
import { personalChat } from './people.ts';

type World = Pick<ReturnType<typeof fakeTeams>, 'press' | 'db'>;

/** What a button sends: its verb and its data, with what was typed. */
export interface Sent {
  readonly person: Person;
  readonly conversation?: Conversation;
  readonly verb: string | undefined;
  readonly data: object;
}

const answerOf = ({ card, word }: Awaited<ReturnType<World['press']>>) => ({
  card: card && { template: card.template, words: card.words },
  word,
});

/** Sends one form so many times at once, to each process in turn; what each sending was answered. */
export async function pressTogether(
  worlds: readonly World[],
  { person, conversation = personalChat(person), verb, data }: Sent,
  times = 50,
) {
  const all = await Promise.all(
    Array.from({ length: times }, (_, at) =>
      worlds[at % worlds.length]?.press(person, conversation, verb, data),
    ),
  );
  return all.flatMap((each) => (each ? answerOf(each) : []));
}

/** Sends one form fifty times at once, then once more to each process: every answer is the same, and is returned. */
export async function pressOnceFiftyTimes(worlds: readonly World[], sent: Sent) {
  const answers = await pressTogether(worlds, sent);
  for (const world of worlds) answers.push(...(await pressTogether([world], sent, 1)));
  const [first] = answers;
  if (!first) throw new Error('no process');
  for (const answer of answers) expect(answer).toEqual(first);
  return first;
}

import type { Person } from '../../src/core/turn.ts';
import { gather } from '../../src/features/reminders/jobs.ts';
import type { fakeTeams } from './fake-teams.ts';
import { alex } from './people.ts';
import type { ShownCard } from './shown-card.ts';

type Teams = ReturnType<typeof fakeTeams>;

/** Somebody's cards of a day, as they are gathered and sent. */
export function recalling(teams: Teams) {
  /** What an hour does. */
  async function hour(): Promise<void> {
    await gather.handle({}, teams.services);
    await teams.runJobs();
  }

  return {
    hour,

    /** The cards that somebody received, the oldest first. */
    cards: (person: Person = alex): ShownCard[] => teams.received(person, 'reminders/day'),

    /** Runs so many days, the job ten times a day; each line that a person was told, with its day. */
    async run(days: number, person: Person = alex): Promise<string[]> {
      const heard: string[] = [];
      for (let day = 0; day < days; day++)
        for (let at = 0; at < 10; at++) {
          const before = teams.received(person, 'reminders/day').length;
          await hour();
          for (const card of teams.received(person, 'reminders/day').slice(before))
            heard.push(...linesOf(card).map((line) => `${teams.clock.today()} ${line}`));
          teams.clock.advance({ hours: at === 9 ? 15 : 1 });
        }
      return heard;
    },
  };
}

/** The last words of each thing's name: « copy », « fees:2026-10-01 »; an evaluation's is its id. */
export const linesOf = ({ buttons }: ShownCard): string[] =>
  buttons
    .filter(({ verb }) => verb === 'reminders.look')
    .map(({ data }) => String(data.thing).replace(/^contracts:[0-9a-f-]{36}:/, ''));

import { newId } from '../../../src/core/id.ts';
import type { Person } from '../../../src/core/turn.ts';
import type { fakeTeams } from '../fake-teams.ts';
import { aFile, booked } from '../kickoff.ts';
import { admin, alex, diane } from '../people.ts';

export type Teams = ReturnType<typeof fakeTeams>;

/** Lays before somebody the card that a verb shows. */
export type Open = (who: Person, verb: string, data: object) => Promise<void>;

/** Something to press: how it comes about. */
export type Scene = readonly [name: string, prepare: (open: Open) => Promise<unknown>];

/** Somebody whom nobody knows yet. */
export const newcomer = (n: number): Person => ({
  ...alex,
  objectId: `dddddddd-0000-4000-8000-00000000000${n}`,
  name: `Personne ${n}`,
});

export const NOTICE = {
  text: 'Le guide est à jour.',
  link: '',
  linkTitle: '',
  image: '',
  imageAlt: '',
  importance: 'normal' as const,
  acknowledge: true,
  categories: [],
  suppliers: [],
};

/** What the scenes do to prepare what is pressed. */
export function hands(teams: Teams) {
  const { services } = teams;

  /** One after the other, a second apart: what is listed by its date has one order. */
  async function each<T>(of: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
    for (const one of of) {
      await work(one);
      teams.clock.advance({ seconds: 1 });
    }
  }

  const says = (person: Person, ...commands: readonly string[]) =>
    each(commands, (command) => teams.says(person, command));

  const press = (person: Person, verb: string, data: object) => teams.press(person, verb, data);

  /** Whole weeks: a Monday is a Monday still. */
  const later = (weeks: number) => teams.clock.advance({ weeks });

  return {
    each,
    says,
    press,
    later,

    /** So many days pass, and each of their hours that may be a decent one. */
    async days(n: number): Promise<void> {
      for (let quarter = 0; quarter < 4 * n; quarter++) {
        teams.clock.advance({ hours: 6 });
        await teams.runJobs();
      }
    },

    /** Alex has no open file any more. */
    async archiveAll(): Promise<void> {
      for (const { id, revision } of await services.files.filesOf(alex, 'open'))
        await services.files.move(alex, id, revision, 'archive');
    },

    /** A meeting that took place, and the supplier's link. */
    async held(name: string) {
      const { kickoff, token } = await booked(teams, await aFile(teams, { name }));
      later(4);
      const { id, slotId: slot } = kickoff;
      await press(diane, 'kickoff.staffTookPlace', { kickoff: id, slot, yes: true });
      return { kickoff: id, token };
    },

    /** A question of Alex that goes to the staff. */
    async handedOver(question: string): Promise<void> {
      await says(alex, question);
      // What looks like somebody else's business is handed over too, by whoever says that it is not.
      const mine = teams.lastCard().buttons.find(({ verb }) => verb === 'knowledge.none');
      const card = mine ? await teams.mustPress(alex, mine.verb, mine.data) : teams.lastCard();
      const { data } = card.buttonFor('knowledge.askPerson');
      await press(alex, 'knowledge.escalate', { ...data, message: question });
    },

    /** A notice to the subscribers, that waits for somebody’s approval; its id. */
    async awaiting(title: string): Promise<string> {
      const { broadcasts } = services;
      const draft = await broadcasts.save(diane, { ...NOTICE, title }, newId());
      const { id, revision } = draft.broadcast;
      const { broadcast } = await broadcasts.aim(diane, id, revision, {
        subscribers: true,
        channels: false,
        acquisitions: false,
        contracts: false,
        organizations: [],
      });
      await broadcasts.submit(diane, id, broadcast.revision);
      return id;
    },

    /** Approves a notice, and sends it. */
    async approve(id: string): Promise<void> {
      await services.broadcasts.approve(admin, id, (await services.broadcasts.findBroadcast(id)).revision);
      await teams.runJobs();
    },
  };
}

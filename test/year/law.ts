import type { Actor } from './cast.ts';
import type { Shown } from './chats.ts';
import type { World } from './world.ts';

/** Something that somebody has just been shown. */
export interface Told {
  readonly to: Actor;
  readonly shown: Shown;
  /** `word`: beside the card; `answer`: in its place; `said`, `told`, `redrawn`: in the chat. */
  readonly how: string;
  /** A fault is about. */
  readonly trouble: boolean;
  /** The session in which it happens. */
  readonly happening: string;
}

/** A turn that ended, or a stretch of time. */
export interface Turned {
  /** Nobody, when time passed. */
  readonly actor: Actor | undefined;
  readonly what: string;
  readonly verb?: string | undefined;
  /** Whether the card was as it stands, and drawn a moment ago. */
  readonly fresh?: boolean;
  readonly word?: string;
  readonly answered?: Shown | undefined;
  /** How often the press was delivered. */
  readonly atOnce?: number;
  /** The rows that changed, « contracts +1 ». */
  readonly effects: readonly string[];
  /** Statements to the database. */
  readonly asked: number;
  /** How many lines of history came of it. */
  readonly spoke: number;
  /** Of a message that was delivered again, how many lines came of that; undefined where it came once. */
  readonly saidAgain?: number | undefined;
  readonly trouble: boolean;
}

/** What a law found: how many things it had to judge, and what is wrong with them. */
export interface Verdict {
  readonly of: number;
  readonly wrong: readonly string[];
}

/** So many things were judged; what is undefined is not wrong. */
export const judged = (of: number, ...wrong: readonly (string | undefined)[]): Verdict => ({
  of,
  wrong: wrong.filter((each) => each !== undefined),
});

/** There was nothing to judge. */
export const nothing: Verdict = { of: 0, wrong: [] };

/** What holds in every year, at every moment of it. */
export interface Law {
  readonly id: string;
  /** The guide's section, or the promise of docs/reliability.md. */
  readonly from: string;
  /** Judges what somebody is shown. */
  readonly shown?: (told: Told, world: World) => Verdict;
  /** Judges a page for somebody without an account. */
  readonly page?: (words: string, world: World) => Verdict;
  /** Judges a turn. */
  readonly turn?: (turned: Turned, world: World) => Verdict | Promise<Verdict>;
  /** Judges all that there is, at the end of a day, and at the very end. */
  readonly day?: (world: World) => Promise<Verdict>;
  readonly end?: (world: World) => Promise<Verdict>;
}

export class LawBroken extends Error {
  readonly law: string;
  constructor(law: string, message: string) {
    super(message);
    this.law = law;
  }
}

export const broken = ({ id, from }: Law, wrong: string): LawBroken =>
  new LawBroken(id, `${id} (${from}) : ${wrong}`);

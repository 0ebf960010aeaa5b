import { effectsSince } from '../support/walk/effects.ts';
import type { Actor } from './cast.ts';
import { broken, type Law, type Told, type Turned, type Verdict } from './law.ts';
import type { Ground, World } from './world.ts';

/** What a turn was, beside what the laws find out themselves. */
type Ended = Partial<Turned> & { readonly asked: number; readonly shownBefore: number };

export interface Judging {
  /** How many things each law had to judge. */
  readonly judged: ReadonlyMap<string, number>;
  /** Lays a sight before the laws. */
  see(told: Told): void;
  /** The same, of what is seen while the house works: what is wrong is told once the turn is over. */
  seeLater(told: Told): void;
  /** Lays what came of a turn before the laws. */
  weigh(actor: Actor | undefined, what: string, ended: Ended): Promise<void>;
  /** Lays a page before the laws, that somebody without an account reads. */
  seePage(body: string): void;
  /** Breaks whatever law does not hold at the end of a day, or of all. */
  judge(when: 'day' | 'end'): Promise<void>;
  /** Throws what was seen meanwhile. */
  throwSurprise(): void;
}

/** The laws of a world: each look is counted, and the first that is wrong ends the year. */
export function openJudging(ground: Ground, laws: readonly Law[], world: () => World): Judging {
  const { figures, history, clock, db } = ground;
  const counts = new Map(laws.map(({ id }) => [id, 0]));
  let surprise: unknown;

  function heed(law: Law, { of, wrong: [wrong] }: Verdict): void {
    if (of > 0) figures.checks++;
    counts.set(law.id, (counts.get(law.id) ?? 0) + of);
    if (wrong !== undefined) throw broken(law, wrong);
  }

  function see(told: Told): void {
    for (const law of laws) if (law.shown) heed(law, law.shown(told, world()));
  }

  function throwSurprise(): void {
    if (surprise) throw surprise;
  }

  return {
    judged: counts,
    see,
    throwSurprise,
    seeLater(told) {
      try {
        see(told);
      } catch (error) {
        surprise ??= error;
      }
    },
    async weigh(actor, what, { shownBefore, ...ended }) {
      const effects = await effectsSince(db);
      const trouble = ground.inTrouble();
      if (ended.asked > figures.mostAsked && !trouble) {
        figures.mostAsked = ended.asked;
        figures.mostAskedBy = what;
      }
      figures.statements += ended.asked;
      const spoke = history.lines.length - shownBefore;
      for (const law of laws)
        if (law.turn) heed(law, await law.turn({ actor, what, effects, trouble, ...ended, spoke }, world()));
      throwSurprise();
    },
    seePage(body) {
      const words = body
        .replace(/<style[\s\S]*?<\/style>/g, ' ')
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      history.add({ at: clock.now(), who: 'Courtier → un fournisseur', what: words });
      for (const law of laws) if (law.page) heed(law, law.page(words, world()));
    },
    async judge(when) {
      for (const law of laws) {
        const check = law[when];
        if (check) heed(law, await check(world()));
      }
      await effectsSince(db);
    },
  };
}

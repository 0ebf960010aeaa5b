import type { Content } from '../card.ts';
import { CourtierError, DeliveryError } from '../errors.ts';
import type { Log } from '../ports/log.ts';
import type { TurnOutcome, TurnWatch } from '../process/watched.ts';
import { databaseTrouble, TROUBLES } from '../rows/database-trouble.ts';
import type { MessageTurn } from '../turn.ts';

const UNEXPECTED = "Je n'ai pas pu terminer. Rien n'est perdu : veuillez réessayer dans un instant.";

/** A turn as logs and counters name it: by words of the registry, never by somebody's. */
export interface Seen {
  readonly turn: string;
  verb?: string;
}

/** One boundary for every turn: a sentence for the person, the cause for the log. */
export const boundary =
  (log: Log, watch: TurnWatch) =>
  async (
    what: Seen,
    tell: (sentence: string) => unknown,
    work: (seen: Seen) => Promise<void>,
  ): Promise<void> => {
    const seen = { ...what };
    let outcome: TurnOutcome = 'done';
    try {
      await work(seen);
    } catch (error) {
      if (error instanceof CourtierError) {
        outcome = 'refused';
        if (error.cause) log.warn({ ...what, kind: error.kind, err: error.cause }, 'turn refused');
        await tell(error.message);
        return;
      }
      const trouble = databaseTrouble(error);
      outcome = trouble ? 'unavailable' : 'failed';
      if (trouble) log.warn({ ...what, trouble, err: error }, 'turn without its database');
      else log.error({ ...what, err: error }, 'turn failed');
      await tell(trouble ? TROUBLES[trouble] : UNEXPECTED);
    } finally {
      watch(seen.turn, seen.verb ?? 'none', outcome);
    }
  };

/**
 * A turn, and the way to tell of its failure, which fails the turn itself only when nothing was answered yet. An answer
 * that may have arrived is not followed by a sentence that denies it.
 */
export function noting(turn: MessageTurn): { turn: MessageTurn; tell(sentence: string): Promise<unknown> } {
  let answered = false;
  let perhaps = false;
  const reply = async (content: Content) => {
    try {
      const id = await turn.reply(content);
      answered = true;
      return id;
    } catch (error) {
      perhaps = error instanceof DeliveryError && error.outcome === 'unknown';
      throw error;
    }
  };
  return {
    turn: { ...turn, reply },
    tell: async (sentence) => {
      if (perhaps) return;
      await turn.reply(sentence).catch((error: unknown) => {
        if (!answered) throw error;
      });
    },
  };
}

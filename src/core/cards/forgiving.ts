import type { z } from 'zod';
import type { Card } from '../card.ts';
import { CourtierError } from '../errors.ts';
import type { ActionRoute } from '../routes/turns.ts';
import type { ActionTurn } from '../turn.ts';

/** A form of some services: what tells which one it is, of what was sent, and its card as things stand. */
export function comesBack<S, I extends z.ZodType>(
  known: I,
  draw: (
    turn: ActionTurn,
    input: z.output<I>,
    services: S,
    word: string,
    done: undefined,
  ) => Card | Promise<Card>,
): NonNullable<ActionRoute<S>['form']> {
  return async (turn, data, services) => {
    const read = known.safeParse(data);
    return read.success ? draw(turn, read.data, services, '', undefined) : undefined;
  };
}

/**
 * What became of something that was done as it was seen. Where somebody else did something first, the form comes back as
 * things stand now, with what was typed in it.
 */
export function unlessStale<O extends { readonly kind: string }>(outcome: O, sentence: string): O {
  if (outcome.kind === 'stale') throw new CourtierError('refused', sentence);
  return outcome;
}

/** The same action, whose form comes back as it was typed, with the sentence beside its field, when it is refused. */
export const forgiving = <S>(
  form: NonNullable<ActionRoute<NoInfer<S>>['form']>,
  route: ActionRoute<S>,
): ActionRoute<S> => ({ ...route, form });

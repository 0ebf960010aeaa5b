import type { z } from 'zod';
import type { Card } from './card.ts';
import type { ActionRoute } from './feature.ts';
import type { ActionTurn } from './turn.ts';

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

/** The same action, whose form comes back as it was typed, with the sentence beside its field, when it is refused. */
export const forgiving = <S>(
  form: NonNullable<ActionRoute<NoInfer<S>>['form']>,
  route: ActionRoute<S>,
): ActionRoute<S> => ({ ...route, form });

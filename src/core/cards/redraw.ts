import type { Card } from '../card.ts';
import type { ActionTurn } from '../turn.ts';

/** Draws a card as things stand, with a word on it; `done` is what was done before, where there is something to see in it. */
export type Draw<S, Input, Done = unknown> = (
  turn: ActionTurn,
  input: Input,
  services: S,
  word: string,
  done: Done,
) => Card | Promise<Card>;

/** A handler that shows a card. */
export const draws =
  <S, I>(draw: Draw<S, I, undefined>) =>
  async (turn: ActionTurn, input: I, services: S): Promise<void> =>
    turn.update(await draw(turn, input, services, '', undefined));

/** In place of the card that was pressed, or below it: a notice stays. */
export async function showBeside(turn: ActionTurn, card: Card, beside: boolean | undefined): Promise<void> {
  if (!beside) return turn.update(card);
  await turn.reply(card);
  turn.notify('C’est ci-dessous.');
}

/**
 * A handler that does something, then draws the card again as things stand now, with a word on what became of it. What
 * is refused is said instead: the card stays, with what was typed in it.
 */
export const redraws =
  <S, I, Done>(
    act: (turn: ActionTurn, input: I, services: S) => Promise<Done>,
    draw: Draw<S, NoInfer<I>, Done>,
    word: string | ((done: NoInfer<Done>, input: NoInfer<I>) => string) = '',
  ) =>
  async (turn: ActionTurn, input: I, services: S): Promise<void> => {
    const done = await act(turn, input, services);
    const said = typeof word === 'string' ? word : word(done, input);
    turn.update(await draw(turn, input, services, said, done));
  };

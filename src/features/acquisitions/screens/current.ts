import { type Draw, showBeside } from '../../../core/cards/redraw.ts';
import type { ActionTurn, MessageTurn } from '../../../core/turn.ts';
import { chooseCard, MOST_CHOICES } from './cards.ts';
import { type FileServices, list } from './list.ts';

interface Opened {
  readonly file: string;
  /** Below the card that was pressed, which stays: a notice. */
  readonly beside?: boolean | undefined;
}

/** A handler that shows a card of a file: from now on, that file is the one that the person means. */
export const opens =
  <S extends Pick<FileServices, 'files'>, I extends Opened>(draw: Draw<S, I, undefined>) =>
  async (turn: ActionTurn, input: I, services: S): Promise<void> => {
    await showBeside(turn, await draw(turn, input, services, '', undefined), input.beside);
    await services.files.opened(turn.person, input.file);
  };

/**
 * The file that a command means: the last that was opened, or the only one. Undefined once the person was asked which,
 * by buttons that go on with what they wanted, or given the form of a first one.
 */
export async function fileMeant(
  { person, reply }: MessageTurn,
  services: FileServices,
  verb: string,
): Promise<string | undefined> {
  const current = await services.files.current(person);
  if (current) return current.id;
  const open = await services.files.filesOf(person, 'open', MOST_CHOICES);
  await reply(open.length === 0 ? await list(person, 'open', 1, services) : chooseCard(open, verb));
  return undefined;
}

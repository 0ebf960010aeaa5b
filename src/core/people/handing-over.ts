import { isSame } from './chosen-person.ts';
import type { PersonKey } from './person-key.ts';

/** Something of the staff's, held by its transaction, that is to change hands. */
export interface HandOver {
  /** Whether it still waits for them. */
  readonly waits: boolean;
  /** Who has it now. */
  readonly taker: PersonKey | undefined;
  /** Who had it when it was seen. */
  readonly seen: PersonKey | undefined;
  /** Who is to have it; nobody where it is undefined. */
  readonly owner: PersonKey | undefined;
}

/**
 * Has something change hands, by what is true of it now: `write` is called unless it waits no more, is in the hands of
 * that person already, or is not in those of `seen` any more. False where it stays as it is though it was to change.
 */
export async function handOver(
  by: PersonKey,
  { waits, taker, seen, owner }: HandOver,
  write: (step: 'take' | 'assign' | 'release') => Promise<void>,
): Promise<boolean> {
  if (!waits) return false;
  if (isSame(taker, owner)) return true;
  if (!isSame(taker, seen)) return false;
  await write(owner ? (isSame(owner, by) ? 'take' : 'assign') : 'release');
  return true;
}

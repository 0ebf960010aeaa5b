import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CourtierError } from '../../core/errors.ts';

/**
 * Holds a directory for this process alone. Two processes on one embedded database would lose
 * acknowledged rows. The operating system gives the lock back when the process dies, however it dies.
 * Returns the function that releases it; throws a `CourtierError` when another process holds it.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const holder = new DatabaseSync(join(directory, 'courtier.lock'));
  try {
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    holder.close();
    throw new CourtierError(
      'unavailable',
      `Le dossier de données « ${directory} » est déjà utilisé par un autre processus de Courtier. Arrêtez-le, ou choisissez un autre DATA_DIR.`,
      cause,
    );
  }
  return () => holder.close();
}

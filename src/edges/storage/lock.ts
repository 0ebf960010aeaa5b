import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CourtierError } from '../../core/errors.ts';

/**
 * Holds a directory for this process alone. Two processes on one embedded database would lose
 * acknowledged rows. The operating system gives the lock back when the process dies, however it dies.
 * Returns the function that releases it; throws a `CourtierError` when another process holds it, or when
 * nothing can be written there.
 */
export function lockDirectory(directory: string): () => void {
  const holder = open(directory);
  try {
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    holder.close();
    if (!/locked|busy/.test(String(cause))) throw unwritable(directory, cause);
    throw new CourtierError(
      'unavailable',
      `Le dossier de données « ${directory} » est déjà utilisé par un autre processus de Courtier. Arrêtez-le, ou choisissez un autre DATA_DIR.`,
      cause,
    );
  }
  return () => holder.close();
}

function open(directory: string): DatabaseSync {
  try {
    mkdirSync(directory, { recursive: true });
    return new DatabaseSync(join(directory, 'courtier.lock'));
  } catch (cause) {
    throw unwritable(directory, cause);
  }
}

const unwritable = (directory: string, cause: unknown): CourtierError =>
  new CourtierError(
    'unavailable',
    `Le dossier de données « ${directory} » ne peut pas être utilisé : ce n’est pas un dossier, ou Courtier n’a pas le droit d’y écrire. Corrigez-le, ou choisissez un autre DATA_DIR.`,
    cause,
  );

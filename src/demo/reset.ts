import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { CourtierError } from '../core/errors.ts';
import { lockDirectory } from '../edges/storage/lock.ts';

/** Empties the demonstration's own folder, once it has said so, and no other: not while another process is in it. */
export function reset(
  folder: string,
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  say: (line: string) => void,
): void {
  if (databaseUrl || resolve(dataDir) !== resolve(folder))
    throw new CourtierError(
      'refused',
      `L’option --reset n’efface que ${folder} : retirez ${databaseUrl ? 'DATABASE_URL' : 'DATA_DIR'} de l’environnement.`,
    );
  if (!existsSync(folder)) return;
  const release = lockDirectory(folder);
  try {
    const held = readdirSync(folder).filter((name) => !name.startsWith('courtier.lock'));
    if (held.length === 0) return;
    const { mtime } = statSync(folder);
    say(
      `Les données de la démonstration sont effacées : ${folder}, du ${mtime.toLocaleDateString('fr-CA')}.`,
    );
    for (const name of held) rmSync(join(folder, name), { recursive: true, force: true });
  } finally {
    release();
  }
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const MIGRATIONS = join(import.meta.dirname, '../../src/edges/storage/migrations');
const FOLDER = join(import.meta.dirname, '../../node_modules/.cache/courtier');

/**
 * What follows from the migrations and takes seconds to make: made once for a machine, and again when they change.
 * `make` writes a file or a folder at the path that it is given; two processes that make it at once do no harm.
 */
export async function made(kind: string, make: (path: string) => Promise<void>): Promise<string> {
  const path = join(FOLDER, `${schemaOfToday()}-${kind}`);
  if (existsSync(path)) return path;
  mkdirSync(FOLDER, { recursive: true });
  const draft = `${path}.${process.pid}`;
  await make(draft);
  try {
    renameSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return path;
}

function schemaOfToday(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(MIGRATIONS).sort())
    if (file.endsWith('.sql')) hash.update(readFileSync(join(MIGRATIONS, file)));
  return hash.digest('hex').slice(0, 16);
}

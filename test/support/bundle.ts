import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../src/core/root.ts';
import { sourcesDigest } from '../../tools/sources.ts';

const DIST = join(ROOT, 'dist');
const BUILD = join(ROOT, 'tools/build.ts');
let today: string | undefined;

/**
 * The folder of a bundle of the sources as they are: the assistant then starts with half the work. It is made once for
 * them; two processes that make it at once do no harm.
 */
export function bundle(): string {
  today ??= made();
  return today;
}

function made(): string {
  const path = join(DIST, `test-${sourcesDigest()}`);
  if (existsSync(path)) return path;
  const draft = join(DIST, `draft-${process.pid}`);
  execFileSync(process.execPath, [BUILD, draft]);
  try {
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(path)) throw error;
  }
  return path;
}

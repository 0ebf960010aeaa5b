import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../src/core/root.ts';

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
  const path = join(DIST, `test-${digest()}`);
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

/** Changes when a source, the libraries or the way of building do. */
function digest(): string {
  const hash = createHash('sha256');
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8', withFileTypes: true });
  const files = sources.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  for (const file of [...files.sort(), BUILD, join(ROOT, 'package-lock.json')])
    hash.update(file).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../src/core/root.ts';

/** All that a bundle is made from. */
const FOLDERS = ['src', 'content/guide'];
const FILES = ['tools/build.ts', 'tools/seldom.ts', 'tools/sources.ts', 'package-lock.json'];

/** Changes when a source, what the guide says, the libraries or the way of building do. */
export function sourcesDigest(): string {
  const hash = createHash('sha256');
  for (const file of [...FOLDERS.flatMap(filesIn), ...FILES])
    hash.update(`${file}\n`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 16);
}

/** The files of a folder, from the root, in the order of their names. */
const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1))
    .sort();

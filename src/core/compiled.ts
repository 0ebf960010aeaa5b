import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

declare const COURTIER_BUILD: string | undefined;
/** From what the bundle was made, as its build says; the sources, which may change at any moment, do not have it. */
export const BUILD = typeof COURTIER_BUILD === 'string' ? COURTIER_BUILD : undefined;

/** What a build put beside its bundle. */
export const besideBundle = (file: string): string => join(import.meta.dirname, file);

/** What is read of a folder's files, and of something else on which it depends; of the code alone without a folder. */
export interface Source {
  readonly folder?: string;
  /** Whether the folders below it count too. */
  readonly deep?: boolean;
  readonly also?: unknown;
}

/** Changes with any name or byte of these files. */
function keyOf({ folder, deep, also }: Source, build: string): string {
  const hash = createHash('sha256').update(JSON.stringify([build, also]));
  if (folder !== undefined)
    for (const file of filesOf(folder, deep))
      hash.update(`${relative(folder, file)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

const filesOf = (folder: string, deep = false): string[] =>
  readdirSync(folder, { recursive: deep, encoding: 'utf8', withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

/** Writes what was read, for the bundle that is made from `build`. It is data: what JSON keeps of it is all of it. */
export function compileTo(path: string, source: Source, value: unknown, build: string): void {
  writeFileSync(path, JSON.stringify({ key: keyOf(source, build), value }));
}

/**
 * What the build read, while the files are the same to the byte: to read and check them takes a fifth of a start. From
 * the sources, of other files, or where what was compiled is away or damaged, it is what `read` gives.
 */
export function compiledOr<T>(path: string, source: Source, read: () => T, build = BUILD): T {
  if (build === undefined) return read();
  try {
    const { key, value } = JSON.parse(readFileSync(path, 'utf8')) as { key: string; value: T };
    if (key === keyOf(source, build)) return value;
  } catch {
    // It is never needed.
  }
  return read();
}

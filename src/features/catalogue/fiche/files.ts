import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BusinessDays } from '../../../core/business-days.ts';
import { CONTENT_FOLDER } from '../../../core/content.ts';
import { growing } from '../publishing/store/publication-context.ts';
import { type Checked, type Context, checkFile, EMPTY_CONTEXT } from './rules/check.ts';

/** The sample fiches. */
export const CATALOGUE_FOLDER = join(CONTENT_FOLDER, 'catalogue');

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface CheckedFile {
  readonly name: string;
  readonly result: Checked;
}

/** Checks files in the order of their names, so that each version is compared with the one before it. */
export function checkFiles(files: readonly NamedFile[], context: Context, days: BusinessDays): CheckedFile[] {
  const known = growing(context);
  return [...files]
    .sort((a, b) => (basename(a.name) < basename(b.name) ? -1 : 1))
    .map(({ name, bytes }) => {
      const result = checkFile(basename(name), bytes, known, days);
      if (result.kind === 'valid') known.add(result.fiche);
      return { name, result };
    });
}

/** The fiches of a folder that must all be right: the samples. Throws the first problem. */
export function readFiches(folder: string, days: BusinessDays) {
  const names = readdirSync(folder).filter((name) => /_\d{4}-\d{2}-\d{2}\.(?:yaml|json)$/.test(name));
  const files = names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  return checkFiles(files, EMPTY_CONTEXT, days).map(({ name, result }) => {
    if (result.kind === 'refused') throw new Error(`${name}: ${result.problems[0]?.sentence}`);
    return result.fiche;
  });
}

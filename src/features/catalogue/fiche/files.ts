import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CONTENT_FOLDER } from '../../../core/content.ts';
import { CourtierError } from '../../../core/errors.ts';
import type { Documents } from '../../../core/ports/documents.ts';
import type { BusinessDays } from '../../../core/time/business-days.ts';
import { growing } from '../publishing/store/publication-context.ts';
import { type Checked, checkFile } from './rules/check.ts';
import { type Context, EMPTY_CONTEXT } from './rules/publication.ts';
import type { Reading } from './rules/read.ts';
import { readWorkbook } from './rules/workbook.ts';

/** The sample fiches. */
export const CATALOGUE_FOLDER = join(CONTENT_FOLDER, 'catalogue');

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What a workbook says, once it was read. */
  readonly reading?: Reading;
}

/** Twice as many suppliers as the catalogue has. */
export const MOST_FILES = 400;

/** What a file that was given stands for: those of an archive, what a workbook says. */
async function opened({ name, bytes }: NamedFile, documents: Documents): Promise<NamedFile[]> {
  if (/\.zip$/i.test(name)) {
    const files = await documents.unpack(bytes, MOST_FILES);
    return (await Promise.all(files.map((file) => opened(file, documents)))).flat();
  }
  if (!/\.xlsx$/i.test(name)) return [{ name, bytes }];
  return [{ name, bytes, reading: await readBook(name, bytes, documents) }];
}

async function readBook(name: string, bytes: Uint8Array, documents: Documents): Promise<Reading> {
  try {
    return readWorkbook(await documents.read(name, bytes));
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    return { kind: 'refused', problem: { path: '', sentence: error.message } };
  }
}

/** The files that were given, archives unpacked and workbooks read. Throws for an archive that cannot be read. */
export const openFiles = async (files: readonly NamedFile[], documents: Documents): Promise<NamedFile[]> => {
  const found: NamedFile[] = [];
  // One after the other: a large archive is in memory once.
  for (const file of files) found.push(...(await opened(file, documents)));
  return found;
};

export interface CheckedFile {
  readonly name: string;
  readonly result: Checked;
}

/** Checks files in the order of their names, so that each version is compared with the one before it. */
export function checkFiles(files: readonly NamedFile[], context: Context, days: BusinessDays): CheckedFile[] {
  const known = growing(context);
  return [...files]
    .sort((a, b) => (basename(a.name) < basename(b.name) ? -1 : 1))
    .map(({ name, bytes, reading }) => {
      const result = checkFile(basename(name), reading ?? bytes, known, days);
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

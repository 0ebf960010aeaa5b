import { createRequire } from 'node:module';
import { basename } from 'node:path';
import type { JSZipObject } from 'jszip';
import { CourtierError } from '../../core/errors.ts';
import type { Unpacked } from '../../core/ports/documents.ts';
import { cleanLine } from '../../core/text/intake.ts';

/** Loaded with the first archive, not at the start. */
const library = () => createRequire(import.meta.url)('jszip') as typeof import('jszip');

/** What an archive may hold, once unpacked: a small one may hide a large one. */
const LARGEST = 32 * 1024 * 1024;
const MOST_ENTRIES = 2_000;

const unreadable = (cause?: unknown) =>
  new CourtierError('invalid', 'Ce fichier est abîmé, ou n’est pas de la sorte que dit son nom.', cause);

/** The bytes of an entry, stopped as soon as they are too many. */
function inflate(entry: JSZipObject, most: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stream = entry.nodeStream('nodebuffer');
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= most) return;
      stream.pause();
      reject(new CourtierError('invalid', 'Ce fichier est trop gros une fois décompressé.'));
    });
    stream.on('error', (error: unknown) => reject(unreadable(error)));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

async function entriesOf(bytes: Uint8Array): Promise<JSZipObject[]> {
  const zip = await library()
    .loadAsync(bytes)
    .catch((error: unknown) => {
      throw unreadable(error);
    });
  const entries = Object.values(zip.files).filter(({ dir }) => !dir);
  if (entries.length > MOST_ENTRIES)
    throw new CourtierError('invalid', 'Ce fichier compressé contient trop de fichiers.');
  return entries;
}

/** Refuses an archive that would take more than its place once unpacked. */
export async function weigh(bytes: Uint8Array): Promise<void> {
  let left = LARGEST;
  for (const entry of await entriesOf(bytes)) left -= (await inflate(entry, left)).length;
}

/** What a machine adds of its own to an archive. */
const isHidden = (path: string): boolean => /(?:^|\/)(?:\.|__MACOSX\/)/.test(path);

/** The files of an archive in the order of their names, at most so many; folders and hidden files are left out. */
export async function unpack(bytes: Uint8Array, most: number): Promise<Unpacked[]> {
  const entries = (await entriesOf(bytes)).filter(({ name }) => !isHidden(name));
  if (entries.length > most)
    throw new CourtierError(
      'invalid',
      `Ce fichier compressé contient ${entries.length.toLocaleString('fr-CA')} fichiers. Déposez-en au plus ${most} à la fois.`,
    );
  const files: Unpacked[] = [];
  let left = LARGEST;
  for (const entry of entries) {
    const content = await inflate(entry, left);
    left -= content.length;
    files.push({ name: basename(cleanLine(entry.name).replaceAll('\\', '/')), bytes: content });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

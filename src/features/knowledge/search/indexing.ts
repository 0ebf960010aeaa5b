import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { read } from './flat.ts';
import { buildSearchIndex, type IndexState, restoreSearchIndex, type SearchIndex } from './index.ts';
import type { SearchMaterial } from './ranker.ts';

/** Makes the index of some material. */
export type Indexing = (material: SearchMaterial) => Promise<SearchIndex>;

/** Beside this file, in the sources as in a bundle. */
const WORKER = `./index-worker${extname(import.meta.url)}`;

/** Here and now: all else waits for a second. */
export const indexHere: Indexing = async (material) => buildSearchIndex(material.entries, material);

/** In a thread of its own, while the process goes on answering; here, with a warning, where there can be no thread. */
export const indexInThread: Indexing = (material) =>
  workedOut(material).then(
    (state) => restoreSearchIndex(material, state),
    (cause: unknown) => {
      // Its name only: a message may show what could not be handed over, which somebody wrote.
      const why = cause instanceof Error ? cause.name : 'no error';
      process.emitWarning(`the index is made without a thread: ${why}`, { code: 'COURTIER_INDEX' });
      return indexHere(material);
    },
  );

/** What a thread worked out of some material: its arrays of numbers lie in the bytes that it handed over. */
async function workedOut(material: SearchMaterial): Promise<IndexState> {
  const worker = new Worker(new URL(WORKER, import.meta.url), { name: 'index', workerData: material });
  worker.unref();
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`the thread of the index ended with ${code}`)));
  return read(Buffer.from((await promise).buffer)) as IndexState;
}

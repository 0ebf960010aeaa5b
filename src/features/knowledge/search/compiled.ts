import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BUILD, besideBundle } from '../../../core/compiled.ts';
import { read, written } from './flat.ts';
import { buildSearchIndex, type IndexState, restoreSearchIndex, type SearchIndex } from './index.ts';
import { type KnownWords, wordsIn } from './known-words.ts';
import type { SearchMaterial } from './ranker.ts';

/** What is worked out of some material before its first question. */
export interface Prepared {
  readonly index: SearchIndex;
  readonly words: KnownWords;
}

type PreparedState = IndexState & {
  readonly words: { readonly written: readonly string[]; readonly stems: readonly string[] };
};

/** Beside the bundle: what its build worked out of the entries that come with the code. */
export const COMPILED = 'knowledge-index.bin';

const DIGEST = 32;
const digestOf = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** Changes with all that an index depends on: the code, what computes for it, and the material. */
function keyOf({ entries, background }: SearchMaterial, build: string): Buffer {
  const { v8, unicode } = process.versions;
  return digestOf(JSON.stringify([build, process.arch, v8, unicode, entries, background]));
}

/** The file that a bundle made from `build` restores what is prepared of some material from. */
export function compile(material: SearchMaterial, build: string): Buffer {
  const words = wordsIn(material);
  const state: PreparedState = {
    ...buildSearchIndex(material.entries, material).state,
    words: { written: [...words.written], stems: [...words.stems] },
  };
  return sealed(keyOf(material, build), written(state));
}

/** A key and some bytes behind a digest of both, by which damage shows. */
export const sealed = (key: Buffer, bytes: Buffer): Buffer =>
  Buffer.concat([digestOf(Buffer.concat([key, bytes])), key, bytes]);

/**
 * What `compile` made of the same material for the same build; undefined of another, and of a file that is damaged. The
 * arrays lie in the file's bytes, which must stay as they are.
 */
export function restore(file: Buffer, material: SearchMaterial, build: string): Prepared | undefined {
  if (!file.subarray(DIGEST, 2 * DIGEST).equals(keyOf(material, build))) return undefined;
  if (!file.subarray(0, DIGEST).equals(digestOf(file.subarray(DIGEST)))) return undefined;
  const state = read(file.subarray(2 * DIGEST)) as PreparedState;
  const { written, stems } = state.words;
  return {
    index: restoreSearchIndex(material, state),
    words: { written: new Set(written), stems: new Set(stems) },
  };
}

/** What is prepared of some material: restored from the file beside the bundle when it is of this material, or built when asked. */
export function prepare(material: SearchMaterial): Prepared {
  return (BUILD && restoredFrom(besideBundle(COMPILED), material, BUILD)) || built(material);
}

/** What a file gives; undefined where there is none, or none that can be used: it saves a second, and is never needed. */
export function restoredFrom(path: string, material: SearchMaterial, build: string): Prepared | undefined {
  try {
    return restore(readFileSync(path), material, build);
  } catch {
    return undefined;
  }
}

function built(material: SearchMaterial): Prepared {
  let index: SearchIndex | undefined;
  let words: KnownWords | undefined;
  return {
    get index() {
      index ??= buildSearchIndex(material.entries, material);
      return index;
    },
    get words() {
      words ??= wordsIn(material);
      return words;
    },
  };
}

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readContent } from '../src/features/knowledge/content/content.ts';
import { searchableOf } from '../src/features/knowledge/content/searchable.ts';
import { COMPILED, restoredFrom } from '../src/features/knowledge/search/compiled.ts';
import { buildSearchIndex } from '../src/features/knowledge/search/index.ts';
import { indexInThread } from '../src/features/knowledge/search/indexing.ts';
import { miniSearch } from '../tools/search/mini-search.ts';
import { sourcesDigest } from '../tools/sources.ts';
import { worked } from './figures.ts';

// A process that gets one index of the knowledge, once, and writes the milliseconds of a processor that it took.
// `restored FOLDER`: from the file of a bundle, with the words of the files, as a start from it does; `built`: as any other
// start; `minisearch`: MiniSearch's. `learned`: in a thread, as what the staff publish is; the milliseconds are the longest
// for which the process was not free meanwhile, by the clock.

const LOOK_MS = 2;
const SETTLE_MS = 100;

const [how, folder = ''] = process.argv.slice(2);
const { content } = readContent();
const material = { entries: searchableOf(content), background: content.outOfScope };

function restored(): () => void {
  const [path, build] = [join(folder, COMPILED), sourcesDigest()];
  return () => {
    if (!restoredFrom(path, material, build)) throw new Error(`${path} is not of these sources`);
  };
}

const ways: Readonly<Record<string, () => () => unknown>> = {
  restored,
  built: () => () => buildSearchIndex(material.entries, material),
  minisearch: () => () => miniSearch(material.entries),
};

async function heldWhileLearned(): Promise<number> {
  await pause(SETTLE_MS);
  let held = 0;
  let last = performance.now();
  const look = setInterval(() => {
    held = Math.max(held, performance.now() - last - LOOK_MS);
    last = performance.now();
  }, LOOK_MS);
  await indexInThread(material);
  // What came of the end of it is seen by the look after it.
  await pause(SETTLE_MS);
  clearInterval(look);
  return held;
}

const work = ways[how ?? '']?.();
if (!work && how !== 'learned')
  throw new Error('node bench/index-build.ts restored FOLDER | built | minisearch | learned');
process.stdout.write(String(work ? worked(work) : await heldWhileLearned()));

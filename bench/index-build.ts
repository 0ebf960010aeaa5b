import { join } from 'node:path';
import { readContent } from '../src/features/knowledge/content/content.ts';
import { searchableOf } from '../src/features/knowledge/content/searchable.ts';
import { COMPILED, restoredFrom } from '../src/features/knowledge/search/compiled.ts';
import { buildSearchIndex } from '../src/features/knowledge/search/index.ts';
import { miniSearch } from '../tools/search/mini-search.ts';
import { sourcesDigest } from '../tools/sources.ts';
import { worked } from './figures.ts';

// A process that gets one index of the knowledge, once, and writes the milliseconds of a processor that it took.
// `restored FOLDER`: from the file of a bundle, with the words of the files, as a start from it does; `built`: as any other
// start; `minisearch`: MiniSearch's.

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
const work = ways[how ?? '']?.();
if (!work) throw new Error('node bench/index-build.ts restored FOLDER | built | minisearch');
process.stdout.write(String(worked(work)));

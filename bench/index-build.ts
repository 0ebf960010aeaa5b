import {
  buildSearchIndex,
  KNOWLEDGE_FOLDER,
  readContent,
  searchableOf,
} from '../src/features/knowledge/index.ts';
import { miniSearch } from '../tools/search/mini-search.ts';
import { worked } from './figures.ts';

// A process that builds one index of the knowledge, once, and writes the milliseconds of a processor that it took.

const { content } = readContent(KNOWLEDGE_FOLDER);
const entries = searchableOf(content);
const build =
  process.argv[2] === 'minisearch'
    ? () => miniSearch(entries)
    : () => buildSearchIndex(entries, { background: content.outOfScope });
process.stdout.write(String(worked(build)));

import MiniSearch from 'minisearch';
import { newStemmer } from 'snowball-stemmers';
import { fold } from '../../src/core/text/text.ts';
import type { searchableOf } from '../../src/features/knowledge/index.ts';

/** The peer of our search: MiniSearch with French stems, on the same entries. */
export function miniSearch(entries: ReturnType<typeof searchableOf>): MiniSearch {
  const stemmer = newStemmer('french');
  const index = new MiniSearch({
    fields: ['question', 'alternates', 'answer'],
    processTerm: (term) => stemmer.stem(fold(term)),
    searchOptions: { boost: { question: 2, alternates: 2 }, fuzzy: 0.2, prefix: true },
  });
  index.addAll(entries.map((entry) => ({ ...entry, alternates: entry.alternates.join('\n') })));
  return index;
}

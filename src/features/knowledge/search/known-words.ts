import { wordsOf } from './normalize.ts';
import type { SearchMaterial } from './ranker.ts';
import { stemOf } from './stems.ts';

/** Words as they are written, folded, and their stems. */
export interface KnownWords {
  readonly written: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
}

/** All the words of the entries, their wordings and the messages out of scope. */
export function wordsIn({ entries, background }: SearchMaterial): KnownWords {
  const texts = entries.flatMap(({ question, alternates, answer }) => [question, ...alternates, answer]);
  const written = new Set([...texts, ...background].flatMap(wordsOf));
  return { written, stems: new Set([...written].map(stemOf)) };
}

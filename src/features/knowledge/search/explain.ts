import type { Judgement } from './ranker.ts';

/** Why a text is answered as it is. All figures are from 0 to 1. */
export interface Explanation {
  readonly outcome: 'answer' | 'choice' | 'none';
  readonly nearest: readonly {
    readonly id: string;
    readonly score: number;
    /** Words in common, those that are rare counting more. */
    readonly words: number;
    /** Likeness of the nearest wording, letter by letter. */
    readonly letters: number;
    /** How probable the classifier finds it. */
    readonly classifier: number;
  }[];
  /** How much of what is said the entries know. */
  readonly coverage: number;
  /** How probable it is that none of the entries is concerned; unknown without messages out of scope. */
  readonly background: number | undefined;
  /** How many words of content there are. */
  readonly length: number;
}

interface Result {
  readonly outcome: Explanation['outcome'];
  readonly hits: readonly { readonly id: string; readonly score: number }[];
}

/** BM25F seldom gives more. */
const MOST_WORDS = 2;

/** What each signal says of what was found. `ids` are those of the entries, by their numbers. */
export function explanationOf(
  ids: readonly string[],
  { outcome, hits }: Result,
  { signals, coverage, background, length }: Judgement,
): Explanation {
  const at = new Map(ids.map((id, n) => [id, n]));
  return {
    outcome,
    nearest: hits.map(({ id, score }) => {
      const n = at.get(id) ?? 0;
      return {
        ...{ id, score },
        words: Math.min(1, (signals.words[n] ?? 0) / MOST_WORDS),
        letters: signals.letters[n] ?? 0,
        classifier: signals.probability[n] ?? 0,
      };
    }),
    ...{ coverage, background, length },
  };
}

/** What is known of the best entry found for a query. */
export interface Evidence {
  /** BM25F of the best entry, about 0 to 2. */
  readonly words: number;
  /** Cosine of its nearest utterance by letters, 0 to 1. */
  readonly letters: number;
  /** Part of the weight of the query's words that the entries know, 0 to 1. */
  readonly coverage: number;
  /** How many words of content the query has. */
  readonly length: number;
  /** Probability, 0 to 1, that the query concerns none of the entries; unknown when the index has no background. */
  readonly background: number | undefined;
}

interface Model {
  readonly intercept: number;
  readonly words: number;
  readonly letters: number;
  readonly coverage: number;
  readonly length: number;
}

/**
 * Two logistic regressions, fitted on questions and messages out of scope that were kept out of the index,
 * both weighing as much: with a background on our entries, one fifth of the wordings and of the background
 * left out at a time; without, on a foreign FAQ with 0, 2 and 5 wordings an entry.
 */
const WITH_BACKGROUND: Model & { readonly background: number } = {
  intercept: -7.97,
  words: 0.6,
  letters: 1.67,
  coverage: 3.75,
  length: 4.16,
  background: -1.01,
};
const WITHOUT: Model = { intercept: -9.22, words: 3.03, letters: 4.88, coverage: 3.89, length: 5.82 };
/** From five words on, a longer query proves no more. */
const LONG = 5;
/** Keeps the odds of a certainty finite. */
const DOUBT = 0.01;

/** The chance, 0 to 1, that the entries answer the question: a short query proves less than a long one that fits as well. */
export function confidence({ words, letters, coverage, length, background }: Evidence): number {
  const model = background === undefined ? WITHOUT : WITH_BACKGROUND;
  const fit =
    model.intercept +
    model.words * words +
    model.letters * letters +
    model.coverage * coverage +
    model.length * (Math.min(length, LONG) / LONG);
  return logistic(background === undefined ? fit : fit + WITH_BACKGROUND.background * logOdds(background));
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logOdds(probability: number): number {
  return Math.log((probability + DOUBT) / (1 + DOUBT - probability));
}

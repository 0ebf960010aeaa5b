/** What is known of the best entry found, each about 0 to 1 (`bm25` to 2). */
export interface Evidence {
  readonly bm25: number;
  /** Cosine of the nearest utterance by letters. */
  readonly letters: number;
  /** Cosine of the nearest utterance by stems. */
  readonly stems: number;
  /** Probability that the classifier gives to the best entry. */
  readonly probability: number;
  /** Part of the query's weight that the index knows. */
  readonly coverage: number;
  /** Probability that the message is out of scope. */
  readonly background: number;
}

/**
 * Logistic regression fitted on questions that were kept out of the index: paraphrases written by
 * people who did not see it, and messages out of scope left out one fifth at a time.
 */
const INTERCEPT = -2.26;
const COEFFICIENTS: Readonly<Record<keyof Evidence, number>> = {
  bm25: 0.41,
  letters: 1.92,
  stems: -1.23,
  probability: 2.54,
  coverage: 3.66,
  background: -6.38,
};

/** The chance, 0 to 1, that the best entry answers the question. */
export function confidence(evidence: Evidence): number {
  let sum = INTERCEPT;
  for (const [name, coefficient] of Object.entries(COEFFICIENTS))
    sum += coefficient * evidence[name as keyof Evidence];
  return 1 / (1 + Math.exp(-sum));
}

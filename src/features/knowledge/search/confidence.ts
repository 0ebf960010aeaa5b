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
  /** Probability that the classifier gives to « none of these ». */
  readonly background: number;
}

/** Logistic regression on questions kept out of the index, answerable and not. */
const INTERCEPT = -4;
const COEFFICIENTS: Readonly<Record<keyof Evidence, number>> = { bm25: 2, letters: 3, stems: 2, probability: 2, coverage: 2, background: -5 };

/** The chance, 0 to 1, that the best entry answers the question. */
export function confidence(evidence: Evidence): number {
  let sum = INTERCEPT;
  for (const [name, coefficient] of Object.entries(COEFFICIENTS)) sum += coefficient * evidence[name as keyof Evidence];
  return 1 / (1 + Math.exp(-sum));
}

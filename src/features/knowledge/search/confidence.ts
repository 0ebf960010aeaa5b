/** What is known of the best entry found for a query. */
export interface Evidence {
  /** BM25F of the best entry, about 0 to 2. */
  readonly words: number;
  /** Cosine of its nearest utterance by letters, 0 to 1. */
  readonly letters: number;
  /** What the classifier thinks of it, 0 to 1. */
  readonly probability: number;
  /** By what part of its total it leads the second, 0 to 1. */
  readonly lead: number;
  /** Whether the words alone put it first too. */
  readonly agreed: boolean;
  /** Part of the weight of the query's words that the entries know, 0 to 1. */
  readonly coverage: number;
  /** How many words of content the query has. */
  readonly length: number;
  /** Probability, 0 to 1, that the query concerns none of the entries; unknown when the index has no background. */
  readonly background: number | undefined;
}

export interface Confidence {
  /** The chance, 0 to 1, that the best entry answers the query. */
  readonly right: number;
  /** The chance, 0 to 1, that some entry does. */
  readonly covered: number;
}

/** Weights of a logistic regression, in the order of `featuresOf` after the intercept. */
export type Model = readonly number[];

/**
 * Fitted by `npm run calibrate` on wordings and messages out of scope that were kept out of the index, a fifth at a
 * time; without a background, on a foreign FAQ with none, two and five wordings an entry. docs/certitude.md says how
 * often each chance came true.
 */
const MODELS: Readonly<Record<'with' | 'without', Readonly<Record<keyof Confidence, Model>>>> = {
  with: {
    right: [-4.54, 0.6, 0.52, 0.25, 2.82, 0.42, 1.27, 1.13, -0.15],
    covered: [-8.47, 0.72, 1.13, -0.02, -0.53, 0.22, 2.45, 3.93, -1.07],
  },
  without: {
    right: [-5.89, 0.61, 1.8, 0.25, 2.52, 0.43, 1.75, 2.21],
    covered: [-8.55, 2.75, 3.32, 0.17, -0.78, -0.13, 2.28, 5.44],
  },
};
/** From five words on, a longer query proves no more. */
const LONG = 5;
/** Keeps the odds of a certainty finite. */
const DOUBT = 0.01;

/** What a model weighs. */
export function featuresOf(evidence: Evidence): number[] {
  const { words, letters, probability, lead, agreed, coverage, length, background } = evidence;
  const features = [
    words,
    letters,
    logOdds(probability),
    lead,
    agreed ? 1 : 0,
    coverage,
    Math.min(length, LONG) / LONG,
  ];
  return background === undefined ? features : [...features, logOdds(background)];
}

/** How sure the best entry is, and how sure it is that there is one. */
export function confidence(evidence: Evidence): Confidence {
  const features = featuresOf(evidence);
  const { right, covered } = MODELS[evidence.background === undefined ? 'without' : 'with'];
  return { right: chance(right, features), covered: chance(covered, features) };
}

/** What a logistic regression says of some features. */
export function chance([intercept = 0, ...weights]: Model, features: readonly number[]): number {
  const fit = weights.reduce((sum, weight, n) => sum + weight * (features[n] ?? 0), intercept);
  return 1 / (1 + Math.exp(-fit));
}

function logOdds(probability: number): number {
  return Math.log((probability + DOUBT) / (1 + DOUBT - probability));
}

import { Bm25f, type Bm25fState } from './bm25f.ts';
import { Classifier, type ClassifierState } from './classifier.ts';
import { type ExpandedToken, Expansion, type ExpansionState } from './expansion.ts';
import { type Example, learned } from './learning.ts';
import { Nearest, type NearestState } from './nearest.ts';
import { ngramsOf } from './ngrams.ts';
import { remembered } from './remembered.ts';
import { stemOf } from './stems.ts';
import { analyse, isWord, type Token } from './tokens.ts';
import { joined, type Numbered, Vocabulary, type VocabularyState } from './vocabulary.ts';
import { FUNCTION_WORDS } from './words.ts';

/** What can be found: a question, other wordings of it, and its answer. */
export interface SearchEntry {
  readonly id: string;
  readonly question: string;
  readonly alternates: readonly string[];
  readonly answer: string;
  /** A question that is known to have no answer: found like the others, never given as one. */
  readonly silent?: boolean;
}

/** What an index is built from. */
export interface SearchMaterial {
  readonly entries: readonly SearchEntry[];
  /** Messages that concern none of the entries, for the classifier to recognise their like. */
  readonly background: readonly string[];
}

/** How each signal judges each entry, by the entry's number. */
export interface Signals {
  /** BM25F, about 0 to 2. */
  readonly words: Float32Array;
  /** Cosine of the nearest utterance by letters, 0 to 1. */
  readonly letters: Float32Array;
  /** The classifier's probability, 0 to 1. */
  readonly probability: Float32Array;
}

export interface Judgement {
  readonly signals: Signals;
  /** The classifier's probability that the query concerns none of the entries, when it knows such messages. */
  readonly background: number | undefined;
  /** How many words of content the query has. */
  readonly length: number;
  /** Part of the weight of the query's words that the index knows, 0 to 1. */
  readonly coverage: number;
}

/** What the answer counts as an example beside the wordings of its question. */
const ANSWER_EXAMPLE = 0.6;

/** All that a ranker knows, as plain arrays, part by part. */
export type RankerState = {
  readonly stems: VocabularyState;
  readonly grams: VocabularyState;
  readonly bm25: Bm25fState;
  readonly nearest: NearestState;
  readonly classifier: ClassifierState;
  readonly expansion: ExpansionState;
  readonly known: { readonly stems: readonly string[] };
};

interface Parts {
  readonly stems: Vocabulary;
  readonly grams: Vocabulary;
  readonly bm25: Bm25f;
  readonly nearest: Nearest;
  readonly classifier: Classifier;
  readonly expansion: Expansion;
  /** The stems of the entries' words. */
  readonly known: ReadonlySet<string>;
}

/** Judges every entry for a query by three independent signals. */
export class Ranker {
  readonly #entries: number;
  readonly #hasBackground: boolean;
  readonly #parts: Parts;

  private constructor({ entries, background }: SearchMaterial, parts: Parts) {
    this.#entries = entries.length;
    this.#hasBackground = background.length > 0;
    this.#parts = parts;
  }

  static of(material: SearchMaterial): Ranker {
    return new Ranker(material, partsOf(material));
  }

  /** The ranker of some material, from the state of one that was built of the same. */
  static restored(material: SearchMaterial, state: RankerState): Ranker {
    const stems = Vocabulary.of(state.stems);
    return new Ranker(material, {
      stems,
      grams: Vocabulary.of(state.grams),
      bm25: new Bm25f(state.bm25, stems),
      nearest: new Nearest(state.nearest),
      classifier: new Classifier(state.classifier),
      expansion: new Expansion(state.expansion, stems),
      known: new Set(state.known.stems),
    });
  }

  get state(): RankerState {
    const { stems, grams, bm25, nearest, classifier, expansion, known } = this.#parts;
    return {
      ...{ stems: stems.state, grams: grams.state, bm25: bm25.state, nearest: nearest.state },
      ...{ classifier: classifier.state, expansion: expansion.state, known: { stems: [...known] } },
    };
  }

  judge(text: string): Judgement {
    const said = analyse(text);
    const { stems, grams, bm25, nearest, classifier, expansion } = this.#parts;
    const tokens = expansion.expand(said);
    const probability = classifier.probabilities(stems.vector(tokens.flatMap(asTokens)));
    return {
      signals: {
        words: bm25.scores(tokens),
        letters: nearest.scores(grams.vector(ngramsOf(said.words)), this.#entries),
        probability,
      },
      background: this.#hasBackground ? (probability[this.#entries] as number) : undefined,
      coverage: this.#coverage(tokens),
      length: said.words.length,
    };
  }

  /** How much of what is said the entries know: a correction counts for its likelihood. */
  #coverage(tokens: readonly ExpandedToken[]): number {
    const { stems, known } = this.#parts;
    let told = 0;
    let all = 0;
    for (const token of tokens) {
      if (!isWord(token) || FUNCTION_WORDS.has(token.key)) continue;
      const value = token.weight * stems.idf(token.key);
      all += value;
      told += value * Math.max(0, ...token.forms.map(({ key, factor }) => (known.has(key) ? factor : 0)));
    }
    return all > 0 ? told / all : 0;
  }
}

/** Reads some material, and learns it. */
function partsOf({ entries, background }: SearchMaterial): Parts {
  const stems = new Vocabulary();
  const read = entries.map(({ question, alternates, answer }) => ({
    question: analyse(question),
    alternates: alternates.map(analyse),
    answer: analyse(answer),
  }));
  const utterances = read.flatMap(({ question, alternates }, entry) =>
    [question, ...alternates].map((said) => ({ entry, said })),
  );
  const asked = utterances.map(({ said }) => stems.add(said.tokens));
  const answers = read.map(({ answer }) => stems.add(answer.tokens));
  const others = background.map((text) => stems.add(analyse(text).tokens));

  const wordings = Map.groupBy(asked, (_, n) => utterances[n]?.entry);
  const fields = answers.map((answer, entry) => {
    const [question, ...alternates] = wordings.get(entry) ?? [];
    return { question: joined(question ? [question] : []), alternates: joined(alternates), answer };
  });

  const grams = new Vocabulary();
  const numbered = remembered((word) => grams.number(ngramsOf([word])));
  const letters = utterances.map(({ said }) => joined(said.words.map(numbered)));
  for (const text of letters) grams.count(text);

  const example = (text: Numbered, target: number, weight = 1): Example => ({
    vector: stems.vectorOf(text),
    target,
    weight,
  });
  const examples = [
    ...utterances.map(({ entry }, n) => example(asked[n] as Numbered, entry)),
    ...answers.map((answer, entry) => example(answer, entry, ANSWER_EXAMPLE)),
    ...others.map((other) => example(other, entries.length)),
  ];

  const said = [...utterances.map((each) => each.said), ...read.map(({ answer }) => answer)];
  const written = new Set(said.flatMap(({ words }) => words));
  return {
    ...{ stems, grams },
    bm25: Bm25f.of(fields, stems),
    nearest: Nearest.of(
      letters.map((text) => grams.vectorOf(text)),
      utterances.map(({ entry }) => entry),
      grams.size,
    ),
    classifier: new Classifier(learned(examples, stems.size, entries.length + 1)),
    expansion: Expansion.of(written, stems),
    known: new Set([...written].map(stemOf)),
  };
}

function asTokens({ key, weight, forms }: ExpandedToken): Token[] {
  return forms.length === 0
    ? [{ key, weight }]
    : forms.map((form) => ({ key: form.key, weight: weight * form.factor }));
}

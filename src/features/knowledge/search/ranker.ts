import { Bm25f } from './bm25f.ts';
import { Classifier, type Example } from './classifier.ts';
import { type ExpandedToken, Expansion } from './expansion.ts';
import { Nearest } from './nearest.ts';
import { ngramsOf } from './ngrams.ts';
import { stemOf } from './stems.ts';
import { type Analysis, analyse, isWord, type Token } from './tokens.ts';
import { joined, type Numbered, Vocabulary } from './vocabulary.ts';
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

/** Judges every entry for a query by three independent signals. */
export class Ranker {
  readonly #entries: number;
  readonly #hasBackground: boolean;
  readonly #stems = new Vocabulary();
  readonly #grams = new Vocabulary();
  readonly #bm25: Bm25f;
  readonly #nearest: Nearest;
  readonly #classifier: Classifier;
  readonly #expansion: Expansion;
  readonly #known: ReadonlySet<string>;

  /** `background` are messages that concern none of the entries. */
  constructor(entries: readonly SearchEntry[], background: readonly string[]) {
    this.#entries = entries.length;
    this.#hasBackground = background.length > 0;
    const read = entries.map(({ question, alternates, answer }) => ({
      question: analyse(question),
      alternates: alternates.map(analyse),
      answer: analyse(answer),
    }));
    const utterances = read.flatMap(({ question, alternates }, entry) =>
      [question, ...alternates].map((said) => ({ entry, said })),
    );
    const stems = (said: Analysis) => this.#stems.add(said.tokens);
    const asked = utterances.map(({ said }) => stems(said));
    const answers = read.map(({ answer }) => stems(answer));
    const others = background.map((text) => stems(analyse(text)));

    const wordings = Map.groupBy(asked, (_, n) => utterances[n]?.entry);
    this.#bm25 = new Bm25f(
      answers.map((answer, entry) => {
        const [question, ...alternates] = wordings.get(entry) ?? [];
        return { question: joined(question ? [question] : []), alternates: joined(alternates), answer };
      }),
      this.#stems,
    );

    const gramsOf = this.#gramsByWord();
    const grams = utterances.map(({ said }) => joined(said.words.map(gramsOf)));
    for (const text of grams) this.#grams.count(text);
    this.#nearest = new Nearest(
      grams.map((text) => this.#grams.vectorOf(text)),
      utterances.map(({ entry }) => entry),
      this.#grams.size,
    );

    const example = (text: Numbered, target: number, weight = 1): Example => ({
      vector: this.#stems.vectorOf(text),
      target,
      weight,
    });
    this.#classifier = new Classifier(
      [
        ...utterances.map(({ entry }, n) => example(asked[n] as Numbered, entry)),
        ...answers.map((answer, entry) => example(answer, entry, ANSWER_EXAMPLE)),
        ...others.map((other) => example(other, entries.length)),
      ],
      this.#stems.size,
      entries.length + 1,
    );

    const written = new Set(
      [...utterances.map(({ said }) => said), ...read.map(({ answer }) => answer)].flatMap(
        ({ words }) => words,
      ),
    );
    this.#known = new Set([...written].map(stemOf));
    this.#expansion = new Expansion(this.#stems, written);
  }

  /** Numbers a word's letters once, however often it is said. */
  #gramsByWord(): (word: string) => Numbered {
    const known = new Map<string, Numbered>();
    return (word) => {
      const numbered = known.get(word) ?? this.#grams.number(ngramsOf([word]));
      known.set(word, numbered);
      return numbered;
    };
  }

  judge(text: string): Judgement {
    const said = analyse(text);
    const tokens = this.#expansion.expand(said);
    const probability = this.#classifier.probabilities(this.#stems.vector(tokens.flatMap(asTokens)));
    return {
      signals: {
        words: this.#bm25.scores(tokens),
        letters: this.#nearest.scores(this.#grams.vector(ngramsOf(said.words)), this.#entries),
        probability,
      },
      background: this.#hasBackground ? (probability[this.#entries] as number) : undefined,
      coverage: this.#coverage(tokens),
      length: said.words.length,
    };
  }

  /** How much of what is said the entries know: a correction counts for its likelihood. */
  #coverage(tokens: readonly ExpandedToken[]): number {
    let known = 0;
    let all = 0;
    for (const token of tokens) {
      if (!isWord(token) || FUNCTION_WORDS.has(token.key)) continue;
      const value = token.weight * this.#stems.idf(token.key);
      all += value;
      known +=
        value * Math.max(0, ...token.forms.map(({ key, factor }) => (this.#known.has(key) ? factor : 0)));
    }
    return all > 0 ? known / all : 0;
  }
}

function asTokens({ key, weight, forms }: ExpandedToken): Token[] {
  return forms.length === 0
    ? [{ key, weight }]
    : forms.map((form) => ({ key: form.key, weight: weight * form.factor }));
}

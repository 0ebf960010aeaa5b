import { Bm25f } from './bm25f.ts';
import { Classifier } from './classifier.ts';
import { confidence, type Evidence } from './confidence.ts';
import { Expansion } from './expansion.ts';
import { Nearest } from './nearest.ts';
import { ngramsOf } from './ngrams.ts';
import { type Analysis, analyse, type Token } from './tokens.ts';
import { Vocabulary } from './vocabulary.ts';

export { type SmallTalk, smallTalk } from './smalltalk.ts';
export { fingerprint } from './tokens.ts';

/** What can be found: a question, other wordings of it, and its answer. */
export interface SearchEntry {
  readonly id: string;
  readonly question: string;
  readonly alternates: readonly string[];
  readonly answer: string;
}

export interface Hit {
  readonly id: string;
  /** Of the first hit: the chance, 0 to 1, that it answers; of the others, in proportion. */
  readonly score: number;
}

export interface SearchResult {
  /** `answer`: the first hit is sure enough; `choice`: one of the first three, probably; `none`: better not to answer. */
  readonly outcome: 'answer' | 'choice' | 'none';
  /** At most six, best first, whatever the outcome. */
  readonly hits: readonly Hit[];
}

export interface SearchOptions {
  /** Messages that are none of the entries' business, for the classifier to recognise their like. */
  readonly background?: readonly string[];
}

export interface SearchIndex {
  readonly size: number;
  search(text: string): SearchResult;
  /** The evidence for the best entry, for calibration. */
  evidence(text: string): Evidence;
}

const SHOWN = 6;
const WEIGHTS = { bm25: 1, letters: 0.8, stems: 0.6, probability: 0.6 };
const ANSWER_EXAMPLE = 0.35;
/** The messages out of scope are few: each counts for several of the others. */
const BACKGROUND_WEIGHT = 5;
const ENTRY_RATE = 1;
const SCOPE_RATE = 1.5;
const SURE = 0.5;
const PERHAPS = 0.27;
/** When the second entry comes within this part of the first one's score, the person chooses. */
const CLOSE = 0.9;

/** Builds the index of a knowledge base: some tenths of a second for two thousand wordings. */
export function buildSearchIndex(
  entries: readonly SearchEntry[],
  { background = [] }: SearchOptions = {},
): SearchIndex {
  const utterances = entries.flatMap(({ question, alternates }, entry) =>
    [question, ...alternates].map((text) => ({ entry, said: analyse(text) })),
  );
  const answers = entries.map(({ answer }) => analyse(answer));
  const others = background.map((text) => analyse(text));

  const stems = new Vocabulary();
  for (const { said } of utterances) stems.add(keysOf(said.tokens));
  for (const answer of answers) stems.add(keysOf(answer.tokens));
  for (const other of others) stems.add(keysOf(other.tokens));
  const grams = new Vocabulary();
  const gramsOf = utterances.map(({ said }) => ngramsOf(said.words));
  for (const tokens of gramsOf) grams.add(keysOf(tokens));

  const entryOf = utterances.map(({ entry }) => entry);
  const stemVectors = utterances.map(({ said }) => stems.vector(said.tokens));
  const byStems = new Nearest(stemVectors, entryOf, stems);
  const byLetters = new Nearest(
    gramsOf.map((tokens) => grams.vector(tokens)),
    entryOf,
    grams,
  );
  const fields = entries.map((_, n) => ({
    question: [] as Token[],
    alternates: [] as Token[],
    answer: answers[n]?.tokens ?? [],
  }));
  utterances.forEach(({ entry, said }, n) => {
    const field = entryOf[n - 1] === entry ? fields[entry]?.alternates : fields[entry]?.question;
    field?.push(...said.tokens);
  });
  const bm25 = new Bm25f(fields, stems);
  const classifier = new Classifier(
    [
      ...stemVectors.map((vector, n) => ({ vector, target: entryOf[n] as number, weight: 1 })),
      ...answers.map((answer, target) => ({
        vector: stems.vector(answer.tokens),
        target,
        weight: ANSWER_EXAMPLE,
      })),
    ],
    stems.size,
    entries.length,
    ENTRY_RATE,
  );
  const scope = new Classifier(
    [
      ...stemVectors.map((vector) => ({ vector, target: 0, weight: 1 })),
      ...others.map((other) => ({
        vector: stems.vector(other.tokens),
        target: 1,
        weight: Math.min(BACKGROUND_WEIGHT, stemVectors.length / others.length),
      })),
    ],
    stems.size,
    2,
    SCOPE_RATE,
  );
  const expansion = new Expansion(
    stems,
    new Set([...utterances.flatMap(({ said }) => said.words), ...answers.flatMap((answer) => answer.words)]),
  );

  function rank(text: string) {
    const said = analyse(text);
    const expanded = expansion.expand(said);
    // Synonyms help to find; they would blur what was really said.
    const corrected = expanded.flatMap(({ key, weight, forms }) => {
      const literal = forms.filter((form) => !form.synonym);
      return literal.length === 0
        ? [{ key, weight }]
        : literal.map((form) => ({ key: form.key, weight: weight * form.factor }));
    });
    const vector = stems.vector(corrected);
    const scores = {
      bm25: bm25.scores(expanded),
      letters: byLetters.scores(grams.vector(ngramsOf(said.words)), entries.length),
      stems: byStems.scores(vector, entries.length),
      probability: classifier.probabilities(vector),
    };
    const total = (n: number) =>
      WEIGHTS.bm25 * (scores.bm25[n] ?? 0) +
      WEIGHTS.letters * (scores.letters[n] ?? 0) +
      WEIGHTS.stems * (scores.stems[n] ?? 0) +
      WEIGHTS.probability * (scores.probability[n] ?? 0);
    const ranked = entries
      .map((_, n) => ({ n, total: total(n) }))
      .sort((a, b) => b.total - a.total)
      .slice(0, SHOWN);
    return {
      ranked,
      scores,
      coverage: coverageOf(said, expanded),
      background: others.length > 0 ? (scope.probabilities(vector)[1] ?? 0) : 0,
    };
  }

  const coverageOf = (
    said: Analysis,
    expanded: readonly { key: string; weight: number; forms: readonly { factor: number }[] }[],
  ): number => {
    let known = 0;
    let all = 0;
    for (const { key, weight, forms } of expanded) {
      if (key.includes(' ') || key.startsWith('?')) continue;
      const value = weight * stems.idf(key);
      all += value;
      known += value * Math.max(0, ...forms.map((form) => form.factor));
    }
    return said.words.length === 0 || all === 0 ? 0 : known / all;
  };

  function evidence(text: string) {
    const { ranked, scores, coverage, background: none } = rank(text);
    const n = ranked[0]?.n ?? 0;
    return {
      bm25: scores.bm25[n] ?? 0,
      letters: scores.letters[n] ?? 0,
      stems: scores.stems[n] ?? 0,
      probability: scores.probability[n] ?? 0,
      coverage,
      background: none,
      ranked,
    };
  }

  return {
    size: entries.length,
    evidence,
    search(text) {
      const found = evidence(text);
      const sure = confidence(found);
      const top = found.ranked[0]?.total ?? 0;
      const hits = found.ranked.flatMap(({ n, total }) => {
        const id = entries[n]?.id;
        return id === undefined ? [] : [{ id, score: top > 0 ? sure * (total / top) : 0 }];
      });
      if (top === 0 || sure < PERHAPS) return { outcome: 'none', hits };
      return {
        outcome: sure >= SURE && (found.ranked[1]?.total ?? 0) < CLOSE * top ? 'answer' : 'choice',
        hits,
      };
    },
  };
}

const keysOf = (tokens: readonly Token[]): string[] => tokens.map((token) => token.key);

import { type Confidence, confidence, type Evidence } from './confidence.ts';
import { type Explanation, explanationOf } from './explain.ts';
import {
  type Judgement,
  Ranker,
  type RankerState,
  type SearchEntry,
  type SearchMaterial,
  type Signals,
} from './ranker.ts';
import { plainOf } from './smalltalk.ts';

export type { SearchEntry, SearchMaterial } from './ranker.ts';
export { plainOf, type SmallTalk, smallTalk } from './smalltalk.ts';
export { fingerprint, isEnglish, keysOf, type MessageKeys, wordsThatTell } from './tokens.ts';

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
  /** The question that the base knows to have no answer, and that this one is. */
  readonly silence?: string | undefined;
  /** The question without an answer that is nearly as near as the first hit. */
  readonly nearSilence?: string | undefined;
  /** Nothing to do with the entries: the message is somebody else's business. */
  readonly elsewhere?: true | undefined;
}

export interface SearchOptions {
  /** Messages that are none of the entries' business, for the classifier to recognise their like. */
  readonly background?: readonly string[];
}

export interface SearchIndex {
  /** How many entries there are. */
  readonly size: number;
  search(text: string): SearchResult;
  /** What each signal says, for whoever wants to know why. */
  explain(text: string): Explanation;
  /** All that was worked out of its material: `restoreSearchIndex` makes the same index of both. */
  readonly state: IndexState;
}

/** What a ranker knows, and the wordings that are an entry's alone, each with the number of its entry. */
export type IndexState = RankerState & {
  readonly wordings: { readonly texts: readonly string[]; readonly entries: Int32Array };
};

const SHOWN = 6;
/** What each signal counts in an entry's total. Found by cross-validation over the entries and a foreign FAQ. */
const WEIGHTS: Readonly<Record<keyof Signals, number>> = { words: 1, letters: 1.2, probability: 1.2 };
interface Thresholds {
  /** The first hit is given as the answer when it is right, and some entry answers, with these chances. */
  readonly right: number;
  readonly covered: number;
  /** Three are proposed from this chance on that some entry answers; below, it is better not to. */
  readonly perhaps: number;
}
/** With messages out of scope to compare with, and without any: a question then looks less like the entries than it is. */
const WITH_BACKGROUND: Thresholds = { right: 0.7, covered: 0.75, perhaps: 0.5 };
const WITHOUT: Thresholds = { right: 0.5, covered: 0.5, perhaps: 0.12 };
/** From this chance on, a question is one that the base knows to have no answer. */
const SILENT = 0.7;
/** From this probability of the background on, the message is somebody else's business. */
const ELSEWHERE = 0.8;
/** A question without an answer is near when it has this part of the first's total. */
const NEARLY = 0.75;

interface Ranked {
  readonly entry: SearchEntry;
  readonly n: number;
  readonly total: number;
}

/** What a message that is word for word a wording of one entry, and of no other, is worth. */
const WORD_FOR_WORD: Confidence = { right: 0.98, covered: 0.99 };
const plain = (text: string): string => plainOf(text.replace(/['’+]/g, ' '));

/** The numbers of the entries by their wordings, accents, case and punctuation aside; what two of them share is neither's. */
function byWording(entries: readonly SearchEntry[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const shared = new Set<string>();
  entries.forEach(({ question, alternates }, n) => {
    for (const wording of [question, ...alternates].map(plain)) {
      if (wording !== '' && (found.get(wording) ?? n) !== n) shared.add(wording);
      found.set(wording, n);
    }
  });
  for (const wording of ['', ...shared]) found.delete(wording);
  return found;
}

/** Builds the index of a knowledge base: some tenths of a second for two thousand wordings. */
export function buildSearchIndex(
  entries: readonly SearchEntry[],
  { background = [] }: SearchOptions = {},
): SearchIndex {
  const material = { entries, background };
  return indexOf(material, Ranker.of(material), byWording(entries));
}

/** The index of some material, from the state of one that was built of the same: it finds the same, to the last digit. */
export function restoreSearchIndex(material: SearchMaterial, state: IndexState): SearchIndex {
  const { texts, entries } = state.wordings;
  const wordings = new Map<string, number>();
  texts.forEach((text, n) => void wordings.set(text, entries[n] as number));
  return indexOf(material, Ranker.restored(material, state), wordings);
}

function indexOf(
  { entries, background }: SearchMaterial,
  ranker: Ranker,
  wordings: ReadonlyMap<string, number>,
): SearchIndex {
  const ids = entries.map(({ id }) => id);
  return {
    size: entries.length,
    get state() {
      const found = { texts: [...wordings.keys()], entries: Int32Array.from(wordings.values()) };
      return { ...ranker.state, wordings: found };
    },
    explain(text) {
      return explanationOf(ids, this.search(text), ranker.judge(text));
    },
    search(text) {
      const judgement = ranker.judge(text);
      const known = entries[wordings.get(plain(text)) ?? -1];
      const ranked = rank(entries, judgement.signals, known);
      const [first] = ranked;
      if (!first) return { outcome: 'none', hits: [] };
      const sure = known ? WORD_FOR_WORD : confidence(evidenceOf(judgement, ranked));
      const answers = ranked.filter(({ entry }) => !entry.silent);
      const hits = answers
        .slice(0, SHOWN)
        .map(({ entry, total }) => ({ id: entry.id, score: sure.right * Math.min(1, total / first.total) }));
      if (first.entry.silent && judgement.length > 0 && sure.right >= SILENT)
        return { outcome: 'none', hits, silence: first.entry.id };
      const thresholds = background.length > 0 ? WITH_BACKGROUND : WITHOUT;
      const outcome = judgement.length === 0 ? 'none' : outcomeOf(sure, first, thresholds);
      const silent = ranked.find(({ entry }) => entry.silent);
      const nearSilence = silent && silent.total >= NEARLY * first.total ? silent.entry.id : undefined;
      const elsewhere = outcome === 'none' && (judgement.background ?? 0) >= ELSEWHERE;
      return { outcome, hits, ...(elsewhere && { elsewhere }), ...(nearSilence && { nearSilence }) };
    },
  };
}

function outcomeOf(
  { right, covered }: Confidence,
  { entry }: Ranked,
  sure: Thresholds,
): SearchResult['outcome'] {
  if (right >= sure.right && covered >= sure.covered && !entry.silent) return 'answer';
  return covered >= sure.perhaps ? 'choice' : 'none';
}

/** The best first; before all the one whose wording it is, when there is one. */
function rank(
  entries: readonly SearchEntry[],
  { words, letters, probability }: Signals,
  known?: SearchEntry,
): Ranked[] {
  return entries
    .map((entry, n) => ({
      entry,
      n,
      total:
        WEIGHTS.words * (words[n] as number) +
        WEIGHTS.letters * (letters[n] as number) +
        WEIGHTS.probability * (probability[n] as number),
    }))
    .sort((a, b) => Number(b.entry === known) - Number(a.entry === known) || b.total - a.total);
}

/** What speaks for the first of some ranked entries. */
function evidenceOf(
  { signals, coverage, length, background }: Judgement,
  [first, second]: readonly Ranked[],
): Evidence {
  const of = (signal: Float32Array): number => (first ? (signal[first.n] as number) : 0);
  const words = of(signals.words);
  return {
    words,
    letters: of(signals.letters),
    probability: of(signals.probability),
    lead: first && first.total > 0 ? 1 - (second?.total ?? 0) / first.total : 0,
    agreed: signals.words.every((value) => value <= words),
    coverage,
    length,
    background,
  };
}

/** Entries as they rank for a message, with what is known of the first: for whoever measures or explains the search. */
export function explained(ranker: Ranker, entries: readonly SearchEntry[], text: string) {
  const judgement = ranker.judge(text);
  const ranked = rank(entries, judgement.signals);
  return { judgement, ranked, evidence: evidenceOf(judgement, ranked) };
}

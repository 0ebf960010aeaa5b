import { leavesOut } from '../reading/asked-aspect.ts';
import { askedMeasure, tells } from '../reading/asked-measure.ts';
import { anew, continuationOf } from '../reading/continuation.ts';
import { halvesOf, questionsIn } from '../reading/questions.ts';
import { type Hit, type SearchResult, wordsThatTell } from '../search/index.ts';
import {
  type Base,
  type Before,
  PROPOSED,
  readAfter,
  type Understood,
  WORTH_PROPOSING,
} from './following.ts';
import { limits } from './lead.ts';
import type { AnyEntry, KnowledgeBase } from './rules.ts';

export type { Before, Understood } from './following.ts';

/** Longer than a question: what asks in it is read apart from what it tells. */
const LONG = 240;
/** Shorter than what can be read without what is told around it: « Par où passer ? ». */
const TELLING = 25;
/** An answer of several is meant when its chance is this, and this part of the first one's. */
const MEANT = { least: 0.45, ofFirst: 0.75 };
/** The stems of numbers and of measures. */
const MEASURED = /^(?:\d.*|jour|semain|mois|ans?|anne|heur)$/;
type Search = Base['search'];

/** Reads a message: by itself, as what follows the one before, or as several questions. */
export function understand(text: string, before: Before | undefined, base: Base): Understood {
  const other = anew(text);
  if (other !== undefined && other !== text) return understand(other, undefined, base);
  const search = remembering((asked) => held(asked, base));
  const parts = questionsIn(text);
  const several = (parts.length > 1 ? readSeveral(parts, search) : undefined) ?? readHalves(text, search);
  if (several) return several;
  const alone = readOne(text, parts, search);
  return before
    ? (readAfter(text, alone, before, { ...base, search }) ?? { result: alone })
    : { result: alone };
}

/** A message and its parts are often the same. */
function remembering(search: Search): Search {
  const found = new Map<string, SearchResult>();
  return (text) => {
    const result = found.get(text) ?? search(text);
    found.set(text, result);
    return result;
  };
}

/**
 * A search, held against what the message counts or asks the count of: of the answers that it hesitates between, the one
 * that limits what is counted is meant; an answer that does not tell the quantity, or the aspect, that is asked for is not sure.
 */
function held(text: string, { search, entry }: Base): SearchResult {
  const found = search(text);
  const { outcome, hits, nearSilence } = found;
  const chance = hits[0]?.score ?? 0;
  if (outcome === 'choice' && chance < WORTH_PROPOSING) return { ...found, outcome: 'none' };
  const answer = outcome === 'none' ? undefined : entry(hits[0]?.id ?? '')?.answer;
  const measure = answer === undefined ? undefined : askedMeasure(text);
  const unmeasured = answer !== undefined && measure !== undefined && !tells(answer, measure);
  if (unmeasured && nearSilence) return { outcome: 'none', hits, silence: nearSilence };
  if (outcome === 'choice') {
    const meant = meantBy(text, found, entry);
    return meant ? { outcome: 'answer', hits: [meant, ...hits.filter(({ id }) => id !== meant.id)] } : found;
  }
  const untold = unmeasured || (answer !== undefined && measure === undefined && leavesOut(answer, text));
  return untold && outcome === 'answer' ? { ...found, outcome: 'choice' } : found;
}

/** Whether all that a message speaks of, beside what it counts, is in the title of an answer. */
function speaksOf(text: string, { title }: AnyEntry): boolean {
  const there = new Set(wordsThatTell(title));
  const said = wordsThatTell(text).filter((word) => !MEASURED.test(word));
  return said.length > 0 && said.every((word) => there.has(word));
}

/** Of the answers that a search hesitates between, the one that limits what a message counts, and is likely enough. */
function meantBy(text: string, { hits }: SearchResult, find: Base['entry']): Hit | undefined {
  const [first] = hits;
  return hits.slice(0, PROPOSED).find((hit) => {
    const entry = find(hit.id);
    if (!entry || !limits(entry.points, text)) return false;
    const least = Math.max(MEANT.least, MEANT.ofFirst * (first?.score ?? 0));
    return hit.score >= least || (hit === first && speaksOf(text, entry));
  });
}

/** The questions of a message, when two of them have sure answers that differ: « et combien de temps ? » goes on from the first. */
function readSeveral(parts: readonly string[], search: Search): Understood | undefined {
  const results: SearchResult[] = [];
  for (const [n, part] of parts.entries()) {
    const alone = search(part);
    const before = parts[n - 1];
    const joined =
      before !== undefined && continuationOf(part) === 'bare' ? search(`${before} ${part}`) : alone;
    results.push(joined.outcome === 'answer' ? joined : alone);
  }
  const sure = results.filter(({ outcome }) => outcome === 'answer');
  const [first] = sure;
  const second = sure.find(({ hits }) => hits[0]?.id !== first?.hits[0]?.id);
  const also = second?.hits[0]?.id;
  return first && also !== undefined ? { result: first, also } : undefined;
}

/** Each of two questions is as sure as this, where nothing but an « et » parts them. */
const SURE_HALF = 0.75;

/** A message that is two questions wherever it is cut so: both halves have sure answers, which differ. */
function readHalves(text: string, search: Search): Understood | undefined {
  if (text.length > LONG) return undefined;
  for (const halves of halvesOf(text)) {
    const results = halves.map(search);
    const [first, second] = results.map(({ hits }) => hits[0]);
    const sure = results.every(
      ({ outcome, hits }) => outcome === 'answer' && (hits[0]?.score ?? 0) >= SURE_HALF,
    );
    if (sure && results[0] && second && first?.id !== second.id)
      return { result: results[0], also: second.id };
  }
  return undefined;
}

/** One question, among what a message tells: the last that is sure, when the whole is not or is long. */
function readOne(text: string, parts: readonly string[], search: Search): SearchResult {
  const asked = parts
    .filter((part) => part.length >= TELLING)
    .reverse()
    .map((part) => search(part));
  const sure = asked.find(({ outcome }) => outcome === 'answer');
  if (text.length > LONG && sure) return sure;
  const whole = search(text);
  if (whole.outcome === 'answer' || whole.silence !== undefined) return whole;
  return sure ?? asked.find(({ silence }) => silence !== undefined) ?? better(whole, asked);
}

/** A choice rather than nothing. */
const better = (whole: SearchResult, asked: readonly SearchResult[]): SearchResult =>
  whole.outcome === 'choice' ? whole : (asked.find(({ outcome }) => outcome === 'choice') ?? whole);

/** Whether a message may go on from another one: a long one does not, nor one that is sure by itself. */
export function mayGoOn(text: string, { search }: Pick<KnowledgeBase, 'search'>): boolean {
  const how = continuationOf(text);
  return how === 'near' ? search(text).outcome !== 'answer' : how !== undefined;
}

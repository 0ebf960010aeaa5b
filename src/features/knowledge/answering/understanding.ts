import { fold } from '../../../core/text.ts';
import { leavesOut } from '../reading/asked-aspect.ts';
import { askedMeasure, tells } from '../reading/asked-measure.ts';
import { anew, continuationOf } from '../reading/continuation.ts';
import { halvesOf, questionsIn } from '../reading/questions.ts';
import { type SearchResult, wordsThatTell } from '../search/index.ts';
import { leadOf, limits } from './lead.ts';
import type { AnyEntry, KnowledgeBase } from './rules.ts';

/** What was asked before in a conversation, while it is remembered. */
export interface Before {
  /** The question that began the subject. */
  readonly root: string;
  readonly entry: AnyEntry | undefined;
}

/** How a message was read. */
export interface Understood {
  readonly result: SearchResult;
  /** The question that the message goes on from. */
  readonly root?: string;
  /** The answer to the second question of the message. */
  readonly also?: string;
}

/** Longer than a question: what asks in it is read apart from what it tells. */
const LONG = 240;
/** Shorter than what can be read without what is told around it: « Par où passer ? ». */
const TELLING = 25;
type Base = Pick<KnowledgeBase, 'search' | 'entry'>;
type Search = Base['search'];
/** Among how many of a choice a limit is sought. */
const PROPOSED = 3;

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
 * that limits what is counted is meant; an answer that does not tell the quantity that is asked for is not sure.
 */
function held(text: string, { search, entry }: Base): SearchResult {
  const found = search(text);
  const { outcome, hits, nearSilence } = found;
  const answer = outcome === 'none' ? undefined : entry(hits[0]?.id ?? '')?.answer;
  const untold = answer !== undefined && isUntold(text, answer);
  if (untold && nearSilence) return { outcome: 'none', hits, silence: nearSilence };
  if (outcome === 'choice') {
    const meant = hits.slice(0, PROPOSED).find(({ id }) => limits(entry(id)?.points ?? [], text));
    return meant ? { outcome: 'answer', hits: [meant, ...hits.filter(({ id }) => id !== meant.id)] } : found;
  }
  return untold && outcome === 'answer' ? { ...found, outcome: 'choice' } : found;
}

/** Whether an answer does not tell what a message asks for. */
function isUntold(text: string, answer: string): boolean {
  const measure = askedMeasure(text);
  return measure === undefined ? leavesOut(answer, text) : !tells(answer, measure);
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

/** Asks whom to write to or to call. */
const CONTACT =
  /\b(?:telephone|numero de tel\w*|courriel|adresse|joindre|rejoindre|contacter|coordonnees|appeler|appelle|ecris|parler)\b|\ba qui (?:je|on|l')/;
/** Whom an answer names, when a message asks for it: « quel est leur courriel ? ». */
const contactOf = (text: string, { contact }: AnyEntry, find: Base['entry']): AnyEntry | undefined =>
  CONTACT.test(fold(text)) ? find(`contact-${contact}`) : undefined;

/** Surer than this, a message stands by itself even when it says « et ». */
const OWN = 0.85;

/** Too brief to be, by itself, a question that the guide leaves open: « et en France ? ». */
const BRIEF = 30;

/** The message as what follows the question before; undefined when it stands by itself. */
function readAfter(
  text: string,
  alone: SearchResult,
  { root, entry }: Before,
  { search, entry: find }: Base,
): Understood | undefined {
  const how = continuationOf(text);
  if (how === undefined || (how !== 'bare' && text.length > BRIEF && alone.silence !== undefined))
    return undefined;
  const is = ({ id }: AnyEntry): Understood => ({
    root,
    result: { outcome: 'answer', hits: [{ id, score: 1 }] },
  });
  const again = entry && is(entry);
  // What was just answered is among what the message is nearest to: it is meant.
  const near = entry !== undefined && alone.hits.slice(0, PROPOSED).some(({ id }) => id === entry.id);
  const sure = alone.outcome === 'answer';
  const contact = entry && how !== 'near' && !sure ? contactOf(text, entry, find) : undefined;
  if (contact) return is(contact);
  if (how !== 'bare' && how !== 'varied' && sure) {
    const doubtful = how !== 'near' && (alone.hits[0]?.score ?? 0) < OWN;
    return doubtful && (near || (entry && isSaidIn(text, entry))) ? again : undefined;
  }
  if (how === 'near' && (near || alone.elsewhere)) return near && !alone.elsewhere ? again : undefined;
  if (entry && how !== 'near' && leadOf(entry.points, text) !== undefined) return again;
  const joined = search(`${root} ${text}`);
  if (how === 'near') return isNearBoth(text, joined, alone, entry) ? { root, result: joined } : undefined;
  const told = entry && tellsIt(text, entry);
  if (joined.outcome === 'answer' || (how !== 'short' && how !== 'and' && !told && joined.outcome !== 'none'))
    return { root, result: joined };
  if (near || told) return again;
  return alone.outcome === 'none' && joined.outcome === 'choice' ? { root, result: joined } : undefined;
}

/** An answer tells how much, when that is what is asked. */
function tellsIt(text: string, { answer }: AnyEntry): boolean {
  const measure = askedMeasure(text);
  return measure !== undefined && tells(answer, measure);
}

/** The part of a message's words of content that are in what was just answered. */
function partSaidIn(text: string, { title, answer }: AnyEntry): number {
  const said = wordsThatTell(text);
  const there = new Set(wordsThatTell(`${title} ${answer}`));
  return said.length > 0 ? said.filter((word) => there.has(word)).length / said.length : 0;
}

/** Every word of content of a message is in what was just answered: « c'est calculé sur quoi ? ». */
const isSaidIn = (text: string, entry: AnyEntry): boolean => partSaidIn(text, entry) === 1;

/** What a message of its own has to have in common with what was just answered, to go on from it. */
const COMMON = 0.5;

/**
 * What follows is sure, and is what the message is near to by itself, or what was answered: the question before weighs
 * enough to be found whatever is added to it, so the message has to speak of the same.
 */
function isNearBoth(
  text: string,
  joined: SearchResult,
  alone: SearchResult,
  entry: AnyEntry | undefined,
): boolean {
  const id = joined.outcome === 'answer' ? joined.hits[0]?.id : undefined;
  if (id === undefined) return false;
  return entry !== undefined && id === entry.id
    ? partSaidIn(text, entry) >= COMMON
    : alone.hits.slice(0, PROPOSED).some((hit) => hit.id === id);
}

/** Whether a message may go on from another one: a long one does not, nor one that is sure by itself. */
export function mayGoOn(text: string, { search }: Pick<KnowledgeBase, 'search'>): boolean {
  const how = continuationOf(text);
  return how === 'near' ? search(text).outcome !== 'answer' : how !== undefined;
}

import { fold } from '../../../core/text/text.ts';
import { askedMeasure, tells } from '../reading/asked-measure.ts';
import { type Continuation, continuationOf } from '../reading/continuation.ts';
import { type SearchResult, wordsThatTell } from '../search/index.ts';
import { leadOf } from './lead.ts';
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

export type Base = Pick<KnowledgeBase, 'search' | 'entry'>;
/** How many of those found are proposed. */
export const PROPOSED = 3;

/** The chance below which an answer is not even proposed: a refusal is better than a guess. */
export const WORTH_PROPOSING = 0.22;

/** Asks whom to write to or to call. */
const CONTACT =
  /(?<!\b(?:au|par) )\btelephone\b|\bnumero de tel\w*|\b(?:courriel|adresse|joindre|rejoindre|contacter|coordonnees|appeler|appelle|ecris|parler)\b|\ba qui (?:je|on|l')/;
const EACH_CONTACT = new RegExp(CONTACT, 'g');
/** An order to the assistant itself: « écris-moi une fonction ». */
const ORDER = /\becris[- ](?:moi|lui|leur|un|une)\b/;
/**
 * Whom an answer names, when a message asks for it and for nothing else: « quel est leur courriel ? », and not « résume
 * le courriel de Julie ».
 */
function contactOf(text: string, entry: AnyEntry, find: Base['entry']): AnyEntry | undefined {
  const said = fold(text);
  if (!CONTACT.test(said) || ORDER.test(said)) return undefined;
  const others = said.replace(EACH_CONTACT, ' ');
  return wordsThatTell(others).length === 0 || partSaidIn(others, entry) > 0
    ? find(`contact-${entry.contact}`)
    : undefined;
}

/** Surer than this, a message stands by itself even when it says « et ». */
const OWN = 0.85;
/** A choice as sure as this has its own subject. */
const OWN_CHOICE = 0.5;

/** One less sure than that may have. */
const NEAR_OWN = 0.4;

/** Too brief to be, by itself, a question that the guide leaves open: « et en France ? ». */
const BRIEF = 30;
/** What a message says by itself counts for so much, when it points at what was said. */
const LEANS = 0.8;
/** What points at what was said, or has too few words to be asked anew. */
const LEANING: ReadonlySet<Continuation> = new Set(['and', 'named', 'pointing', 'short']);

const firstOf = ({ hits }: SearchResult): string | undefined => hits[0]?.id;
const scoreOf = ({ hits }: SearchResult): number => hits[0]?.score ?? 0;
/** Whether an entry is among those that would be proposed. */
const proposes = ({ hits }: SearchResult, id: string | undefined): boolean =>
  hits.slice(0, PROPOSED).some((hit) => hit.id === id);

/** How a message goes on: one with hardly a word of its own leans on what was said. */
function howFollows(text: string): Continuation | undefined {
  const how = continuationOf(text);
  return how === 'near' && wordsThatTell(text).length <= 1 ? 'pointing' : how;
}

/** The message as what follows the question before; undefined when it stands by itself. */
export function readAfter(
  text: string,
  alone: SearchResult,
  { root, entry }: Before,
  { search, entry: find }: Base,
): Understood | undefined {
  const how = howFollows(text);
  if (how === undefined || (how !== 'bare' && text.length > BRIEF && alone.silence !== undefined))
    return undefined;
  // « Pis la météo demain ? » is surely no business of ours, whatever was said before.
  if (how !== 'bare' && alone.elsewhere) return undefined;
  const is = ({ id }: AnyEntry): Understood => ({
    root,
    result: { outcome: 'answer', hits: [{ id, score: 1 }] },
  });
  const again = entry && is(entry);
  // What was just answered is among what the message is nearest to: it is meant.
  const near = entry !== undefined && proposes(alone, entry.id);
  const sure = alone.outcome === 'answer';
  const contact = entry && how !== 'near' && !sure ? contactOf(text, entry, find) : undefined;
  if (contact) return is(contact);
  const joined = () => search(`${root} ${text}`);
  if (how === 'named' && sure) return renamed({ root, entry }, alone, joined(), find);
  if (how !== 'bare' && how !== 'varied' && sure) {
    const doubtful = how !== 'near' && scoreOf(alone) < OWN;
    return doubtful && (near || (entry && isSaidIn(text, entry))) ? again : undefined;
  }
  if (how === 'near') {
    // « La période d'essai d'un nouvel employé » is no trial of an offer: far from everything, it must say what was said.
    const apart = alone.outcome === 'none' && entry !== undefined && partSaidIn(text, entry) <= COMMON;
    if (near && apart) return undefined;
    if (near) return again;
    return isNearBoth(text, joined(), alone, entry) ? { root, result: joined() } : undefined;
  }
  if (entry && leadOf(entry.points, text) !== undefined) return again;
  const meant = leaning(text, how, alone, { root, entry }, joined());
  return meant && how !== 'bare' && isForeign(text, alone, entry) ? doubted(meant) : meant;
}

/**
 * Whether a message has words of its own, none of which was in what was just answered, and is near to nothing by itself:
 * the question before is found whatever is added to it, so it may be meant or not.
 */
const isForeign = (text: string, alone: SearchResult, entry: AnyEntry | undefined): boolean =>
  alone.outcome === 'none' &&
  scoreOf(alone) < WORTH_PROPOSING &&
  entry !== undefined &&
  wordsThatTell(text).length > 0 &&
  partSaidIn(text, entry) === 0;

/** A sure reading, proposed instead of given. */
const doubted = ({ result, ...rest }: Understood): Understood => ({
  ...rest,
  result: result.outcome === 'answer' ? { ...result, outcome: 'choice' } : result,
});

/** What a message means that leans on the question before, and is not sure by itself. */
function leaning(
  text: string,
  how: Continuation,
  alone: SearchResult,
  { root, entry }: Before,
  joined: SearchResult,
): Understood | undefined {
  const told = entry !== undefined && tellsIt(text, entry);
  const leans = LEANING.has(how);
  if (leans && !told && entry && hesitates(text, how, alone, joined, entry))
    return { root, result: between(joined, alone) };
  if (joined.outcome === 'answer' || (!leans && !told && joined.outcome !== 'none'))
    return { root, result: joined };
  if (entry && (told || proposes(alone, entry.id)))
    return { root, result: { outcome: 'answer', hits: [{ id: entry.id, score: 1 }] } };
  if (joined.outcome !== 'choice') return undefined;
  const weaker = scoreOf(alone) * (how === 'short' ? 1 : LEANS) <= scoreOf(joined);
  return alone.outcome === 'none' || weaker ? { root, result: joined } : undefined;
}

/**
 * The question before weighs enough to be found whatever is added to it: where the message by itself is near to
 * something else, both are proposed.
 */
function hesitates(
  text: string,
  how: Continuation,
  alone: SearchResult,
  joined: SearchResult,
  entry: AnyEntry,
): boolean {
  if (alone.outcome !== 'choice' || firstOf(joined) !== entry.id) return false;
  if (leadOf(entry.points, text) !== undefined || (how !== 'named' && isSaidIn(text, entry))) return false;
  return proposes(alone, joined.hits[1]?.id) || (!proposes(alone, entry.id) && scoreOf(alone) >= NEAR_OWN);
}

/** The first of two readings of a message, then of the other. */
function between(joined: SearchResult, alone: SearchResult): SearchResult {
  const [first, ...others] = joined.hits;
  const [own] = alone.hits;
  if (!first || !own) return { ...joined, outcome: 'choice' };
  const hits = [first, own, ...others.filter(({ id }) => id !== own.id)];
  return { ...joined, outcome: 'choice', hits };
}

/**
 * The question before, asked of what a message names: when it is not far from what the message says by itself, or when
 * that is a mere definition, which the question before did not ask for.
 */
function renamed(
  { root, entry }: Before,
  alone: SearchResult,
  joined: SearchResult,
  find: Base['entry'],
): Understood | undefined {
  const defines = (id: string | undefined) => find(id ?? '')?.reference.startsWith('def:') === true;
  const first = firstOf(joined);
  const meant = proposes(alone, first) || (defines(firstOf(alone)) && !defines(entry?.id));
  return joined.outcome !== 'none' && first !== firstOf(alone) && meant
    ? { root, result: joined }
    : undefined;
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
 * What follows is what the message is near to by itself, or what was answered: the question before weighs enough to be
 * found whatever is added to it, so the message has to speak of the same, and of nothing else as surely.
 */
function isNearBoth(
  text: string,
  joined: SearchResult,
  alone: SearchResult,
  entry: AnyEntry | undefined,
): boolean {
  const id = firstOf(joined);
  if (id === undefined || joined.outcome === 'none') return false;
  if (joined.outcome === 'choice')
    return proposes(alone, id) && (alone.outcome === 'none' || scoreOf(joined) > scoreOf(alone));
  return entry !== undefined && id === entry.id
    ? partSaidIn(text, entry) >= COMMON && !(alone.outcome === 'choice' && scoreOf(alone) >= OWN_CHOICE)
    : proposes(alone, id);
}

import { CONTACT_IDS, type GuideContact, guide } from '../../../core/guide/index.ts';
import type { Content, KnowledgeEntry } from '../content/content.ts';
import { searchableOf } from '../content/searchable.ts';
import type { Silence } from '../content/silences.ts';
import { type Prepared, prepare } from '../search/compiled.ts';
import type { Explanation } from '../search/explain.ts';
import type { SearchEntry, SearchIndex, SearchMaterial, SearchResult } from '../search/index.ts';
import { type Indexing, indexHere } from '../search/indexing.ts';
import { type KnownWords, wordsIn } from '../search/known-words.ts';
import { remembered } from '../search/remembered.ts';
import { stemOf } from '../search/stems.ts';

export type { SearchMaterial } from '../search/index.ts';

/** An entry that staff wrote from an answered question. */
export interface LiveEntry {
  readonly id: string;
  readonly title: string;
  readonly alternates: readonly string[];
  readonly answer: string;
  readonly owner: string;
  readonly review: string;
  readonly createdAt: Date;
}

/** What the staff taught the search, beside entries. */
export interface Learned {
  /** Wordings of entries, the guide's or theirs. */
  readonly wordings: readonly { readonly entryId: string; readonly text: string }[];
  /** Messages that are none of our business. */
  readonly offTopic: readonly string[];
}
export const NOTHING_LEARNED: Learned = { wordings: [], offTopic: [] };

export type AnyEntry = Pick<
  KnowledgeEntry,
  | 'id'
  | 'reference'
  | 'title'
  | 'answer'
  | 'related'
  | 'links'
  | 'next'
  | 'contact'
  | 'owner'
  | 'review'
  | 'points'
  | 'turned'
  | 'depends'
>;

/** What can be searched and shown: the content's entries and those that staff published. */
export interface KnowledgeBase {
  search(text: string): SearchResult;
  /** Whether the stem of a word, folded, occurs in the entries, their wordings or the messages out of scope; `written`, that very form. */
  knows(word: string, written?: boolean): boolean;
  /** Builds the index now, rather than at the first question. */
  warm(): void;
  entry(id: string): AnyEntry | undefined;
  /** A question that the guide leaves open. */
  silence(id: string | undefined): Silence | undefined;
  contact(id: string): GuideContact;
  readonly content: Content;
  /**
   * Replaces the staff's entries and what they taught. What is searched meanwhile finds what there was; afterwards, all of
   * them. Those who do so at once are served in their order: what was given last stands.
   */
  setLive(entries: readonly LiveEntry[], learned?: Learned): Promise<void>;
  /** Why a text is answered as it is: what each signal says. */
  explain(text: string): Explanation;
  /** All that is searched, as it stands. */
  material(): SearchMaterial;
}

/** How many questions are remembered with what was found for them, and up to how many characters. */
const QUESTIONS = { most: 1_000, longest: 300 };

/** What is prepared of what files say, where the staff taught nothing yet: once for a content, whoever asks it. */
const fixedOnes = new WeakMap<Content, Prepared>();
function fixedOf(content: Content, material: SearchMaterial): Prepared {
  const prepared = fixedOnes.get(content) ?? prepare(material);
  fixedOnes.set(content, prepared);
  return prepared;
}

/** What some content answers; `indexing` learns it anew with what the staff teach. */
export function buildKnowledgeBase(content: Content, indexing: Indexing = indexHere): KnowledgeBase {
  const fixed = searchableOf(content);
  const entries = new Map<string, AnyEntry>(content.entries.map((entry) => [entry.id, entry]));
  let live: readonly LiveEntry[] = [];
  let learned = NOTHING_LEARNED;
  const materialWith = (entries: readonly LiveEntry[], taught: Learned) =>
    materialOf([...fixed, ...entries.map(searchable)], content.outOfScope, taught);
  const material = () => materialWith(live, learned);
  const files: SearchMaterial = { entries: fixed, background: content.outOfScope };
  /** Of the files and what the staff taught; undefined where they taught nothing. */
  let taughtIndex: SearchIndex | undefined;
  const current = () => taughtIndex ?? fixedOf(content, files).index;

  // A message is searched by several who read it, and the same questions are asked by many.
  const searching = () => remembered((text) => current().search(text), QUESTIONS);
  let searched = searching();

  let words: KnownWords | undefined;
  const known = () => {
    words ??= taughtIndex ? wordsIn(files) : fixedOf(content, files).words;
    return words;
  };

  let replaced: Promise<void> = Promise.resolve();
  async function replace(next: readonly LiveEntry[], taught: Learned): Promise<void> {
    const isTaught = [next, taught.wordings, taught.offTopic].some((list) => list.length > 0);
    if (!isTaught && !taughtIndex) return;
    taughtIndex = isTaught ? await indexing(materialWith(next, taught)) : undefined;
    for (const { id } of live) entries.delete(id);
    for (const entry of next) entries.set(entry.id, asShown(entry));
    live = next;
    learned = taught;
    searched = searching();
  }

  return {
    content,
    search: (text) => searched(text),
    explain: (text) => current().explain(text),
    knows: (word, written = false) => (written ? known().written.has(word) : known().stems.has(stemOf(word))),
    warm: () => void [current(), known()],
    entry: (id) => entries.get(id),
    silence: (id) => content.silences.find((each) => each.id === id),
    contact(id) {
      return guide().institutions.contacts[CONTACT_IDS.find((each) => each === id) ?? 'courtier'];
    },
    material,
    setLive(next, taught = NOTHING_LEARNED) {
      replaced = replaced.catch(() => {}).then(() => replace(next, taught));
      return replaced;
    },
  };
}

/** An entry of the staff as it is shown to whoever asks. */
export const asShown = ({
  id,
  title,
  answer,
  owner,
  review,
}: Pick<LiveEntry, 'id' | 'title' | 'answer' | 'owner' | 'review'>): AnyEntry => ({
  ...{ id, title, answer, owner, review, reference: 'live' },
  ...{ related: [], links: [], next: [], points: [], turned: [], contact: 'courtier' },
});

/** Entries with the wordings that were added to them, and all the messages that are none of their business. */
export function materialOf(
  entries: readonly SearchEntry[],
  outOfScope: readonly string[],
  { wordings, offTopic }: Learned,
): SearchMaterial {
  const added = Map.groupBy(wordings, ({ entryId }) => entryId);
  return {
    entries: entries.map((entry) => {
      const more = added.get(entry.id)?.map(({ text }) => text) ?? [];
      return more.length === 0 ? entry : { ...entry, alternates: [...entry.alternates, ...more] };
    }),
    background: [...outOfScope, ...offTopic],
  };
}

const searchable = ({ id, title, alternates, answer }: LiveEntry): SearchEntry => ({
  id,
  question: title,
  alternates,
  answer,
});

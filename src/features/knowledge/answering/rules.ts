import { CONTACT_IDS, type GuideContact, guide } from '../../../core/guide/index.ts';
import type { Content, KnowledgeEntry } from '../content/content.ts';
import { searchableOf } from '../content/searchable.ts';
import type { Silence } from '../content/silences.ts';
import { buildSearchIndex, type SearchEntry, type SearchIndex, type SearchResult } from '../search/index.ts';
import { wordsOf } from '../search/normalize.ts';
import { stemOf } from '../search/stems.ts';

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
>;

/** What can be searched and shown: the content's entries and those that staff published. */
export interface KnowledgeBase {
  search(text: string): SearchResult;
  /** Whether a word, folded, occurs in the entries, their wordings or the messages out of scope. */
  knows(word: string): boolean;
  /** Builds the index now, rather than at the first question. */
  warm(): void;
  entry(id: string): AnyEntry | undefined;
  /** A question that the guide leaves open. */
  silence(id: string | undefined): Silence | undefined;
  contact(id: string): GuideContact;
  readonly content: Content;
  /** Replaces the staff's entries; what is searched next finds them. False when there was and is none. */
  setLive(entries: readonly LiveEntry[]): boolean;
}

export function buildKnowledgeBase(content: Content): KnowledgeBase {
  const fixed = searchableOf(content);
  const entries = new Map<string, AnyEntry>(content.entries.map((entry) => [entry.id, entry]));
  let live: readonly LiveEntry[] = [];
  const options = { background: content.outOfScope };
  let index: SearchIndex | undefined;
  const current = () => {
    index ??= buildSearchIndex([...fixed, ...live.map(searchable)], options);
    return index;
  };

  let words: ReadonlySet<string> | undefined;
  const known = () => {
    words ??= wordsIn([
      ...fixed.flatMap(({ question, alternates, answer }) => [question, ...alternates, answer]),
      ...content.outOfScope,
    ]);
    return words;
  };

  return {
    content,
    search: (text) => current().search(text),
    knows: (word) => known().has(stemOf(word)),
    warm: () => void [current(), known()],
    entry: (id) => entries.get(id),
    silence: (id) => content.silences.find((each) => each.id === id),
    contact(id) {
      return guide().institutions.contacts[CONTACT_IDS.find((each) => each === id) ?? 'courtier'];
    },
    setLive(next) {
      if (live.length === 0 && next.length === 0) return false;
      for (const { id } of live) entries.delete(id);
      for (const { id, title, answer, owner, review } of next) {
        entries.set(id, {
          id,
          title,
          answer,
          owner,
          review,
          reference: 'live',
          related: [],
          links: [],
          next: [],
          points: [],
          turned: [],
          contact: 'courtier',
        });
      }
      live = next;
      index = undefined;
      return true;
    },
  };
}

const searchable = ({ id, title, alternates, answer }: LiveEntry): SearchEntry => ({
  id,
  question: title,
  alternates,
  answer,
});

/** The stems of all the words of some texts. */
const wordsIn = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap(wordsOf).map(stemOf));

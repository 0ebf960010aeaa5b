import { type SearchIndex, type SearchResult, smallTalk } from '../../search/index.ts';

/** A question of which it is known what should come. */
export interface KnownQuestion {
  readonly text: string;
  /** The ids or references of the entries, or of what the guide leaves open, that answer it; empty: none should. */
  readonly expect: readonly string[];
  /** Kept apart to measure; reported as wrong; the staff's own. */
  readonly from: 'kept' | 'reported' | 'bench';
}

/** What became of a question: 3 as it should, 2 among what is offered, 1 declined though there is an answer, 0 astray. */
export interface Verdict {
  readonly level: 0 | 1 | 2 | 3;
  readonly outcome: SearchResult['outcome'];
  /** The entry that is first, where something is shown. */
  readonly first: string | undefined;
}

export interface Moved {
  readonly text: string;
  readonly from: KnownQuestion['from'];
  readonly how: 'better' | 'worse' | 'moved';
  readonly before: Verdict;
  readonly after: Verdict;
}

const OFFERED = 3;

/** How an index answers a known question. `referenceOf` tells the reference of an entry, where it has one. */
export function judge(
  index: Pick<SearchIndex, 'search'>,
  { text, expect }: KnownQuestion,
  referenceOf: (id: string) => string | undefined,
): Verdict {
  const { outcome: found, hits, silence } = index.search(text);
  const outcome = smallTalk(text) === undefined ? found : 'none';
  const fits = hits
    .slice(0, OFFERED)
    .map(({ id }) => expect.includes(id) || expect.includes(referenceOf(id) ?? ''));
  return {
    // What the guide leaves open is well answered when that is said.
    level: expect.includes(silence ?? '') ? 3 : levelOf(outcome, expect.length === 0, fits),
    outcome,
    first: outcome === 'none' ? undefined : hits[0]?.id,
  };
}

function levelOf(
  outcome: SearchResult['outcome'],
  foreign: boolean,
  fits: readonly boolean[],
): Verdict['level'] {
  if (outcome === 'none') return foreign ? 3 : 1;
  if (foreign) return outcome === 'choice' ? 1 : 0;
  if (outcome === 'answer') return fits[0] ? 3 : 0;
  return fits.includes(true) ? 2 : 0;
}

/** What two verdicts on the same question tell apart; undefined when nothing a person would notice. */
export function moved({ text, from }: KnownQuestion, before: Verdict, after: Verdict): Moved | undefined {
  const how =
    after.level > before.level
      ? 'better'
      : after.level < before.level
        ? 'worse'
        : after.first !== before.first || after.outcome !== before.outcome
          ? 'moved'
          : undefined;
  return how && { text, from, how, before, after };
}

/** How many of some verdicts are as they should be. */
export const good = (verdicts: readonly Verdict[]): number =>
  verdicts.filter(({ level }) => level === 3).length;

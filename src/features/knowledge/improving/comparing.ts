import type { Db } from '../../../core/ports/db.ts';
import { type Learned, materialOf, type SearchMaterial } from '../answering/rules.ts';
import type { Content } from '../content/content.ts';
import { searchableOf } from '../content/searchable.ts';
import { buildSearchIndex, type SearchEntry } from '../search/index.ts';
import { good, judge, type KnownQuestion, type Moved, moved } from './rules/judging.ts';
import { taughtIn } from './store/learned.ts';

/** What the staff taught, beside the guide. */
export interface Learning {
  readonly entries: readonly SearchEntry[];
  readonly learned: Learned;
  readonly bench: readonly KnownQuestion[];
}

/** What the staff taught, as the database has it. */
export const learning = (db: Db): Promise<Learning> => taughtIn(db);

interface Searched {
  readonly material: SearchMaterial;
  /** References of the guide's entries, by their ids. */
  readonly references: ReadonlyMap<string, string>;
}

/** All that is searched with some content and what the staff taught. */
export function materialOfContent(content: Content, { entries, learned }: Learning): Searched {
  return {
    material: materialOf([...searchableOf(content), ...entries], content.outOfScope, learned),
    references: new Map(content.entries.map(({ id, reference }) => [id, reference])),
  };
}

export interface Comparison {
  /** How many of the known questions are as they should be, before and after, by where they come from. */
  readonly rates: readonly {
    readonly from: KnownQuestion['from'];
    readonly total: number;
    readonly before: number;
    readonly after: number;
  }[];
  readonly changes: readonly Moved[];
}

/** Asks every known question of two indexes: what changed from one to the other. */
export function compareMaterials(
  { known, ...first }: Searched & { readonly known: readonly KnownQuestion[] },
  second: Searched,
): Comparison {
  const [before, after] = [first, second].map(({ material: { entries, background }, references }) => {
    const index = buildSearchIndex(entries, { background });
    return known.map((question) => judge(index, question, (id) => references.get(id)));
  });
  const verdicts = known.flatMap((question, n) => {
    const [was, is] = [before?.[n], after?.[n]];
    return was && is ? [{ question, was, is }] : [];
  });
  const rates = [...Map.groupBy(verdicts, ({ question }) => question.from)].map(([from, these]) => ({
    from,
    total: these.length,
    before: good(these.map(({ was }) => was)),
    after: good(these.map(({ is }) => is)),
  }));
  return { rates, changes: verdicts.flatMap(({ question, was, is }) => moved(question, was, is) ?? []) };
}

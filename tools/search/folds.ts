import type { SearchEntry } from '../../src/features/knowledge/index.ts';
import type { Evidence } from '../../src/features/knowledge/search/confidence.ts';
import { explained } from '../../src/features/knowledge/search/index.ts';
import { Ranker } from '../../src/features/knowledge/search/ranker.ts';

/** A question, the ids of the entries that answer it (none when it is out of scope), and what the engine saw. */
export interface Judged {
  readonly asked: string;
  readonly evidence: Evidence;
  /** The first entry is one that answers. */
  readonly right: boolean;
  /** Some entry answers. */
  readonly covered: boolean;
}

export interface Question {
  readonly asked: string;
  readonly answers: readonly string[];
}

/** What the engine sees of some questions, by an index of some entries. */
export function judge(
  entries: readonly SearchEntry[],
  background: readonly string[],
  questions: readonly Question[],
): Judged[] {
  const ranker = Ranker.of({ entries, background });
  return questions.map(({ asked, answers }) => {
    const { ranked, evidence } = explained(ranker, entries, asked);
    const first = ranked[0]?.entry.id ?? '';
    return { asked, evidence, right: answers.includes(first), covered: answers.length > 0 };
  });
}

/** The wordings and the messages out of scope, each judged by an index that was built without its fold. */
export function leftOut(
  entries: readonly SearchEntry[],
  background: readonly string[],
  folds: number,
  withBackground = true,
): Judged[] {
  return Array.from({ length: folds }, (_, fold) => {
    const questions: Question[] = [];
    let n = 0;
    const kept = entries.map((entry) => ({
      ...entry,
      alternates: entry.alternates.filter((asked) => {
        if (n++ % folds !== fold) return true;
        questions.push({ asked, answers: [entry.id] });
        return false;
      }),
    }));
    const others = background.filter((_asked, at) => at % folds !== fold);
    for (const [at, asked] of background.entries())
      if (at % folds === fold) questions.push({ asked, answers: [] });
    return judge(kept, withBackground ? others : [], questions);
  }).flat();
}

import { Nearest } from '../../search/nearest.ts';
import { ngramsOf } from '../../search/ngrams.ts';
import { wordsOf } from '../../search/normalize.ts';
import { analyse, fingerprint } from '../../search/tokens.ts';
import { type Sparse, Vocabulary } from '../../search/vocabulary.ts';

/** A question that was not, or badly, answered. */
export interface Unmet {
  readonly id: string;
  readonly text: string;
  /** The entry that was nearest, or that was shown and displeased. */
  readonly nearest: string | undefined;
  readonly askedAt: Date;
  /** Somebody said that its answer did not help. */
  readonly displeased: boolean;
  /** The staff made something of it already. */
  readonly handled: boolean;
}

/** Questions that are alike, in the order in which they were asked. */
export interface Group {
  /** The id of the first one that was ever asked: by it the group is known. */
  readonly id: string;
  /** Those that wait. */
  readonly questions: readonly Unmet[];
  /** How many like them the staff made something of already. */
  readonly before: number;
}

/** From this likeness on, 0 to 1, two questions are one; less is enough when the same entry was nearest to both. */
const ALIKE = 0.5;
const ALIKE_NEAR_THE_SAME = 0.34;

/**
 * Questions by likeness, the group of which most wait first. Each joins the group whose first question is most like it, by stems and
 * by letters: the same questions always make the same groups, and one more changes none of those before it.
 */
export function groupsOf(questions: readonly Unmet[]): Group[] {
  const inOrder = questions.toSorted(
    (a, b) =>
      a.askedAt.getTime() - b.askedAt.getTime() ||
      a.text.localeCompare(b.text, 'fr') ||
      (a.id < b.id ? -1 : 1),
  );
  const likeness = likenessOf(inOrder.map(({ text }) => text));
  const groups: { first: number; nearest: string | undefined; questions: Unmet[] }[] = [];
  inOrder.forEach((question, n) => {
    const to = likeness(n);
    let best: (typeof groups)[number] | undefined;
    let most = 0;
    for (const group of groups) {
      const same = question.nearest !== undefined && question.nearest === group.nearest;
      const alike = to(group.first);
      if (alike > most && alike >= (same ? ALIKE_NEAR_THE_SAME : ALIKE)) [best, most] = [group, alike];
    }
    if (best) best.questions.push(question);
    else groups.push({ first: n, nearest: question.nearest, questions: [question] });
  });
  return groups
    .map((group) => ({
      id: inOrder[group.first]?.id ?? '',
      questions: group.questions.filter(({ handled }) => !handled),
      before: group.questions.filter(({ handled }) => handled).length,
    }))
    .filter((group) => group.questions.length > 0)
    .sort((a, b) => b.questions.length - a.questions.length);
}

/** How alike two of some texts are, by their numbers: the mean of the cosines of their stems and of their letters. */
function likenessOf(texts: readonly string[]): (n: number) => (other: number) => number {
  const said = texts.map(analyse);
  const by = [said.map(({ tokens }) => tokens), said.map(({ words }) => ngramsOf(words))].map((features) => {
    const vocabulary = new Vocabulary();
    for (const tokens of features) vocabulary.add(tokens);
    const vectors: Sparse[] = features.map((tokens) => vocabulary.vector(tokens));
    const nearest = Nearest.of(
      vectors,
      vectors.map((_vector, n) => n),
      vocabulary.size,
    );
    return (n: number) => nearest.scores(vectors[n] as Sparse, vectors.length);
  });
  return (n) => {
    const scores = by.map((scoresOf) => scoresOf(n));
    return (other) => scores.reduce((sum, each) => sum + (each[other] as number), 0) / scores.length;
  };
}

/** A group as somebody saw it: what was asked since waits for another time. Undefined when nothing of it is left. */
export function seenUntil(groups: readonly Group[], id: string, until: number): Group | undefined {
  const group = groups.find((each) => each.id === id);
  const questions = group?.questions.filter(({ askedAt }) => askedAt.getTime() <= until) ?? [];
  return group && questions.length > 0 ? { ...group, questions } : undefined;
}

/** Different ways in which a group asks, what was asked most often first. */
export function wordingsOf({ questions }: Pick<Group, 'questions'>): string[] {
  const alike = Map.groupBy(questions, ({ text }) => fingerprint(text));
  return [...alike.values()]
    .sort((a, b) => b.length - a.length)
    .flatMap((same) => commonest(same.map(({ text }) => text)));
}

/** Of texts that say the same, how most of them were written; the first of those. */
function commonest(texts: readonly string[]): string[] {
  const written = [...Map.groupBy(texts, (text) => wordsOf(text).join(' ')).values()];
  return (written.sort((a, b) => b.length - a.length)[0] ?? []).slice(0, 1);
}

/** The entry that was nearest to most of a group. */
export function nearestOf({ questions }: Pick<Group, 'questions'>): string | undefined {
  const near = Map.groupBy(
    questions.filter(({ nearest }) => nearest !== undefined),
    ({ nearest }) => nearest,
  );
  return [...near].sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

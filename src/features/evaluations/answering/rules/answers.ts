import { criteriaOf, type Form, OVERALL } from './form.ts';

/** 1 to 5, or « sans objet ». */
export type Score = 1 | 2 | 3 | 4 | 5 | 'na';

export interface CriterionAnswer {
  readonly score: Score;
  readonly comment: string;
}
/** By criterion. */
export type SectionAnswers = Readonly<Record<string, CriterionAnswer>>;

export interface Overall {
  readonly overall: Exclude<Score, 'na'>;
  /** Would it be chosen again? */
  readonly again: 'yes' | 'no' | 'maybe';
  readonly comment: string;
}

/** All that was submitted: the criteria, and the overall view. */
export interface Snapshot {
  readonly criteria: SectionAnswers;
  readonly overall: Overall;
}

/** What « would you choose it again » is counted as. */
export const AGAIN_SCORES = { no: 1, maybe: 2, yes: 3 } as const;
export const AGAIN_NAMES = { yes: 'Oui', maybe: 'Peut-être', no: 'Non' } as const;

/** How far an evaluation is: sections with all their criteria answered, the overall view with them. */
export function progressOf(
  form: Form,
  sections: ReadonlyMap<string, { readonly answers: unknown }>,
): { done: number; total: number } {
  const complete = form.groups.filter(({ id, criteria }) => {
    const given = (sections.get(id)?.answers ?? {}) as SectionAnswers;
    return criteria.every((criterion) => given[criterion.id] !== undefined);
  });
  return {
    done: complete.length + (sections.has(OVERALL) ? 1 : 0),
    total: form.groups.length + 1,
  };
}

/** A number that grows with each answer that is saved: what somebody saw is still so when it is the same. */
export const versionOf = (sections: ReadonlyMap<string, { readonly revision: number }>): number =>
  [...sections.values()].reduce((sum, { revision }) => sum + revision, 0);

/** The mean of the scores that count, to one decimal; undefined where all is « sans objet ». */
export function meanOf(form: Form, answers: SectionAnswers): number | undefined {
  const counted = criteriaOf(form).flatMap(({ id }) => {
    const score = answers[id]?.score;
    return score === undefined || score === 'na' ? [] : [score];
  });
  if (counted.length === 0) return undefined;
  const sum = counted.reduce<number>((total, score) => total + score, 0);
  return Math.round((sum / counted.length) * 10) / 10;
}

import { criteriaOf, type Form } from './form.ts';

/** 1 to 5, or « sans objet ». */
export type Score = 1 | 2 | 3 | 4 | 5 | 'na';

export interface CriterionAnswer {
  readonly score: Score;
  readonly comment: string;
}
/** By criterion. */
export type SectionAnswers = Readonly<Record<string, CriterionAnswer>>;

/** What is kept while somebody answers: a comment may come before its score. */
export interface DraftAnswer {
  readonly score?: Score | undefined;
  readonly comment: string;
}
export type DraftAnswers = Readonly<Record<string, DraftAnswer>>;
export type DraftOverall = Partial<Overall>;

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

/** The mean of the scores that count, to one decimal; undefined where all is « sans objet ». */
export function meanOf(form: Form, answers: DraftAnswers): number | undefined {
  const counted = criteriaOf(form).flatMap(({ id }) => {
    const score = answers[id]?.score;
    return score === undefined || score === 'na' ? [] : [score];
  });
  if (counted.length === 0) return undefined;
  const sum = counted.reduce<number>((total, score) => total + score, 0);
  return Math.round((sum / counted.length) * 10) / 10;
}

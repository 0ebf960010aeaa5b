import type { Audit, Quotas } from '../../../people/index.ts';
import { type AnsweredParts, buildAnsweredEvaluations } from './answered.ts';
import { buildAnswering } from './answering.ts';
import { buildContractEvents } from './events.ts';
import { buildOwnAnswers } from './own-answers.ts';
import { buildSubmitting } from './submitting.ts';

export interface EvaluationParts extends AnsweredParts {
  readonly audit: Audit;
  readonly quotas: Pick<Quotas, 'spend'>;
}

export type Evaluations = ReturnType<typeof buildEvaluations>;

/** The evaluations of suppliers by their clients (guide 4.9), and what was noted during the year. */
export function buildEvaluations(parts: EvaluationParts) {
  const answered = buildAnsweredEvaluations(parts);
  return {
    ...answered,
    ...buildAnswering({ ...parts, answered }),
    ...buildSubmitting({ ...parts, answered }),
    ...buildContractEvents(parts.db, parts.clock, parts.contracts, parts.quotas),
    ...buildOwnAnswers(parts.db),
  };
}

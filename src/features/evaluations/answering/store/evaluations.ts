import type { Queue } from '../../../../core/ports/queue.ts';
import type { Audit, Quotas } from '../../../people/index.ts';
import { type AnsweredParts, buildAnsweredEvaluations } from './answered.ts';
import { buildAnswering } from './answering.ts';
import { tellEvaluated } from './evaluated.ts';
import { buildContractEvents } from './events.ts';
import { buildListing } from './listing.ts';
import { buildEvaluationNews } from './news.ts';
import { buildOfficialRecords } from './official.ts';
import { buildOwnAnswers } from './own-answers.ts';
import { buildRecalling } from './recalling.ts';
import { buildSigning } from './signing.ts';
import { buildStandings } from './standings.ts';
import { buildSubmitting } from './submitting.ts';

export interface EvaluationParts extends AnsweredParts {
  readonly audit: Audit;
  readonly queue: Queue;
  readonly quotas: Pick<Quotas, 'spend'>;
}

export type Evaluations = ReturnType<typeof buildEvaluations>;

/** The evaluations of suppliers by their clients (guide 4.9), and what was noted during the year. */
export function buildEvaluations(parts: EvaluationParts) {
  tellEvaluated(parts.contracts);
  const standings = buildStandings(parts);
  const answered = buildAnsweredEvaluations(parts, buildOfficialRecords(parts));
  return {
    ...answered,
    standings,
    ...buildListing(parts, standings),
    ...buildRecalling(parts, standings),
    ...buildEvaluationNews(parts),
    ...buildAnswering({ ...parts, answered }),
    ...buildSubmitting({ ...parts, answered }),
    ...buildSigning({ ...parts, answered }),
    ...buildContractEvents(parts.db, parts.clock, parts.contracts, parts.quotas),
    ...buildOwnAnswers(parts.db),
  };
}

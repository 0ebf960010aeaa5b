import type { Clock } from '../../core/clock.ts';
import type { Db, Deliveries } from '../../core/ports.ts';
import type { Audit, Quotas } from '../people/index.ts';
import type { KnowledgeBase } from './answering/rules.ts';
import { buildQuestions } from './answering/store/questions.ts';
import { buildEscalations } from './escalating/store/escalations.ts';
import { buildLiveEntries } from './publishing/store.ts';

export interface KnowledgeParts {
  readonly base: KnowledgeBase;
  readonly db: Db;
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly audit: Audit;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/** The parts of the knowledge feature, wired together. */
export function buildKnowledge({ base, db, clock, deliveries, audit, quotas }: KnowledgeParts) {
  const escalations = buildEscalations(db, clock, deliveries, audit, quotas);
  return {
    base,
    questions: buildQuestions(db, clock),
    escalations,
    liveEntries: buildLiveEntries(db, clock, base, escalations, audit),
  };
}

export type Knowledge = ReturnType<typeof buildKnowledge>;

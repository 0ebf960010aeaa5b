import type { Db } from '../../core/ports/db.ts';
import type { KnowledgeBase } from './answering/rules.ts';
import { buildQuestions } from './answering/store/questions.ts';
import { buildEscalations, type EscalationPorts } from './escalating/store/escalations.ts';
import { buildRequestForm, type FormPorts } from './escalating/store/request-form.ts';
import { buildBench } from './improving/store/bench.ts';
import { buildImprovements } from './improving/store/improvements.ts';
import { buildTrials } from './improving/trial.ts';
import { buildLiveEntries } from './publishing/store/live-entries.ts';

export interface KnowledgeParts extends EscalationPorts, FormPorts {
  readonly base: KnowledgeBase;
  readonly db: Db;
}

/** The parts of the knowledge feature, wired together. */
export function buildKnowledge(parts: KnowledgeParts) {
  const { base, db, clock, audit } = parts;
  const escalations = buildEscalations(parts);
  const questions = buildQuestions(db, clock);
  const liveEntries = buildLiveEntries(db, clock, base, escalations, audit);
  return {
    base,
    questions,
    escalations,
    form: buildRequestForm(parts, escalations),
    liveEntries,
    improvements: buildImprovements(db, clock, liveEntries, audit),
    bench: buildBench(db, clock, audit),
    trials: buildTrials(base),
  };
}

export type Knowledge = ReturnType<typeof buildKnowledge>;

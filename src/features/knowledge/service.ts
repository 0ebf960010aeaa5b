import type { Clock } from '../../core/clock.ts';
import type { Conversations, Db, Messenger, Queue } from '../../core/ports.ts';
import type { Audit, StaffChannel } from '../people/index.ts';
import type { KnowledgeBase } from './base.ts';
import { buildEscalations } from './escalations.ts';
import { buildLiveEntries } from './live-entries.ts';
import { buildPosting } from './posting.ts';
import { buildQuestions } from './questions.ts';

export interface KnowledgeParts {
  readonly base: KnowledgeBase;
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly messenger: Messenger;
  readonly conversations: Conversations;
  readonly staffChannel: StaffChannel;
  readonly audit: Audit;
  readonly timeZone: string;
}

/** The parts of the knowledge feature, wired together. */
export function buildKnowledge({
  base,
  db,
  clock,
  queue,
  messenger,
  conversations,
  staffChannel,
  audit,
  timeZone,
}: KnowledgeParts) {
  const escalations = buildEscalations(db, clock, queue, audit);
  return {
    base,
    questions: buildQuestions(db, clock),
    escalations,
    liveEntries: buildLiveEntries(db, clock, base, escalations, audit),
    posting: buildPosting({ db, clock, messenger, conversations, staffChannel, escalations, timeZone }),
  };
}

export type Knowledge = ReturnType<typeof buildKnowledge>;

import { buildAnswering } from './answering.ts';
import { endWithFiles } from './asked.ts';
import { buildDelegating, type DelegatingPorts } from './delegating.ts';
import { buildEligibility } from './eligibility.ts';
import { buildFileNeeds, concludeNeeds } from './file-needs.ts';
import { buildOwnDelegations } from './own-delegations.ts';
import { buildTakingBack } from './taking-back.ts';

/** Eligibility and the thirteen questions of a file (guide 2.4 and 3.1). */
export function buildNeeds(ports: DelegatingPorts) {
  const { db, files, belonging } = ports;
  const answering = buildAnswering(ports);
  concludeNeeds(files);
  endWithFiles(files);
  return {
    ...buildFileNeeds(db, files),
    ...buildEligibility(db, files, belonging),
    answer: answering.answer,
    ...buildDelegating(ports, answering),
    ...buildTakingBack(db, files),
    ...buildOwnDelegations(db),
  };
}

export type NeedsService = ReturnType<typeof buildNeeds>;

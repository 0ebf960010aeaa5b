import type { Directory } from '../../../core/ports/directory.ts';
import type { BusinessDays } from '../../../core/time/business-days.ts';
import type { DecentHours } from '../../../core/time/decent-hours.ts';
import { buildAwaiting } from '../approving/store/awaiting.ts';
import { buildProposing } from '../approving/store/proposing.ts';
import { buildReviewing } from '../approving/store/reviewing.ts';
import { buildChoosing } from '../choosing/store/choosing.ts';
import { buildCorrections } from '../drafting/store/corrections.ts';
import { buildDrafting } from '../drafting/store/drafting.ts';
import { buildLists } from '../lists/store/lists.ts';
import { buildAcknowledgements } from '../sending/store/acknowledgements.ts';
import { buildDispatch } from '../sending/store/dispatch.ts';
import { buildProgress } from '../sending/store/progress.ts';
import { buildReleasing } from '../sending/store/releasing.ts';
import { buildResults } from '../sending/store/results.ts';
import { buildResuming } from '../sending/store/resuming.ts';
import { buildTemplates } from '../templates/store/templates.ts';
import { buildArrived } from './arrived.ts';
import { buildOwnBroadcasts } from './own-broadcasts.ts';
import { buildRecords, type RecordParts } from './records.ts';

export interface BroadcastParts extends RecordParts {
  readonly hours: DecentHours;
  readonly days: BusinessDays;
  /** Whether a second person must approve. */
  readonly approval: boolean;
  /** Hosts to which a button may lead. */
  readonly linkHosts: readonly string[];
  /** None unless the deployer lets the directory be read. */
  readonly directory: Directory | undefined;
}

export type Broadcasts = ReturnType<typeof buildBroadcasts>;

/** The notices of the broker: drawn up, approved, sent once to each, corrected, withdrawn. */
export function buildBroadcasts(parts: BroadcastParts) {
  const { db, approval, linkHosts, directory } = parts;
  const records = buildRecords(parts);
  const reviewing = buildReviewing(records);
  const { correctionOf, lastReview } = reviewing;
  const proposing = buildProposing(records, reviewing);
  const lists = buildLists(records, directory);
  const dispatch = buildDispatch(
    records,
    parts.hours,
    approval ? reviewing.isApproved : undefined,
    lists,
    directory,
  );
  const { departure, departs, newcomers, resend, isReadAgain } = dispatch;
  return {
    findBroadcast: (id: string) => records.find(db, id),
    broadcastsPage: records.page,
    latestDrafts: records.latestDrafts,
    ...lists,
    ...buildTemplates(records),
    ...buildResults(records),
    departure,
    departs,
    newcomers,
    resend,
    isReadAgain,
    needsApproval: approval,
    ...buildChoosing(records),
    ...buildDrafting(records, dispatch, linkHosts),
    ...buildReleasing(records, dispatch, reviewing, approval),
    ...buildResuming(records, dispatch, approval),
    ...proposing,
    correctionOf: (id: string) => correctionOf(id),
    lastReview,
    ...buildAwaiting(db, parts.days),
    ...buildProgress(records),
    ...buildArrived(records),
    ...buildCorrections(records, dispatch, linkHosts, approval ? proposing.propose : undefined),
    ...buildAcknowledgements(records),
    ...buildOwnBroadcasts(db),
  };
}

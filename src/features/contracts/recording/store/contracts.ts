import type { Queue } from '../../../../core/ports/queue.ts';
import type { Files } from '../../../acquisitions/index.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import { buildAmending } from '../../amending/store/amending.ts';
import { buildCompleting } from '../../duties/store/completing.ts';
import { buildDropping } from '../../duties/store/dropping.ts';
import { buildEntering } from '../../duties/store/entering.ts';
import { buildFeed } from '../../duties/store/feed.ts';
import { buildReminding } from '../../duties/store/reminding.ts';
import { buildReopening } from '../../duties/store/reopening.ts';
import { buildInvoicing } from '../../invoicing/store.ts';
import { buildContractCases } from '../../overseeing/store/cases.ts';
import { buildLateness } from '../../overseeing/store/lateness.ts';
import { buildOverview } from '../../overseeing/store/overview.ts';
import { buildQuarters } from '../../overseeing/store/quarter.ts';
import { buildRegister } from '../../overseeing/store/register.ts';
import { buildReferring } from '../../referring/store.ts';
import { buildTerminating } from '../../terminating/store.ts';
import { buildCorrecting } from './correcting.ts';
import { buildFollowing } from './following.ts';
import { buildNoting } from './noting.ts';
import { buildOwnContracts } from './own-contracts.ts';
import { buildReading } from './reading.ts';
import { buildRecords, type RecordParts } from './records.ts';
import { buildRemoving } from './removing.ts';

export interface ContractParts extends RecordParts {
  readonly catalogue: CatalogueService;
  readonly files: Files;
  readonly queue: Queue;
}

export type Contracts = ReturnType<typeof buildContracts>;

/** Signed contracts and what they ask of a client (guide 4). For strangers they do not exist. */
export function buildContracts(parts: ContractParts) {
  const { queue, belonging, rules, days } = parts;
  const records = buildRecords(parts);
  const { today, visible, find, findIn, changing } = records;
  const completing = buildCompleting(records);
  const overview = buildOverview(records);
  const correcting = buildCorrecting(parts, records);
  return {
    rules,
    days,
    today,
    find,
    findIn,
    /** The condition, on the table of contracts, that a person sees one. */
    visible,
    changing,
    ...buildReading(records),
    ...buildFollowing(records),
    ...buildNoting(parts, records),
    ...correcting,
    ...buildRemoving(records, { queue, belonging }, correcting.submittedOf),
    ...completing,
    ...buildReopening(records, completing),
    ...buildDropping(records, completing),
    ...buildEntering(records, completing),
    ...buildReminding(records),
    ...buildFeed(records),
    ...buildInvoicing(records),
    ...buildAmending(records, queue),
    ...buildReferring(records),
    ...buildTerminating(records, queue),
    ...buildOwnContracts(records),
    ...buildRegister(records, overview),
    ...buildLateness(records, overview),
    ...buildQuarters(records),
    ...buildContractCases(records, overview),
  };
}

import type { Deliveries, Queue } from '../../../../core/ports.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import { buildAmending } from '../../amending/store.ts';
import { buildCompleting } from '../../duties/store/completing.ts';
import { buildFeed } from '../../duties/store/feed.ts';
import { buildReminding } from '../../duties/store/reminding.ts';
import { buildInvoicing } from '../../invoicing/store.ts';
import { buildReferring } from '../../referring/store.ts';
import { buildTerminating } from '../../terminating/store.ts';
import { buildFollowing } from './following.ts';
import { buildNoting } from './noting.ts';
import { buildOwnContracts } from './own-contracts.ts';
import { buildReading } from './reading.ts';
import { buildRecords, type RecordParts } from './records.ts';

export interface ContractParts extends RecordParts {
  readonly catalogue: CatalogueService;
  readonly deliveries: Deliveries;
  readonly queue: Queue;
}

export type Contracts = ReturnType<typeof buildContracts>;

/** Signed contracts and what they ask of a client (guide 4). For strangers they do not exist. */
export function buildContracts(parts: ContractParts) {
  const { deliveries, queue, rules } = parts;
  const records = buildRecords(parts);
  const { today, visible, find, findIn, changing } = records;
  const reminding = buildReminding(records, deliveries, rules);
  return {
    rules,
    today,
    find,
    findIn,
    /** The condition, on the table of contracts, that a person sees one. */
    visible,
    changing,
    ...buildReading(records),
    ...buildFollowing(records),
    ...buildNoting(parts, records),
    ...buildCompleting(records, deliveries),
    ...reminding,
    ...buildFeed(records),
    ...buildInvoicing(records),
    ...buildAmending(records, queue),
    ...buildReferring(records),
    ...buildTerminating(records, reminding, deliveries, queue),
    ...buildOwnContracts(records),
  };
}

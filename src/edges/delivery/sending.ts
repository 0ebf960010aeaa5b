import type { Content } from '../../core/card.ts';
import type { Clock } from '../../core/clock.ts';
import { DeliveryError } from '../../core/errors.ts';
import type { Messenger } from '../../core/messenger.ts';
import { recipientOf } from '../../core/people/recipient.ts';
import type { Conversations } from '../../core/ports/conversations.ts';
import type { Db } from '../../core/ports/db.ts';
import type { Recipient } from '../../core/ports/delivery.ts';
import type { Log } from '../../core/ports/log.ts';
import { databaseTrouble } from '../../core/rows/database-trouble.ts';
import { together, writtenTogether } from '../../core/rows/together.ts';
import { claim, release } from './claim.ts';
import { buildDepartures } from './departures.ts';
import { recordFailure } from './failure.ts';
import { latenessOf } from './limits.ts';
import { recordMissed, recordMoot, recordSent, recordUncomposed, type Sent } from './record.ts';
import type { Lease, Reserving, Row } from './reserve.ts';
import { verdictOf } from './verdict.ts';

/** The moments of one sending, for metrics and for tests that strike between two of them. */
export type Step = 'leased' | 'claimed' | 'posted' | 'recorded';

export interface PumpParts extends Reserving {
  readonly db: Db;
  readonly clock: Clock;
  readonly messenger: Pick<Messenger, 'send' | 'update' | 'remove' | 'reopen'>;
  readonly conversations: Pick<Conversations, 'block'>;
  readonly log: Log;
  /** What a notice says to a recipient, now; undefined when there is nothing to tell any more. */
  readonly compose: (kind: string, subject: unknown, recipient: Recipient) => Promise<Content | undefined>;
  /** Told when the connector refuses what we send: a mistake of ours, or of the configuration. */
  readonly refused?: (kind: string) => Promise<void>;
  readonly sleep?: (ms: number) => Promise<void>;
  /** How long before its moment a notice is claimed, in milliseconds. */
  readonly leadMs?: number;
  readonly random?: () => number;
  readonly observe?: (step: Step, id: string) => void;
}

const RECORD_TRIES = 60;
/** A notice is claimed this long before its moment, so that the moment is kept; longer where that does not do. */
const LEAD_MS = 250;
const LONGEST_LEAD_MS = 4_000;
/** What is claimed, and what is recorded, within so long is one statement. */
const GATHERED_MS = 100;
/**
 * It grows once in so long, and by so much at the most: many that are late together are one hiccup, and what is taken in
 * advance is a silence of as long.
 */
const GROWS_EVERY_MS = 1_000;
const GROWS_AT_MOST_MS = 750;

/** The pump that a sending belongs to. */
export interface OnePump {
  readonly worker: string;
  /** Whether what is not claimed yet is to be given back. */
  readonly stopping: () => boolean;
  readonly sleep: (ms: number) => Promise<void>;
}

async function composed(
  { compose }: Pick<PumpParts, 'compose'>,
  row: Row,
): Promise<{ content?: Content | undefined; error?: unknown }> {
  if (row.operation === 'delete') return {};
  try {
    return { content: await compose(row.kind, row.subject, recipientOfRow(row)) };
  } catch (error) {
    return { error };
  }
}

async function perform(
  messenger: PumpParts['messenger'],
  { row, conversation, activityId }: Lease,
  content: Content | undefined,
): Promise<string> {
  const said = row.shrunk && typeof content === 'object' ? content.summary : content;
  if (row.operation === 'post') return messenger.send(conversation, said ?? '');
  if (!activityId) throw new DeliveryError('unreachable', 'gone');
  if (row.operation === 'edit') await messenger.update(conversation, activityId, said ?? '');
  else await messenger.remove(conversation, activityId);
  return activityId;
}

/** The database may be away for a while; what happened is written once it is back. */
async function untilWritten(
  write: () => Promise<unknown>,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await write();
      return;
    } catch (error) {
      if (attempt >= RECORD_TRIES) throw error;
      await sleep(Math.min(2_000, 100 * attempt));
    }
  }
}

/** One notice to one recipient: composed, claimed, sent and recorded, each at its moment. */
export function buildSending(parts: PumpParts, { worker, stopping, sleep }: OnePump) {
  const { db, clock, log } = parts;
  const random = parts.random ?? Math.random;
  const observe = parts.observe ?? (() => {});
  const now = () => clock.now().epochMilliseconds;
  const shortestLeadMs = parts.leadMs ?? LEAD_MS;
  const lateMs = latenessOf(parts.rate);
  let leadMs = shortestLeadMs;
  let grew = Number.NEGATIVE_INFINITY;
  const soon = (begin: () => void) => void sleep(GATHERED_MS).then(begin);
  const claimed = together((leases: readonly Lease[]) => claim(db, leases, worker, now()), soon);
  const recorded = writtenTogether((sent: readonly Sent[]) => recordSent(db, sent, now()), soon);

  const until = async (moment: number): Promise<void> => {
    const wait = moment - now();
    if (wait > 0) await sleep(wait);
  };
  const { leave } = buildDepartures({ rate: parts.rate, now, until });

  async function send(lease: Lease): Promise<void> {
    const { row } = lease;
    const { content, error } = await composed(parts, row);
    if (error) {
      log.error({ err: error, kind: row.kind }, 'notice not composed');
      const held = databaseTrouble(error) !== undefined;
      await recordUncomposed(db, lease, worker, now(), random(), held);
      return;
    }
    await until(lease.at - leadMs - GATHERED_MS);
    if (content === undefined && row.operation !== 'delete') {
      await recordMoot(db, lease, now());
      return;
    }
    if (stopping() || isLate(lease)) {
      await release(db, row.id, worker);
      return;
    }
    try {
      if (!(await claimed(lease))) return;
    } catch (error) {
      // The claim may hold although its answer was lost: nothing was sent.
      await persist(() => recordMissed(db, lease, worker));
      throw error;
    }
    observe('claimed', row.id);
    await until(lease.at);
    if (isLate(lease)) {
      await persist(() => recordMissed(db, lease, worker));
      return;
    }
    try {
      const activityId = await leave(row.tenantId, () => perform(parts.messenger, lease, content));
      observe('posted', row.id);
      await persist(() => recorded({ lease, activityId }));
      observe('recorded', row.id);
    } catch (cause) {
      await failed(
        lease,
        cause instanceof DeliveryError ? cause : new DeliveryError('unknown', 'failed', { cause }),
      );
    }
  }

  /** Too late for its moment: sent now, it could be one too many in its second. Where that happens, more time is taken. */
  function isLate({ at }: Lease): boolean {
    const late = now() > at + lateMs;
    if (!late) leadMs = Math.max(shortestLeadMs, leadMs * 0.995);
    else if (Math.abs(now() - grew) >= GROWS_EVERY_MS) {
      grew = now();
      leadMs = Math.min(LONGEST_LEAD_MS, leadMs + Math.min(leadMs / 2, GROWS_AT_MOST_MS));
    }
    return late;
  }

  const persist = (write: () => Promise<unknown>) => untilWritten(write, sleep);

  async function failed(lease: Lease, error: DeliveryError): Promise<void> {
    const { row, conversation } = lease;
    const attempted = { ...row, attempts: row.attempts + 1, toPerson: row.objectId !== '' };
    const policy = parts.rules.get(row.kind)?.policy ?? 'once';
    const verdict = verdictOf(error, attempted, policy, random());
    log.warn(
      { kind: row.kind, reason: error.reason, verdict: verdict.kind, err: error },
      'delivery not made',
    );
    if (verdict.kind === 'reopen') await parts.messenger.reopen(conversation).catch(() => {});
    if (error.reason === 'suspended' || error.reason === 'removed')
      await persist(() =>
        parts.conversations.block(conversation.id, error.reason as 'suspended' | 'removed'),
      );
    await persist(() => recordFailure(db, lease, verdict, error, now(), random()));
    observe('recorded', row.id);
    if (error.reason === 'refused') await parts.refused?.(row.kind);
  }

  return { send, leadMs: () => leadMs + GATHERED_MS };
}

export const recipientOfRow = ({
  tenantId,
  objectId,
  conversationId,
}: Pick<Row, 'tenantId' | 'objectId' | 'conversationId'>): Recipient =>
  objectId ? recipientOf({ tenantId, objectId }) : { kind: 'conversation', tenantId, conversationId };

import type { Content } from '../../core/card.ts';
import type { Clock } from '../../core/clock.ts';
import { databaseTrouble } from '../../core/database-trouble.ts';
import { DeliveryError } from '../../core/errors.ts';
import { newId } from '../../core/id.ts';
import type { Messenger } from '../../core/messenger.ts';
import type { Conversations, Db, Log, Recipient } from '../../core/ports.ts';
import {
  claim,
  recordFailure,
  recordMissed,
  recordMoot,
  recordSent,
  recordUncomposed,
  release,
  sweep,
  sweepMistaken,
} from './record.ts';
import { forgetOld, type Lease, lanesDue, type Reserving, type Row, reserve } from './reserve.ts';
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

const IDLE_MS = 1_000;
const SWEEP_MS = 5_000;
const FORGET_MS = 600_000;
/** Reserved at a time: half a second's worth. */
const batchOf = (rate: number): number => Math.min(100, Math.max(2, Math.ceil(rate / 2)));
/** Sendings at once, so that a connector that is silent for its ten seconds does not hold up the rest. */
const mostAtOnce = (rate: number): number => Math.ceil(rate * 12);
const RECORD_TRIES = 60;
/** A notice is claimed this long before its moment, so that the moment is kept; longer where that does not do. */
const LEAD_MS = 250;
const LONGEST_LEAD_MS = 4_000;
/** What the unused part of the rate allows, over one second. */
const LATE_MS = 20;

export type Pump = ReturnType<typeof buildPump>;

/**
 * Sends what is due: reserves a moment, composes, claims, sends, records. Any number of pumps, in any number of
 * processes, share the work and the limits through the database.
 */
export function buildPump(parts: PumpParts) {
  const { db, clock, messenger, conversations, log, rules, rate } = parts;
  const sleep = parts.sleep ?? ((ms) => new Promise<void>((done) => setTimeout(done, ms)));
  const random = parts.random ?? Math.random;
  const observe = parts.observe ?? (() => {});
  const worker = newId();
  const running = new Set<Promise<void>>();
  let stopping = false;
  let looping: Promise<void> | undefined;
  let woken = Promise.withResolvers<void>();
  let leadMs = parts.leadMs ?? LEAD_MS;
  const shortestLeadMs = leadMs;
  let swept = 0;
  let forgot = 0;
  const now = () => clock.now().epochMilliseconds;

  /** Reserves for every tenant and starts the sendings; the milliseconds until there may be more. */
  async function round(): Promise<number> {
    if (Math.abs(now() - swept) >= SWEEP_MS) {
      swept = now();
      await sweep(db, rules, swept);
      await sweepMistaken(db, [...rules.keys()], swept);
    }
    if (Math.abs(now() - forgot) >= FORGET_MS) {
      forgot = now();
      await forgetOld(db, clock.now());
    }
    let waitMs = IDLE_MS;
    for (const tenant of await lanesDue(db, new Date(now()))) {
      if (running.size >= mostAtOnce(rate)) return 20;
      const reserved = await reserve(db, tenant, worker, now(), batchOf(rate), leadMs, parts);
      for (const lease of reserved.leases) {
        observe('leased', lease.row.id);
        const sending = send(lease)
          .catch((err: unknown) => log.error({ err, kind: lease.row.kind }, 'delivery failed'))
          .finally(() => running.delete(sending));
        running.add(sending);
      }
      waitMs = Math.min(waitMs, reserved.waitMs);
    }
    return waitMs;
  }

  async function send(lease: Lease): Promise<void> {
    const { row, conversation, activityId } = lease;
    const { content, error } = await composed(row);
    if (error) {
      log.error({ err: error, kind: row.kind }, 'notice not composed');
      const held = databaseTrouble(error) !== undefined;
      await recordUncomposed(db, lease, worker, now(), random(), held);
      return;
    }
    await until(lease.at - leadMs);
    if (content === undefined && row.operation !== 'delete') {
      await recordMoot(db, lease, now());
      return;
    }
    if (stopping || isLate(lease)) {
      await release(db, [row.id], worker);
      return;
    }
    try {
      if (!(await claim(db, lease, worker, now()))) return;
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
      const id = await perform(lease, content);
      observe('posted', row.id);
      await persist(() => recordSent(db, lease, id, now()));
      observe('recorded', row.id);
    } catch (cause) {
      await failed(
        lease,
        cause instanceof DeliveryError ? cause : new DeliveryError('unknown', 'failed', { cause }),
      );
    }
    async function perform({ row }: Lease, content: Content | undefined): Promise<string> {
      const said = row.shrunk && typeof content === 'object' ? content.summary : content;
      if (row.operation === 'post') return messenger.send(conversation, said ?? '');
      if (!activityId) throw new DeliveryError('unreachable', 'gone');
      if (row.operation === 'edit') await messenger.update(conversation, activityId, said ?? '');
      else await messenger.remove(conversation, activityId);
      return activityId;
    }
  }

  const until = async (moment: number): Promise<void> => {
    const wait = moment - now();
    if (wait > 0) await sleep(wait);
  };

  /** Too late for its moment: sent now, it could be one too many in its second. Where that happens, more time is taken. */
  function isLate({ at }: Lease): boolean {
    const late = now() > at + LATE_MS;
    leadMs = late ? Math.min(LONGEST_LEAD_MS, leadMs * 1.5) : Math.max(shortestLeadMs, leadMs * 0.995);
    return late;
  }

  async function composed(row: Row): Promise<{ content?: Content | undefined; error?: unknown }> {
    if (row.operation === 'delete') return {};
    try {
      return { content: await parts.compose(row.kind, row.subject, recipientOf(row)) };
    } catch (error) {
      return { error };
    }
  }

  async function failed(lease: Lease, error: DeliveryError): Promise<void> {
    const { row, conversation } = lease;
    const attempted = { ...row, attempts: row.attempts + 1, toPerson: row.objectId !== '' };
    const policy = rules.get(row.kind)?.policy ?? 'once';
    const verdict = verdictOf(error, attempted, policy, random());
    log.warn({ kind: row.kind, reason: error.reason, verdict: verdict.kind }, 'delivery not made');
    if (verdict.kind === 'reopen') await messenger.reopen(conversation).catch(() => {});
    if (error.reason === 'suspended' || error.reason === 'removed')
      await persist(() => conversations.block(conversation.id, error.reason as 'suspended' | 'removed'));
    await persist(() => recordFailure(db, lease, verdict, error, now(), random()));
    observe('recorded', row.id);
    if (error.reason === 'refused') await parts.refused?.(row.kind);
  }

  /** The database may be away for a while; what happened is written once it is back. */
  async function persist(write: () => Promise<unknown>): Promise<void> {
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

  async function loop(): Promise<void> {
    while (!stopping) {
      const waitMs = await round().catch((err: unknown) => {
        log.warn({ err }, 'delivery waits for the database');
        return IDLE_MS;
      });
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([
        woken.promise,
        new Promise<void>((done) => {
          timer = setTimeout(done, Math.min(waitMs, IDLE_MS));
        }),
      ]);
      clearTimeout(timer);
      woken = Promise.withResolvers<void>();
    }
  }

  return {
    start(): void {
      looping ??= loop();
    },
    /** There is something new: looks at once. */
    wake: (): void => woken.resolve(),
    /** Sends all that can be sent now. */
    async drain(): Promise<void> {
      for (;;) {
        const at = now();
        const waitMs = await round();
        if (running.size > 0) await Promise.all(running);
        else if (waitMs >= IDLE_MS) return;
        else {
          await sleep(waitMs);
          if (now() === at) return;
        }
      }
    },
    /** Lets the sendings under way end, at most a connector's ten seconds; the others are given back. */
    async stop(): Promise<void> {
      stopping = true;
      woken.resolve();
      await looping;
      await Promise.all(running);
    },
  };
}

export const recipientOf = ({
  tenantId,
  objectId,
  conversationId,
}: Pick<Row, 'tenantId' | 'objectId' | 'conversationId'>): Recipient =>
  objectId ? { kind: 'person', tenantId, objectId } : { kind: 'conversation', tenantId, conversationId };

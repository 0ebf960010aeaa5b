import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../core/ports/db.ts';
import type { Deliveries } from '../../core/ports/delivery.ts';
import type { Queue } from '../../core/ports/queue.ts';
import { type JobRoute, job } from '../../core/routes/jobs.ts';
import type { NoticeRoute } from '../../core/routes/notices.ts';
import { depthOf, healthOf } from './health.ts';
import { buildLedger, type Ledger } from './ledger.ts';
import { buildOwnData } from './own-data.ts';
import { buildPump } from './pump.ts';
import type { PumpParts } from './sending.ts';

export { buildConversations } from './conversations.ts';
export { listPossiblyTold } from './restored.ts';
export { deliveryRetention } from './retention.ts';
export type { Step } from './sending.ts';

const WAKE = 'delivery.wake';
/** The event of a refusal that no retry helps: the staff are to be told. */
const REFUSED = 'delivery.refused';

export interface DeliveryParts<S> extends Omit<PumpParts, 'rules' | 'compose' | 'refused'> {
  readonly queue: Queue;
  /** The kinds of notices that the features declare. */
  readonly notices: readonly NoticeRoute<S>[];
  readonly services: () => S;
}

export type Delivery = ReturnType<typeof buildDelivery>;

/** Telling many, once each: the ledger, and the pump that empties it. `on` is the same ledger on another handle. */
export function buildDelivery<S>({ queue, notices, services, ...parts }: DeliveryParts<S>) {
  const { db, clock } = parts;
  const routes = new Map(notices.map((route) => [route.kind, route]));
  const pump = buildPump({
    ...parts,
    rules: routes,
    refused: (kind) => db.transaction((tx) => queue.publish(tx, REFUSED, { kind })),
    async compose(kind, subject, recipient) {
      const route = routes.get(kind);
      if (!route) throw new Error(`no notice of kind ${kind}`);
      return route.compose(route.subject.parse(subject), recipient, services());
    },
  });
  const on = (handle: Db): Deliveries => ({
    ...buildLedger(handle, { clock, rules: routes, wake: (tx) => queue.enqueue(tx, WAKE, {}) }),
    ...buildOwnData(handle),
    health: () => healthOf(handle, clock),
    rate: parts.rate,
  });
  return { deliveries: on(db), pump, on, depth: (handle: Db) => depthOf(handle, clock) };
}

/** The ledger for who only writes in it: the process that sends looks at it by itself, within a second. */
export const ledgerAlone = <S>(db: Db, clock: Clock, notices: readonly NoticeRoute<S>[]): Ledger =>
  buildLedger(db, {
    clock,
    rules: new Map(notices.map((route) => [route.kind, route])),
    wake: async () => {},
  });

const Nothing = z.strictObject({});

/** The engine's own work in the queue: its alarm clock, rung with the transaction that makes something due. */
export const deliveryJobs = (wake: () => void): JobRoute<unknown>[] => [
  job(WAKE, Nothing, async () => wake()),
];

import type { Tx } from './db.ts';

/** Work for later, enqueued with the transaction that made it necessary. */
export interface Queue {
  enqueue(tx: Tx, name: string, payload: object, after?: Temporal.Instant): Promise<void>;
  /** Enqueues every job that features declared for an event. */
  publish(tx: Tx, event: string, payload: object): Promise<void>;
}

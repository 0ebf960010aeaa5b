import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../core/ports/log.ts';

/** Between two looks at the queues, in milliseconds: what nothing notifies, or a notification lost, waits so long. */
const LOOK_MS = 1_000;
/** Without an answer for so long, the queue does not work. */
const BELIEVED_MS = 10_000;

/**
 * One look a second at all the queues together, which wakes the workers of those where something is due: an instant
 * that came, the pause of a retry that ended, a notification that got lost. `due` returns their names.
 */
export function buildAlarm(due: () => Promise<readonly string[]>, wake: (queue: string) => void, log: Log) {
  const ended = new AbortController();
  let answeredAt = Number.NEGATIVE_INFINITY;
  let silent = false;

  async function look(): Promise<void> {
    try {
      for (const queue of await due()) wake(queue);
      answeredAt = performance.now();
      if (silent) log.info({}, 'the queue works again');
      silent = false;
    } catch (err) {
      if (!silent && !ended.signal.aborted) log.warn({ err }, 'the queue does not answer');
      silent = true;
    }
  }

  async function ring(): Promise<void> {
    for (;;) {
      await pause(LOOK_MS, undefined, { signal: ended.signal, ref: false }).catch(() => {});
      if (ended.signal.aborted) return;
      await look();
    }
  }

  return {
    /** Resolves after the first look. */
    async start(): Promise<void> {
      await look();
      void ring();
    },
    /** True while the last looks were answered. */
    answers: (): boolean => performance.now() - answeredAt < BELIEVED_MS,
    /** Looks no more. A look that is not answered is not waited for. */
    stop: (): void => ended.abort(),
  };
}

import type { Log } from '../core/ports/log.ts';
import { TooLate, within } from '../core/process/within.ts';
import type { Storage } from '../edges/storage/index.ts';
import type { Parts } from './assemble.ts';

/** From the signal to the end, whatever clients, turns and jobs hold: what runs us gives thirty seconds. */
export const LONGEST_STOP_MS = 25_000;

/**
 * Refuses new turns, finishes what is under way, closes: each step has its share of the time that is left before
 * `deadline`, in the milliseconds of `performance.now()`. `parts` is undefined when nothing was assembled.
 */
export async function stopping(
  parts: Parts | undefined,
  storage: Storage,
  deadline: number,
  log: Log,
): Promise<void> {
  const left = (share: number, mostMs: number) =>
    Math.max(100, Math.min(mostMs, (deadline - performance.now()) * share));
  const step = async (what: string, ms: number, work: () => Promise<unknown>): Promise<void> => {
    try {
      await within(ms, work);
    } catch (err) {
      log.warn({ step: what, ...(err instanceof TooLate ? {} : { err }) }, 'not finished before the end');
    }
  };
  if (parts) {
    const { endpoint, server, jobs, delivery, documents, services, work } = parts;
    // No turn waits for it.
    const sending = step('delivery', left(0.85, LONGEST_STOP_MS), delivery.pump.stop);
    await step('turns', left(0.4, 6_000), endpoint.drain);
    // Whoever waits for a document has its refusal while the answers under way still end.
    documents.close();
    await server.close(left(0.3, 2_000));
    await step('answers', left(0.3, 2_000), async () => {
      const lost = (await services.afterwards.settle()) + (await work.afterwards.settle());
      if (lost > 0) log.error({ lost }, 'what followed answers could not be written');
    });
    const jobsMs = left(0.8, 10_000);
    await Promise.all([step('jobs', jobsMs + 500, () => jobs.stop(jobsMs)), sending]);
  }
  await step('database', left(1, 2_000), storage.close);
}

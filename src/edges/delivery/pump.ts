import { newId } from '../../core/id.ts';
import { traced } from '../../core/process/trace.ts';
import { forgetOld, lanesDue, reserve } from './reserve.ts';
import { buildSending, type PumpParts } from './sending.ts';
import { sweep, sweepMistaken } from './sweep.ts';

const IDLE_MS = 1_000;
const SWEEP_MS = 5_000;
const FORGET_MS = 600_000;
/** Reserved at a time: a second's worth. */
const batchOf = (rate: number): number => Math.min(100, Math.max(2, Math.ceil(rate)));
/** Sendings at once, so that a connector that is silent for its ten seconds does not hold up the rest. */
const mostAtOnce = (rate: number): number => Math.ceil(rate * 12);

/**
 * Sends what is due: reserves a moment, composes, claims, sends, records. Any number of pumps, in any number of
 * processes, share the work and the limits through the database.
 */
export function buildPump(parts: PumpParts) {
  const { db, clock, log, rules, rate } = parts;
  const sleep = parts.sleep ?? ((ms) => new Promise<void>((done) => setTimeout(done, ms)));
  const observe = parts.observe ?? (() => {});
  const worker = newId();
  const running = new Set<Promise<void>>();
  let stopping = false;
  let looping: Promise<void> | undefined;
  let woken = Promise.withResolvers<void>();
  let swept = 0;
  let forgot = 0;
  const now = () => clock.now().epochMilliseconds;
  const { send, leadMs } = buildSending(parts, { worker, stopping: () => stopping, sleep });

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
      const reserved = await reserve(db, tenant, worker, now(), batchOf(rate), leadMs(), parts);
      for (const lease of reserved.leases) {
        observe('leased', lease.row.id);
        const sending = traced(lease.row.trace, `delivery ${lease.row.kind}`, () => send(lease))
          .catch((err: unknown) =>
            log.error({ err, kind: lease.row.kind, trace: lease.row.trace }, 'delivery failed'),
          )
          .finally(() => running.delete(sending));
        running.add(sending);
      }
      waitMs = Math.min(waitMs, reserved.waitMs);
    }
    return waitMs;
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

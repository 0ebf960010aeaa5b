import type { Log } from '../ports/log.ts';
import { databaseTrouble } from '../rows/database-trouble.ts';

/** What is written down once the person has the answer: it neither delays nor fails a turn. */
export interface Afterwards {
  /**
   * Writes now, or once the database can again. Never throws: a failure is logged once. `work` may run
   * more than once, and what is kept under the same key is replaced.
   */
  write(key: string, work: () => Promise<unknown>): Promise<void>;
  /** Tries all that is kept, once; how much is still kept. */
  settle(): Promise<number>;
}

/** Kept in memory at most. */
const MOST = 5_000;
const PAUSE_MS = 1_000;

export function buildAfterwards(log: Log, most = MOST, pauseMs = PAUSE_MS): Afterwards {
  const kept = new Map<string, () => Promise<unknown>>();
  let round: Promise<number> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let written = 0;

  /** False when the database could not; anything else that fails would fail again. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (err) {
      const trouble = databaseTrouble(err);
      if (!trouble) log.error({ err }, 'not written after the answer');
      else if (kept.size === 0)
        log.warn({ err, trouble }, 'what follows answers is kept until it can be written');
      return trouble === undefined;
    }
  }

  function keep(key: string, work: () => Promise<unknown>): void {
    kept.delete(key);
    kept.set(key, work);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) {
      kept.delete(oldest);
      log.error({ most }, 'too much waits for the database: the oldest is given up');
    }
    timer ??= setTimeout(settle, pauseMs).unref();
  }

  async function tryAll(): Promise<number> {
    for (const [key, work] of [...kept]) {
      const done = await attempt(work);
      if (kept.get(key) !== work) continue;
      kept.delete(key);
      if (!done) {
        // Behind the others: one that is held up does not hold them up.
        keep(key, work);
        break;
      }
      written++;
    }
    if (kept.size === 0 && written > 0) {
      log.info({ written }, 'what was kept is written');
      written = 0;
    }
    return kept.size;
  }

  function settle(): Promise<number> {
    clearTimeout(timer);
    timer = undefined;
    round ??= tryAll().finally(() => {
      round = undefined;
      if (kept.size > 0) timer ??= setTimeout(settle, pauseMs).unref();
    });
    return round;
  }

  return {
    async write(key, work) {
      if (kept.size > 0 || !(await attempt(work))) keep(key, work);
    },
    settle,
  };
}

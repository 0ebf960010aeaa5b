/** More of one person's work waits than anybody sends who works. */
export class Crowded extends Error {
  constructor() {
    super('too much waits for one person');
    this.name = 'Crowded';
  }
}

/**
 * A few at once of each: whoever sends much waits for themselves, and takes no connection from anybody else. Beyond so
 * many that wait, what comes is refused at once.
 */
export function buildFairness(atOnce: number, waiting: number) {
  const working = new Map<string, number>();
  const queues = new Map<string, (() => void)[]>();

  function enter(key: string): Promise<void> | undefined {
    const now = working.get(key) ?? 0;
    if (now < atOnce) {
      working.set(key, now + 1);
      return undefined;
    }
    const queue = queues.get(key) ?? [];
    if (queue.length >= waiting) throw new Crowded();
    queues.set(key, queue);
    return new Promise((resolve) => queue.push(resolve));
  }

  /** The next one takes the place over; the last one leaves nothing behind. */
  function leave(key: string): void {
    const next = queues.get(key)?.shift();
    if (next) {
      next();
      return;
    }
    queues.delete(key);
    const left = (working.get(key) ?? 1) - 1;
    if (left > 0) working.set(key, left);
    else working.delete(key);
  }

  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    await enter(key);
    try {
      return await work();
    } finally {
      leave(key);
    }
  };
}

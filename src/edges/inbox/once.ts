interface Remembered<T> {
  readonly result: Promise<T>;
  readonly at: number;
}

const TEN_MINUTES_MS = 600_000;
const CAPACITY = 20_000;

/**
 * Runs a piece of work once per key within ten minutes; whoever comes back with the same key, even
 * while it runs, receives the first result. Work that failed may be tried again. Teams delivers some
 * activities twice.
 */
export function buildOnce<T>(now: () => number) {
  const seen = new Map<string, Remembered<T>>();

  return (key: string, work: () => Promise<T>): Promise<T> => {
    for (const [oldest, { at }] of seen) {
      if (now() - at < TEN_MINUTES_MS && seen.size < CAPACITY) break;
      seen.delete(oldest);
    }
    const before = seen.get(key);
    if (before) return before.result;
    const result = work();
    seen.set(key, { result, at: now() });
    result.catch(() => seen.delete(key));
    return result;
  };
}

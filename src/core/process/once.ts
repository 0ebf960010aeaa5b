interface Remembered<T> {
  readonly result: Promise<T>;
  readonly at: number;
}

/** How long what was done is remembered. */
export const REMEMBERED_MINUTES = 10;
const REMEMBERED_MS = REMEMBERED_MINUTES * 60_000;
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
      if (now() - at < REMEMBERED_MS && seen.size < CAPACITY) break;
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

/** Something did not end in the time that it was given. */
export class TooLate extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
    this.name = 'TooLate';
  }
}

/** What some work gives; rejects with `TooLate` when it takes longer than so many milliseconds. */
export async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  // After a moment in which this process itself was held up, what has arrived meanwhile is read first.
  const timer = setTimeout(() => setImmediate(() => late.reject(new TooLate(ms))), ms);
  try {
    return await Promise.race([work(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

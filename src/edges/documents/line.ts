import { CourtierError } from '../../core/errors.ts';

export interface LineLimits {
  /** How many may wait for their turn. */
  readonly waiting: number;
  /** How long one waits for it, in milliseconds. */
  readonly waitMs: number;
}

const tooMany = () =>
  new CourtierError(
    'unavailable',
    'Plusieurs documents sont déjà en préparation. Veuillez réessayer dans une minute.',
  );
export const stopping = () =>
  new CourtierError('unavailable', 'Courtier redémarre. Veuillez réessayer dans une minute.');

/** One piece of work at a time, the others in their order; at most so many wait, and each so long. */
export function buildLine(limits: LineLimits) {
  const waiting: { begin(): void; refuse(error: Error): void }[] = [];
  let closed = false;
  let working = false;

  async function turn(gone: AbortSignal | undefined): Promise<void> {
    gone?.throwIfAborted();
    if (closed) throw stopping();
    if (!working) {
      working = true;
      return;
    }
    if (waiting.length >= limits.waiting) throw tooMany();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const one = { begin: resolve, refuse: reject };
    const leave = (error: Error) => {
      const at = waiting.indexOf(one);
      if (at < 0) return;
      waiting.splice(at, 1);
      reject(error);
    };
    const left = () => leave(gone?.reason);
    const late = setTimeout(() => leave(tooMany()), limits.waitMs).unref();
    gone?.addEventListener('abort', left);
    waiting.push(one);
    await promise.finally(() => {
      clearTimeout(late);
      gone?.removeEventListener('abort', left);
    });
  }

  function next(): void {
    const following = waiting.shift();
    if (following) following.begin();
    else working = false;
  }

  return {
    /**
     * What some work gives, once it is its turn. Throws a `CourtierError` when too many wait, and why whoever waited is
     * `gone`.
     */
    async inTurn<T>(gone: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
      await turn(gone);
      try {
        return await work();
      } finally {
        next();
      }
    },

    /** Refuses what waits, and what comes. */
    close(): void {
      closed = true;
      for (const { refuse } of waiting.splice(0)) refuse(stopping());
    },
  };
}

import { limitOf, SECOND_MS } from './limits.ts';

/** By how much more than another a request may be held on its way, in milliseconds: less than what a pace leaves free. */
const HELD_MS = 9;

export interface Leaving {
  /** Sendings per second and tenant. */
  readonly rate: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly until: (moment: number) => Promise<void>;
}

/**
 * What a process lets go. A sending may leave later than its moment, and the machine may hold it once more on its way
 * out: the one that ends its second waits for as long. Processes share a pace by the moments that they reserve; this
 * holds for what one of them sends.
 */
export function buildDepartures({ rate, now, until }: Leaving) {
  const limit = limitOf(rate);
  /** When the last ones of each tenant left, in their order. */
  const left = new Map<string, { at: number }[]>();

  function next(tenantId: string): { at: number } {
    const recent = left.get(tenantId) ?? [];
    const from = now();
    const first = recent.at(-limit);
    // One that has not left yet was noted before the clock was set back.
    const known = first !== undefined && first.at <= from;
    const departure = { at: known ? Math.max(from, first.at + SECOND_MS + HELD_MS) : from };
    left.set(tenantId, [...recent.slice(1 - limit), departure]);
    return departure;
  }

  return {
    /** Sends to a tenant as soon as no second would have more than the published limit. */
    async leave<T>(tenantId: string, send: () => Promise<T>): Promise<T> {
      const departure = next(tenantId);
      await until(departure.at);
      const sent = send();
      // Over a connection that is open, with a token that is known, it is on its way by then.
      setImmediate(() => {
        departure.at = now();
      });
      return sent;
    },
  };
}

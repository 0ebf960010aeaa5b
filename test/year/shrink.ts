import type { Sizes } from './cast.ts';
import type { Law } from './law.ts';
import type { Happening } from './plan.ts';
import { type Living, live, type Outcome } from './year.ts';

/** A failure with what is left of its history. */
export interface Shrunk {
  readonly plan: readonly Happening[];
  readonly outcome: Outcome;
  /** How many histories were lived to find it. */
  readonly lived: number;
}

interface Shrinking {
  readonly laws?: readonly Law[];
  readonly spoil?: Living['spoil'];
  readonly instead?: Living['instead'];
  readonly store?: Living['store'];
  /** At most so many histories are lived. */
  readonly most?: number;
  readonly progress?: (left: number, lived: number) => void;
}

/**
 * The shortest history that was found in which the same law does not hold: what came after goes, then ever smaller
 * pieces of what came before, then presses. Each happening draws from a seed of its own: without one, the others are as
 * they were.
 */
export async function shrink(
  seed: number,
  sizes: Sizes,
  plan: readonly Happening[],
  failed: Outcome,
  { laws, spoil, instead, store, most = 40, progress = () => {} }: Shrinking = {},
): Promise<Shrunk> {
  const law = failed.failure?.law;
  let best: Shrunk = {
    plan: plan.slice(0, (failed.failure?.after ?? plan.length) + 1),
    outcome: failed,
    lived: 0,
  };
  let lived = 0;
  async function fails(tried: readonly Happening[]): Promise<boolean> {
    lived++;
    const outcome = await live(seed, sizes, {
      plan: tried,
      ...(laws && { laws }),
      ...(spoil && { spoil }),
      ...(instead && { instead }),
      ...(store && { store }),
    });
    progress(tried.length, lived);
    if (!outcome.failure || outcome.failure.law !== law) return false;
    best = { plan: tried.slice(0, outcome.failure.after + 1), outcome, lived };
    return true;
  }
  for (let size = Math.ceil(best.plan.length / 2); size >= 1 && lived < most; ) {
    let removed = false;
    for (let from = 0; from < best.plan.length && lived < most; ) {
      const without = [...best.plan.slice(0, from), ...best.plan.slice(from + size)];
      if (without.length < best.plan.length && (await fails(without))) removed = true;
      else from += size;
    }
    if (!removed || size === 1) size = size === 1 ? 0 : Math.floor(size / 2);
    else size = Math.min(size, Math.ceil(best.plan.length / 2));
  }
  for (let at = 0; at < best.plan.length && lived < most; at++) {
    const { [at]: session } = best.plan;
    if (!session || session.steps < 2) continue;
    await fails(
      best.plan.map((each, n) => (n === at ? { ...each, steps: Math.floor(each.steps / 2) } : each)),
    );
  }
  return { ...best, lived };
}

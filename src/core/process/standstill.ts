/** How often one looks whether the process still runs. */
const LOOK_MS = 250;

/**
 * How long, in milliseconds, this process stood still from now to `end`: stopped, or too busy to look at anything. What
 * it waited for meanwhile may have come in time, and have been found too late.
 */
export function watchStandstill(): { end(): number } {
  let stillMs = 0;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    stillMs += Math.max(0, now - last - LOOK_MS);
    last = now;
  };
  const timer = setInterval(look, LOOK_MS).unref();
  return {
    end() {
      clearInterval(timer);
      look();
      return stillMs;
    },
  };
}

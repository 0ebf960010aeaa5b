/** So many errors in so many milliseconds are no mishap: each worker that cannot fetch says so every two seconds. */
const MANY = 3;
const LATELY_MS = 5_000;

/** Whether what repeats itself fails again and again. `now` is in milliseconds. */
export function buildPulse(now: () => number = () => performance.now()) {
  let errors: number[] = [];
  const lately = () => errors.filter((at) => now() - at < LATELY_MS);
  return {
    failed(): void {
      errors = [...lately(), now()].slice(-MANY);
    },
    fails: (): boolean => lately().length >= MANY,
  };
}

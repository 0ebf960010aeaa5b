import type { Clock } from '../../src/core/clock.ts';

/** Time that stands still until a test moves it. */
export function fakeClock(
  start = '2026-11-23T15:00:00Z',
): Clock & { advance(duration: Temporal.DurationLike): void } {
  let now = Temporal.Instant.from(start);
  return {
    now: () => now,
    advance(duration) {
      now = now.toZonedDateTimeISO('America/Toronto').add(duration).toInstant();
    },
  };
}

/** The time of the machine, that a test may put forward. */
export function movableClock(): Clock & { forward(to: Temporal.Instant): void } {
  let ahead = new Temporal.Duration();
  const now = () => Temporal.Now.instant().add(ahead);
  return {
    now,
    forward(to) {
      ahead = ahead.add(now().until(to));
    },
  };
}

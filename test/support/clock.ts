import type { Clock } from '../../src/core/clock.ts';

interface FakeClock extends Clock {
  /** The date and the hour that a clock on the wall shows. */
  local(): Temporal.ZonedDateTime;
  today(): Temporal.PlainDate;
  advance(duration: Temporal.DurationLike): void;
}

/** Time that stands still until a test moves it. */
export function fakeClock(start = '2026-11-23T15:00:00Z'): FakeClock {
  let now = Temporal.Instant.from(start);
  const local = () => now.toZonedDateTimeISO('America/Toronto');
  return {
    now: () => now,
    local,
    today: () => local().toPlainDate(),
    advance(duration) {
      now = local().add(duration).toInstant();
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

/** The day that « 2026-12-01 » names. */
export const plainDate = (isoDate: string): Temporal.PlainDate => Temporal.PlainDate.from(isoDate);

/** The day that a moment is in a zone. */
export const dateIn = (at: Temporal.Instant | Date, timeZone: string): Temporal.PlainDate =>
  (at instanceof Date ? at.toTemporalInstant() : at).toZonedDateTimeISO(timeZone).toPlainDate();

export const isBefore = (one: Temporal.PlainDate, other: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(one, other) < 0;

export const earlierOf = (one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate =>
  isBefore(other, one) ? other : one;

export const laterOf = (one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate =>
  isBefore(one, other) ? other : one;

/** Which reminders of a meeting may be put off. */
export const DEFERRABLE = ['prepare', 'dayBefore', 'after'] as const;
export type Deferrable = (typeof DEFERRABLE)[number];

export const isDeferrable = (what: string): what is Deferrable => DEFERRABLE.some((each) => each === what);

/** Whether a reminder is still one at an instant: what comes before the meeting is not, once it began. */
export const staysTrue = (what: Deferrable, at: Temporal.Instant, startsAt: Date | null): boolean =>
  what === 'after' || (startsAt !== null && at.epochMilliseconds < startsAt.getTime());

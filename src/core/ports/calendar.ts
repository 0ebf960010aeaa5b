/** A stretch of time, its end excluded. */
export interface Interval {
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
}

/** A meeting to enter in the broker's calendar. */
export interface Meeting extends Interval {
  /** Stable for ever: entered twice under the same id, it is one event. A UUID. */
  readonly id: string;
  readonly subject: string;
  /** Paragraphs of plain text. */
  readonly body: readonly string[];
  /** Those who are invited by e-mail; the broker is its organizer. */
  readonly attendees: readonly { readonly name: string; readonly email: string }[];
}

/** The broker's calendar. Nothing is read of it but when it is busy. Throws when it may be tried again. */
export interface Calendar {
  /** When the broker is not free between two instants: for some calendars, nothing but what the assistant knows itself. */
  busy(between: Interval): Promise<readonly Interval[]>;
  /** Enters a meeting, or finds it entered already: its event, and the link to join it when there is one. */
  enter(meeting: Meeting): Promise<{ readonly event: string; readonly joinUrl: string | undefined }>;
  /** Takes an event out; one that is gone already is no error. */
  remove(event: string): Promise<void>;
}

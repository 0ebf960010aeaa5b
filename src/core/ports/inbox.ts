/** What an event was answered, to give again: JSON, or nothing. */
export type Answer = object | undefined;

/** An event that this process works on. */
export interface Lease {
  /** False once another process took it up from this one, which seemed dead: nothing more is to be said here. */
  isOurs(): Promise<boolean>;
}

/** What arrives: each event is worked on once, however often it is delivered and to however many processes. */
export interface Inbox {
  /**
   * Does the work of an event, unless it was done or is being done, here or elsewhere; its answer either way. An answer
   * that does not stand any more, by what it is and its age in milliseconds, is not given: the work is done again.
   * Work that throws may be done again.
   */
  once(
    key: string,
    work: (lease: Lease) => Promise<Answer>,
    stands?: (answer: Answer, ageMs: number) => boolean,
  ): Promise<Answer>;
}

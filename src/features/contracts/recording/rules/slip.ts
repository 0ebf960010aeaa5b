interface Ended {
  readonly terminatedOn: string | null;
  readonly finalSignedOn: string | null;
}

interface Done {
  /** Why there was nothing to do. */
  readonly whyNot: string | null;
  readonly undated: boolean;
}

/**
 * Whether a contract has served since it was noted, as far as its end and its duties tell: it is then no slip. What was
 * only said of the days before is not counted.
 */
export const hasServed = ({ terminatedOn, finalSignedOn }: Ended, done: readonly Done[]): boolean =>
  terminatedOn !== null || finalSignedOn !== null || done.some(({ whyNot, undated }) => !whyNot && !undated);

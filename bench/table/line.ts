/** One row of the table: what is measured, the goal, what it was when the goal was set, and what it stands beside. */
export interface Row {
  /** Names it in the document. */
  readonly id: string;
  readonly what: string;
  readonly goal: string;
  readonly before: string;
  readonly peer: string;
}

/** What was found for a row: figures as they are read, and whether the goal is met. */
export interface Finding {
  readonly now: string;
  readonly kept: boolean;
}
/** By the ids of the rows. */
export type Findings = Readonly<Record<string, Finding>>;

/** What is measured together, in a process of its own. */
export interface Line {
  /** `npm run bench table ID`. */
  readonly id: string;
  readonly rows: readonly Row[];
  /** Given up after so many minutes. */
  readonly minutes: number;
  /** On a copy of the large office. */
  readonly office?: true;
  /** Measured only when it is asked for by its name. */
  readonly apart?: true;
  readonly measure: () => Promise<Findings>;
}

/** A number as one reads it in French. */
export const french = (value: number, digits = 1): string =>
  value.toLocaleString('fr-CA', { minimumFractionDigits: digits, maximumFractionDigits: digits });
/** How many times a peer's. */
export const times = (ratio: number): string => `${french(ratio, 2)} ×`;

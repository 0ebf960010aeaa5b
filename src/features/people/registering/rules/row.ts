/** A body as a line of a register says it. */
export interface RegisterRow {
  /** The line of the file, counted from 1. */
  readonly line: number;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: string | null;
  readonly rcti: boolean | null;
  readonly tenants: readonly string[];
  readonly contacts: readonly { readonly name: string; readonly email: string }[];
}

/** What is to be corrected in a register, and in which cell: « B7 ». */
export interface RegisterProblem {
  readonly cell: string;
  readonly sentence: string;
}

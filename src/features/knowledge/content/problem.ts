/** What is wrong with a file of the content. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  /** What is wrong, in French, for the person who edits the file. */
  readonly sentence: string;
}

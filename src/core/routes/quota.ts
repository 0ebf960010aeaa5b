/**
 * How often something may be done in a day, by one person, for one body, from one tenant. The figures are far above what
 * anybody does who works; `why` says what they were measured by.
 */
export interface Quota {
  /** One of what is counted, and several: « commentaire », « commentaires ». */
  readonly noun: readonly [string, string];
  readonly person: number;
  readonly body: number;
  readonly tenant: number;
  readonly why: string;
  /**
   * The staff's channel is told of each, up to so many a person and a day; of the rest together, with the command that
   * lists them.
   */
  readonly told?: { readonly apart: number; readonly command: string };
}

/** Why something that is created is not counted. */
export interface Uncounted {
  readonly uncounted: string;
}

/** How the staff's channel hears of what was just done: by a card of its own, or by the one that counts a person's many. */
export type Told = 'apart' | 'together';

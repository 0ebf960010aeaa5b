import { createHash } from 'node:crypto';

/**
 * Where a supplier's sheet of a year stands. `behind`: released, and somebody answered since. `short`: too few bodies
 * answered for one.
 */
export const SHEET_STATES = ['ready', 'behind', 'released', 'withdrawn', 'short'] as const;
export type SheetState = (typeof SHEET_STATES)[number];

/** What is done to many sheets at once. */
export const SHEET_ACTS = ['release', 'withdraw'] as const;
export type SheetAct = (typeof SHEET_ACTS)[number];

/** Which sheets the staff look at; what is empty narrows nothing. */
export interface SheetFilter {
  /** The id of a campaign that asked about the supplier. */
  readonly campaign: string;
  readonly supplier: string;
  readonly year: string;
  readonly state: SheetState | 'all';
}

export const EVERY_SHEET: SheetFilter = { campaign: '', supplier: '', year: '', state: 'all' };

/** A sheet as the staff see it in a list. */
export interface Sheet {
  readonly supplier: string;
  readonly name: string;
  readonly year: number;
  readonly state: SheetState;
  /** How many bodies its results tell of. */
  readonly bodies: number;
  /** The number of the release that is seen, 0 for none. */
  readonly seen: number;
  /** When it was released last. */
  readonly at: Date | null;
}

/** « airelle:2026 ». */
export const keyOfSheet = ({ supplier, year }: Pick<Sheet, 'supplier' | 'year'>): string =>
  `${supplier}:${year}`;

/** Whether an act has something to do with a sheet. */
export const concerns = (act: SheetAct, { state }: Pick<Sheet, 'state'>): boolean =>
  act === 'withdraw'
    ? state === 'released' || state === 'behind'
    : state === 'ready' || state === 'behind' || state === 'withdrawn';

/** What the confirmation of an act was drawn from: another one where a sheet came, went or moved since. */
export const marksOf = (sheets: readonly Sheet[]): string =>
  createHash('sha256')
    .update(JSON.stringify(sheets.map((sheet) => [keyOfSheet(sheet), sheet.seen, sheet.state]).sort()))
    .digest('hex');

/** A sheet of an order, as it was seen when it was asked for. */
export interface OrderedSheet {
  readonly supplier: string;
  readonly year: number;
  readonly name: string;
  readonly seen: number;
}

/** A sheet that could not be released, and why. */
export interface LeftSheet extends Pick<OrderedSheet, 'supplier' | 'year' | 'name'> {
  readonly why: string;
}

export const ORDER_STATES = ['proposed', 'returned', 'approved', 'done', 'dropped'] as const;

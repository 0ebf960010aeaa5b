import type { Interval } from './calendar.ts';

/** What a cell holds. Amounts are numbers of dollars; days and moments sort as such, and are shown in French. */
export type Cell = string | number | Temporal.PlainDate | Temporal.PlainDateTime;

export type Row = readonly Cell[];

/** The rows of a table: all of them, or, where they may be many, parts of them as they are asked for. */
export type Rows = readonly Row[] | AsyncIterable<readonly Row[]>;

/** A table of a workbook; each column says how it is shown. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly {
    readonly title: string;
    readonly width: number;
    readonly kind?: 'money' | 'percent' | 'day' | 'moment';
    /** Its numbers are added up below the table, those that a filter leaves. */
    readonly total?: true;
    /** Each number has a bar of its length behind it. */
    readonly bar?: true;
    /** One column less another, counted from 0, once the first of them is filled in. */
    readonly difference?: { readonly of: number; readonly less: number };
  }[];
  readonly rows: Rows;
  /** A bar for each row, below the table: the columns of its labels and of its values, counted from 0. */
  readonly chart?: { readonly title: string; readonly labels: number; readonly values: number };
  /** Its cells are read again by a program: they hold what they were given, without typography. */
  readonly asTyped?: true;
  /** Lines above the table: what it is, of when. */
  readonly heading?: readonly string[];
}

/** A text to print: a title, and sections of paragraphs and tables. */
export interface TextDocument {
  readonly title: string;
  readonly subtitle: string;
  /** The public body whose document it is, at the top of each page. */
  readonly organization?: string | undefined;
  readonly sections: readonly {
    readonly heading: string;
    readonly paragraphs: readonly string[];
    /** After the paragraphs; the first row is its header. */
    readonly table?: readonly (readonly string[])[];
  }[];
  /** Who signs it, at its end: each has a place for a name, a signature and a date. */
  readonly signatures?: readonly string[];
}

/** Something in a calendar: between two instants, or a whole day. */
export interface CalendarItem {
  /** Stable for ever: an item that comes again under its id replaces the other. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly when: Interval | Temporal.PlainDate;
  readonly url?: string;
  /** Minutes before it when the calendar recalls it. */
  readonly alarms?: readonly number[];
  readonly cancelled?: boolean;
  /** Items of the same calendar that say the same: this one stands in their place. */
  readonly insteadOf?: readonly string[];
  /** Grows with each change. */
  readonly sequence?: number;
}

/** A sheet that somebody filled: its cells as text, each at the place that it has in the file. */
export interface Grid {
  readonly name: string;
  /** Row 1 is the first; a cell that was left empty is ''. */
  readonly rows: readonly (readonly string[])[];
}

/** A file of an archive. */
export interface Unpacked {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Files for people to keep, and those that they fill. A `CourtierError` says so when too many are being made for one to
 * wait.
 */
export interface Documents {
  /** The sheets of a workbook (.xlsx), or the only one of a .csv. Throws a `CourtierError` for what cannot be read. */
  read(name: string, bytes: Uint8Array): Promise<readonly Grid[]>;
  /** The files of a .zip, by name, hidden ones left out. Throws a `CourtierError` for what cannot be read. */
  unpack(bytes: Uint8Array, most: number): Promise<readonly Unpacked[]>;
  /** An .xlsx workbook; not made any further once whoever asked for it is gone. */
  workbook(sheets: readonly Sheet[], gone?: AbortSignal): Promise<Uint8Array>;
  /** A .docx document. */
  text(document: TextDocument, gone?: AbortSignal): Promise<Uint8Array>;
  /** An iCalendar text (RFC 5545). */
  agenda(name: string, items: readonly CalendarItem[], now: Temporal.Instant): Promise<string>;
}

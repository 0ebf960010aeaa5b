import type { CourtierError } from '../../core/errors.ts';
import type { Grid, TextDocument, Unpacked } from '../../core/ports/documents.ts';
import type { PlainRow, PlainSheet } from './rows.ts';

/** What the thread of documents is asked for, one after the other. */
export type Order =
  | { readonly what: 'workbook'; readonly sheets: readonly Omit<PlainSheet, 'rows'>[] }
  | { readonly what: 'text'; readonly document: TextDocument }
  | { readonly what: 'read'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly what: 'unpack'; readonly bytes: Uint8Array; readonly most: number };

/** What each of them comes to. */
export interface Made {
  readonly workbook: Uint8Array;
  readonly text: Uint8Array;
  readonly read: readonly Grid[];
  readonly unpack: readonly Unpacked[];
}

/** What it is told: an order, then each part of the rows that it asks for; nothing after the last one. */
export type Told = { readonly order: Order } | { readonly part: readonly PlainRow[] | undefined };

/** What it says: of which sheet it wants rows, what it made, or why it could not; `kind` of what a person is told. */
export type Said =
  | { readonly wants: number }
  | { readonly made: Made[Order['what']] }
  | {
      readonly failed: {
        readonly kind: CourtierError['kind'] | undefined;
        readonly message: string;
        readonly stack: string | undefined;
      };
    };

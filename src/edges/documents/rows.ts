import type { Cell, Rows, Sheet } from '../../core/ports/documents.ts';
import { mapParts, readParts } from '../../core/process/parts.ts';

/** A cell as a spreadsheet keeps it, and as it goes from thread to thread: a day is midnight of it, UTC. */
export type PlainCell = string | number | Date;
export type PlainRow = readonly PlainCell[];

/** A table whose rows come in parts, each when the one before it was written. */
export interface PlainSheet extends Omit<Sheet, 'rows'> {
  readonly rows: AsyncIterable<readonly PlainRow[]>;
}

/** A spreadsheet knows no zone. */
function plain(cell: Cell): PlainCell {
  if (typeof cell !== 'object') return cell;
  const moment = cell instanceof Temporal.PlainDate ? cell.toPlainDateTime() : cell;
  return new Date(moment.toZonedDateTime('UTC').epochMilliseconds);
}

function partsOf(rows: Rows): AsyncIterable<readonly PlainRow[]> {
  const parts = Symbol.asyncIterator in rows ? rows : readParts(rows, async (some) => some);
  return mapParts(parts, (row) => row.map(plain));
}

export const plainSheet = (sheet: Sheet): PlainSheet => ({ ...sheet, rows: partsOf(sheet.rows) });

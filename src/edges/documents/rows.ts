import type { Cell, Rows, Sheet } from '../../core/ports.ts';

/** A cell as a spreadsheet keeps it, and as it goes from thread to thread: a day is midnight of it, UTC. */
export type PlainCell = string | number | Date;
export type PlainRow = readonly PlainCell[];

/** A table whose rows come in parts, each when the one before it was written. */
export interface PlainSheet extends Omit<Sheet, 'rows'> {
  readonly rows: AsyncIterable<readonly PlainRow[]>;
}

/** As many as are handed on at once without holding up anything else. */
const PART = 250;

/** A spreadsheet knows no zone. */
function plain(cell: Cell): PlainCell {
  if (typeof cell !== 'object') return cell;
  const moment = cell instanceof Temporal.PlainDate ? cell.toPlainDateTime() : cell;
  return new Date(moment.toZonedDateTime('UTC').epochMilliseconds);
}

async function* partsOf(rows: Rows): AsyncGenerator<readonly PlainRow[]> {
  if (Symbol.asyncIterator in rows) {
    for await (const part of rows) yield part.map((row) => row.map(plain));
    return;
  }
  for (let from = 0; from < rows.length; from += PART)
    yield rows.slice(from, from + PART).map((row) => row.map(plain));
}

export const plainSheet = (sheet: Sheet): PlainSheet => ({ ...sheet, rows: partsOf(sheet.rows) });

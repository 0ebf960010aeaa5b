import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import type { Row, Sheet } from '../../src/core/ports/documents.ts';

/** A workbook (.xlsx), as a spreadsheet would open it. */
export async function workbookOf(document: Uint8Array | string): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.read(Readable.from([document]));
  return book;
}

/** All the rows of a table that is to be written, whether they come in parts or not. */
export const rowsOf = async ({ rows }: Pick<Sheet, 'rows'>): Promise<readonly Row[]> =>
  Symbol.asyncIterator in rows ? (await Array.fromAsync(rows)).flat() : rows;

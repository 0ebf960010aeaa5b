import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';

/** A workbook (.xlsx), as a spreadsheet would open it. */
export async function workbookOf(document: Uint8Array | string): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.read(Readable.from([document]));
  return book;
}

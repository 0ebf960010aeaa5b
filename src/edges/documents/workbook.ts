import { createRequire } from 'node:module';
import { cleanText } from '../../core/intake.ts';
import type { Sheet } from '../../core/ports.ts';

/** Loaded with the first workbook, not at the start. */
const library = () => createRequire(import.meta.url)('exceljs') as typeof import('exceljs');

/** In Canadian French wherever the file is opened. */
const FORMATS = { money: '[$-C0C]#,##0.00\\ "$"', percent: '[$-C0C]0.##\\ "%"' } as const;

/**
 * An .xlsx workbook: bold frozen header, filters, columns as wide as asked. A text that a spreadsheet
 * would take for a formula stays a text.
 */
export async function workbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { Workbook } = library();
  const book = new Workbook();
  book.creator = 'Courtier';
  for (const { name, columns, rows, heading = [] } of sheets) {
    const top = heading.length === 0 ? 1 : heading.length + 2;
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: top }] });
    sheet.pageSetup = { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
    heading.forEach((line, at) => {
      const cell = sheet.getCell(at + 1, 1);
      cell.value = cleanText(line);
      cell.font = at === 0 ? { bold: true, size: 14 } : { italic: true };
    });
    columns.forEach(({ title, width, kind }, at) => {
      const column = sheet.getColumn(at + 1);
      column.width = width;
      if (kind) column.numFmt = FORMATS[kind];
      const cell = sheet.getCell(top, at + 1);
      cell.value = cleanText(title);
      cell.font = { bold: true };
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE6EEF7' } };
      cell.alignment = { wrapText: true, vertical: 'middle' };
    });
    rows.forEach((row, at) => {
      row.forEach((value, column) => {
        const cell = sheet.getCell(top + 1 + at, column + 1);
        cell.value = typeof value === 'string' ? cleanText(value) : value;
        cell.alignment = { wrapText: true, vertical: 'top' };
      });
    });
    sheet.autoFilter = {
      from: { row: top, column: 1 },
      to: { row: top + rows.length, column: columns.length },
    };
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

import { expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { documents } from '../../../src/edges/documents/index.ts';

/** What is read of a workbook of one sheet, after it was filled. */
async function readOf(fill: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void) {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet('Feuille'), book);
  return documents.read('essai.xlsx', new Uint8Array(await book.xlsx.writeBuffer()));
}

/** What is read of one cell, of a value and how a spreadsheet is told to show it. */
async function readCell(value: ExcelJS.CellValue, numFmt = 'General'): Promise<string | undefined> {
  const [sheet] = await readOf((filled) => Object.assign(filled.getCell('A1'), { value, numFmt }));
  return sheet?.rows[0]?.[0];
}

test.each<[string, ExcelJS.CellValue, string | undefined, string]>([
  ['a percentage as it is shown, not the fraction behind it', 0.999, '0.0%', '99.9 %'],
  ['a percentage that a formula gives', { formula: '1-0.05', result: 0.95 }, '0%', '95 %'],
  ['a number whose format only quotes the sign', 0.5, '0.0" % "', '0.5'],
  ['a sum without the rest of binary fractions', 0.1 + 0.2, undefined, '0.3'],
  ['a price', 1234.5, '# ##0.00 $', '1234.5'],
  ['what is true in a word', true, undefined, 'oui'],
  ['what is false in a word', false, undefined, 'non'],
  ['a day', new Date('2026-11-02T00:00:00Z'), 'yyyy-mm-dd', '2026-11-02'],
  ['the text of a link', { text: 'Le site', hyperlink: 'https://exemple.quebec' }, undefined, 'Le site'],
])('%s is read', async (_what, value, format, read) => {
  expect(await readCell(value, format)).toBe(read);
});

test('a hidden sheet does not come before those that are seen', async () => {
  const sheets = await readOf((sheet, book) => {
    sheet.state = 'hidden';
    book.addWorksheet('Vue').addRow(['ce qui se voit']);
  });
  expect(sheets.map(({ name }) => name)).toEqual(['Vue', 'Feuille']);
});

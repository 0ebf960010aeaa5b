import type { Workbook, Worksheet } from 'exceljs';
import type { Merged } from './merged.ts';
import { plainWorkbook } from './sheet-xml.ts';

/**
 * What a file says besides its cells. The library writes out each cell of a range, and a range may be a whole sheet:
 * rules for a column, cells that are merged.
 */
const BESIDE_CELLS = [
  'cols',
  'mergeCells',
  'dataValidations',
  'conditionalFormatting',
  'hyperlinks',
  'autoFilter',
  'rowBreaks',
  'picture',
  'drawing',
  'tableParts',
  'extLst',
];

/** The library keeps sheets in a list, at the place of their number: the highest that a spreadsheet gives. */
const LAST_SHEET = 65_534;

/** A workbook as the library builds it from a file. */
interface Model {
  readonly worksheets: readonly { readonly id: number; readonly sheetNo: string; name: string }[];
  definedNames: unknown;
}

/** A sheet, under its name in its file, with its merged cells. */
export interface Opened {
  readonly name: string;
  readonly sheet: Worksheet;
  readonly merged: readonly Merged[];
}

/**
 * Reads what the cells of a file say, and gives its sheets in their order, each under the name that it has there, whatever
 * the library thinks of that name. Rejects when the bytes are no workbook.
 */
export async function openWorkbook(book: Workbook, bytes: Uint8Array): Promise<Opened[]> {
  const plain = await plainWorkbook(bytes);
  const found = new Map<number, Omit<Opened, 'sheet'>>();
  const built = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(book), 'model');
  Object.defineProperty(book, 'model', {
    set(model: Model) {
      for (const sheet of model.worksheets) {
        if (!(sheet.id <= LAST_SHEET)) throw new Error(`a sheet of number ${sheet.id}`);
        found.set(sheet.id, { name: sheet.name, merged: plain.merged.get(Number(sheet.sheetNo)) ?? [] });
        sheet.name = `${sheet.id}`;
      }
      model.definedNames = [];
      built?.set?.call(book, model);
    },
  });
  await book.xlsx.load(Buffer.from(plain.bytes) as never, { ignoreNodes: BESIDE_CELLS });
  return book.worksheets.map((sheet) => ({ name: sheet.name, merged: [], ...found.get(sheet.id), sheet }));
}

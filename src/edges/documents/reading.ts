import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { Cell, CellValue, Workbook, Worksheet } from 'exceljs';
import { CourtierError } from '../../core/errors.ts';
import type { Grid } from '../../core/ports/documents.ts';
import { cleanText } from '../../core/text/intake.ts';
import { weigh } from './archive.ts';

const library = () => createRequire(import.meta.url)('exceljs') as typeof import('exceljs');

/** Far beyond any register, catalogue or list of people that is filled by hand. */
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 200;

/** A day as it is written in a file: a spreadsheet keeps the ones that it recognized as midnight, UTC. */
const dayOf = (date: Date): string => date.toISOString().replace(/T00:00:00\.000Z$/, '');

/** The digits that a spreadsheet shows: 0.1 + 0.2 is 0.3. */
const EXACT_DIGITS = 15;

/** A number as it is shown: 0.999 is « 99.9 % » in a cell of percentages. */
function shownNumber(value: number, format: string): string {
  const isPercentage = format.replace(/"[^"]*"|\\./g, '').includes('%');
  const shown = String(Number((isPercentage ? value * 100 : value).toPrecision(EXACT_DIGITS)));
  return isPercentage ? `${shown} %` : shown;
}

/** What somebody sees in a cell: the result of a formula, the text of a link. */
function textOf(value: CellValue, format: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dayOf(value);
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (typeof value === 'number') return shownNumber(value, format);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return textOf(value.text, format);
  if ('error' in value) return String(value.error);
  if ('formula' in value || 'sharedFormula' in value) return textOf(value.result, format);
  return '';
}

const textIn = ({ value, numFmt }: Cell): string => cleanText(textOf(value, numFmt ?? '')).trim();

function gridOf(sheet: Worksheet): Grid {
  if (sheet.rowCount > MOST_ROWS || sheet.columnCount > MOST_COLUMNS)
    throw new CourtierError(
      'invalid',
      `La feuille « ${sheet.name} » compte trop de lignes ou de colonnes : au plus ${MOST_ROWS.toLocaleString('fr-CA')} et ${MOST_COLUMNS}.`,
    );
  const rows: string[][] = [];
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    while (rows.length < number) rows.push([]);
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      // Merged cells repeat what the first of them says.
      if (cell.isMerged && cell.master !== cell) return;
      const cells = rows[number - 1] ?? [];
      while (cells.length < column) cells.push('');
      cells[column - 1] = textIn(cell);
    });
  });
  return { name: sheet.name, rows };
}

const isHidden = ({ state }: Worksheet): boolean => state !== 'visible';

/** UTF-8, UTF-16 with its mark, or what a spreadsheet of an older Windows writes. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** A title may stand above the table. */
const HEAD_LINES = 10;

/** What parts the cells of a text: the commonest in its first lines. */
function delimiterOf(text: string): string {
  const head = text.split('\n', HEAD_LINES).join('\n');
  const counted = [';', '\t', ','].map((mark) => ({ mark, times: head.split(mark).length }));
  return counted.reduce((most, each) => (each.times > most.times ? each : most)).mark;
}

async function readText(book: Workbook, bytes: Uint8Array): Promise<void> {
  const text = decoded(bytes);
  await book.csv.read(Readable.from([text]), {
    map: (value: unknown) => value,
    parserOptions: { delimiter: delimiterOf(text), ignoreEmpty: false },
  });
}

/**
 * The sheets of a workbook, or the only one of a text whose cells are parted by semicolons, commas or tabs: each cell as
 * it is read by a person, at its place. Hidden sheets come last. Throws a `CourtierError` for what cannot be read.
 */
export async function readSheets(name: string, bytes: Uint8Array): Promise<Grid[]> {
  const { Workbook } = library();
  const book = new Workbook();
  const isText = /\.csv$/i.test(name);
  if (!isText) await weigh(bytes);
  try {
    if (isText) await readText(book, bytes);
    else await book.xlsx.load(Buffer.from(bytes) as never);
  } catch (cause) {
    throw new CourtierError(
      'invalid',
      `« ${name} » ne se lit pas comme ${isText ? 'un fichier .csv' : 'un classeur .xlsx'}. Enregistrez-le de nouveau dans cette forme.`,
      cause,
    );
  }
  return book.worksheets.sort((one, other) => Number(isHidden(one)) - Number(isHidden(other))).map(gridOf);
}

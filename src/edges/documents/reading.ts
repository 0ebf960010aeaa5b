import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { Cell, CellValue, Workbook } from 'exceljs';
import { CourtierError } from '../../core/errors.ts';
import type { Grid } from '../../core/ports/documents.ts';
import { cleanText } from '../../core/text/intake.ts';
import { weigh } from './archive.ts';
import { hiddenBy } from './merged.ts';
import { type Opened, openWorkbook } from './opening.ts';

const library = () => createRequire(import.meta.url)('exceljs') as typeof import('exceljs');

/** Far beyond any register, catalogue or list of people that is filled by hand. */
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 200;
/** The last line that a spreadsheet has: no line that another program numbered beyond it is looked for. */
const LAST_ROW = 1_048_576;

/** A day as it is written in a file: a spreadsheet keeps the ones that it recognized as midnight, UTC. One beyond every calendar is shown as signs alone. */
const dayOf = (date: Date): string =>
  Number.isNaN(date.getTime()) ? '########' : date.toISOString().replace(/T00:00:00\.000Z$/, '');

/** The digits that a spreadsheet shows: 0.1 + 0.2 is 0.3. */
const EXACT_DIGITS = 15;

/** A format of digits that are all shown, with signs between them: « 0000 », « 000\-0000 ». */
const ALL_DIGITS = /^(?=.*0.*0)(?:[-0() ]|\\[^0-9]|"[^"0-9]*")+$/;

/** Its digits as such a format shows them: those that are too many stand at the place of the first. */
function digitsShown(value: number, format: string): string {
  const marks = format.replace(/\\(.)/g, '$1').replaceAll('"', '');
  const places = marks.replace(/[^0]/g, '').length;
  const digits = String(value).padStart(places, '0');
  let at = 0;
  return marks.replace(/0/g, () => {
    const from = at;
    at += from === 0 ? digits.length - places + 1 : 1;
    return digits.slice(from, at);
  });
}

/** A number as it is shown: 0.999 is « 99.9 % » in a cell of percentages, 42 is « 0042 » in one of four digits. */
function shownNumber(value: number, format: string): string {
  if (Number.isSafeInteger(value) && value >= 0 && ALL_DIGITS.test(format)) return digitsShown(value, format);
  const isPercentage = format.replace(/"[^"]*"|\\./g, '').includes('%');
  const shown = String(Number((isPercentage ? value * 100 : value).toPrecision(EXACT_DIGITS)));
  return isPercentage ? `${shown} %` : shown;
}

/** What somebody sees in a cell, of which a formula gave its result and a link its text. */
function textOf(value: CellValue, format: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dayOf(value);
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (typeof value === 'number') return shownNumber(value, format);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return String(value.error);
  return '';
}

/** How a workbook writes a character that XML does not hold: « _x000D_ ». */
const ESCAPED = /_x([\da-fA-F]{4})_/g;
/** A day, where a program writes it as a text. */
const MIDNIGHT = /^(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?Z?$/;

const unescaped = (text: string): string =>
  text.replace(ESCAPED, (_escape, code) => String.fromCharCode(Number.parseInt(code, 16)));

const textIn = ({ value, numFmt }: Cell, escapes: boolean): string => {
  const text = textOf(value, numFmt ?? '');
  return cleanText(escapes ? unescaped(text) : text)
    .trim()
    .replace(MIDNIGHT, '$1');
};

const tooLarge = (name: string) =>
  new CourtierError(
    'invalid',
    `La feuille « ${name} » compte trop de lignes ou de colonnes : au plus ${MOST_ROWS.toLocaleString('fr-CA')} et ${MOST_COLUMNS}.`,
  );

/** What a sheet says, in a file that writes some characters as codes or does not. Lines and columns that only have a colour, or a border, down to the last of them are not counted. */
function gridOf({ name, sheet, merged }: Opened, escapes: boolean): Grid {
  if (sheet.rowCount > LAST_ROW) throw tooLarge(name);
  const rows: string[][] = [];
  const hiddenIn = hiddenBy(merged, MOST_COLUMNS);
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    if (number > MOST_ROWS) throw tooLarge(name);
    while (rows.length < number) rows.push([]);
    const isBelow = hiddenIn(number);
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      if (column > MOST_COLUMNS) throw tooLarge(name);
      if (isBelow(column)) return;
      const cells = rows[number - 1] ?? [];
      while (cells.length < column) cells.push('');
      cells[column - 1] = textIn(cell, escapes);
    });
  });
  return { name, rows };
}

const isHidden = ({ sheet }: Opened): boolean => sheet.state !== 'visible';

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
const HEAD_LENGTH = 20_000;
/** What says, in the first line of a file for spreadsheets, what parts its cells. */
const SAID_DELIMITER = /^\ufeff?sep=(.)\s*?(?:\r\n?|\n)/i;
const DELIMITERS = [';', '\t', ',', '|'];

/**
 * What parts the cells of a text: what stands in the most of its first lines, quoted parts aside; of two such, what stands
 * as many times in the most of them.
 */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, HEAD_LENGTH)
    .replace(/"[^"]*"/g, '')
    .split(/\r\n?|\n/, HEAD_LINES);
  const counted = DELIMITERS.map((mark) => {
    const times = lines.map((line) => line.split(mark).length - 1).filter((found) => found > 0);
    const alike = Math.max(0, ...times.map((each) => times.filter((other) => other === each).length));
    return { mark, lines: times.length, alike };
  });
  return counted.reduce((most, each) =>
    each.lines > most.lines || (each.lines === most.lines && each.alike > most.alike) ? each : most,
  ).mark;
}

async function readText(book: Workbook, bytes: Uint8Array): Promise<Opened> {
  const text = decoded(bytes);
  const [line = '', said] = SAID_DELIMITER.exec(text) ?? [];
  const sheet = await book.csv.read(Readable.from([text.slice(line.length)]), {
    // « ="007" » keeps a spreadsheet from taking a text for a number.
    map: (value: unknown) => (typeof value === 'string' ? value.replace(/^="([^"]*)"$/, '$1') : value),
    parserOptions: { delimiter: said ?? delimiterOf(text), ignoreEmpty: false },
  });
  return { name: sheet.name, sheet, merged: [] };
}

/**
 * The sheets of a workbook, or the only one of a text whose cells are parted by semicolons, tabs, commas or bars, or by
 * what its first line says (« sep=; »): each cell as it is read by a person, at its place. Hidden sheets come last. Throws a
 * `CourtierError` for what cannot be read.
 */
export async function readSheets(name: string, bytes: Uint8Array): Promise<Grid[]> {
  const { Workbook } = library();
  const book = new Workbook();
  const isText = /\.csv$/i.test(name);
  if (!isText) await weigh(bytes);
  let sheets: Opened[];
  try {
    sheets = isText ? [await readText(book, bytes)] : await openWorkbook(book, bytes);
    if (sheets.length === 0) throw new Error('no sheet');
  } catch (cause) {
    throw new CourtierError(
      'invalid',
      `« ${name} » ne se lit pas comme ${isText ? 'un fichier .csv' : 'un classeur .xlsx'}. Enregistrez-le de nouveau dans cette forme.`,
      cause,
    );
  }
  return sheets
    .sort((one, other) => Number(isHidden(one)) - Number(isHidden(other)))
    .map((opened) => gridOf(opened, !isText));
}

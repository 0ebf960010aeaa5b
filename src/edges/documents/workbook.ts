import { createRequire } from 'node:module';
import type { Color, DataBarRuleType, Worksheet } from 'exceljs';
import type { Cell, Sheet } from '../../core/ports.ts';
import { chartOf, type PlacedChart, withCharts } from './charts.ts';
import { written } from './written.ts';

/** Loaded with the first workbook, not at the start. */
const library = () => createRequire(import.meta.url)('exceljs') as typeof import('exceljs');

/** In Canadian French wherever the file is opened. */
const FORMATS = {
  money: '[$-C0C]#,##0.00\\ "$"',
  percent: '[$-C0C]0.##\\ "%"',
  day: '[$-C0C]d\\ mmmm\\ yyyy',
  moment: '[$-C0C]d\\ mmmm\\ yyyy\\ "à"\\ h\\ "h"\\ mm',
} as const;

const SHADE = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE6EEF7' } } as const;
const BAR = 'FF9DC3E6';
/** In points: a line of the ordinary size, and the most that a spreadsheet takes. */
const LINE = 15;
const TALLEST = 409;
const EMPTY = 'Rien à montrer pour le moment.';
const FOOTER = '&L&9Courtier en infonuagique&C&9&A&R&9Page &P de &N';

/** A day is written as midnight of that day, UTC: a spreadsheet knows no zone. */
function inCell(cell: Cell, asTyped: true | undefined): string | number | Date {
  if (typeof cell === 'string') return asTyped ? cell : written(cell);
  if (typeof cell === 'number') return cell;
  const moment = cell instanceof Temporal.PlainDate ? cell.toPlainDateTime() : cell;
  return new Date(moment.toZonedDateTime('UTC').epochMilliseconds);
}

/** As many lines as the longest cell of a row needs in its column. */
function heightOf(cells: readonly Cell[], columns: Sheet['columns']): number {
  const lines = cells.map((cell, at) =>
    typeof cell === 'string'
      ? cell
          .split('\n')
          .reduce((n, line) => n + Math.max(1, Math.ceil(line.length / (columns[at]?.width ?? 10))), 0)
      : 1,
  );
  return Math.min(TALLEST, LINE * Math.max(1, ...lines));
}

/** The sums below a table: of what a filter leaves, with the sum of all until the file is calculated. */
function addTotals(sheet: Worksheet, { columns, rows }: Sheet, first: number): void {
  if (rows.length === 0 || !columns.some(({ total }) => total)) return;
  const at = first + rows.length;
  sheet.getCell(at, 1).value = 'Total';
  columns.forEach(({ total }, column) => {
    const cell = sheet.getCell(at, column + 1);
    cell.font = { bold: true };
    cell.border = { top: { style: 'thin' } };
    if (!total) return;
    const { letter } = sheet.getColumn(column + 1);
    const values = rows.map((row) => row[column]);
    cell.value = {
      formula: `SUBTOTAL(109,${letter}${first}:${letter}${at - 1})`,
      result: values.reduce((sum: number, value) => sum + (typeof value === 'number' ? value : 0), 0),
    };
  });
}

/** Bars behind the numbers where people compare them. */
function addBars(sheet: Worksheet, { columns, rows }: Sheet, first: number): void {
  columns.forEach(({ bar }, column) => {
    if (!bar || rows.length === 0) return;
    const { letter } = sheet.getColumn(column + 1);
    // Its types leave out the colour, which it writes.
    const rule: DataBarRuleType & { readonly color: Partial<Color> } = {
      type: 'dataBar',
      priority: column + 1,
      cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
      color: { argb: BAR },
      gradient: false,
    };
    sheet.addConditionalFormatting({
      ref: `${letter}${first}:${letter}${first + rows.length - 1}`,
      rules: [rule],
    });
  });
}

/** What two columns differ by: calculated where the file is filled in. */
function addDifferences(sheet: Worksheet, { columns, rows }: Sheet, first: number): void {
  columns.forEach(({ difference }, column) => {
    if (!difference) return;
    const [of, less] = [difference.of, difference.less].map((at) => sheet.getColumn(at + 1).letter);
    rows.forEach((_row, at) => {
      const line = first + at;
      sheet.getCell(line, column + 1).value = {
        formula: `IF(ISNUMBER(${of}${line}),${of}${line}-${less}${line},"")`,
        result: '',
      };
    });
  });
}

function addColumns(sheet: Worksheet, { columns }: Sheet, top: number): void {
  columns.forEach(({ title, width, kind }, at) => {
    const column = sheet.getColumn(at + 1);
    column.width = width;
    if (kind) column.numFmt = FORMATS[kind];
    const cell = sheet.getCell(top, at + 1);
    cell.value = written(title);
    cell.font = { bold: true };
    cell.fill = SHADE;
    cell.alignment = { wrapText: true, vertical: 'middle' };
  });
  sheet.getRow(top).height = heightOf(
    columns.map(({ title }) => title),
    columns.map((column) => ({ ...column, width: column.width * 0.85 })),
  );
}

function addRows(sheet: Worksheet, { columns, rows, asTyped }: Sheet, first: number): void {
  rows.forEach((row, at) => {
    row.forEach((value, column) => {
      const cell = sheet.getCell(first + at, column + 1);
      cell.value = inCell(value, asTyped);
      cell.alignment = {
        wrapText: true,
        vertical: 'top',
        horizontal: typeof value === 'number' ? 'right' : 'left',
      };
    });
    sheet.getRow(first + at).height = heightOf(row, columns);
  });
  if (rows.length === 0 && !asTyped) sheet.getCell(first, 1).value = EMPTY;
}

/**
 * An .xlsx workbook: bold frozen titles that come again on each page, rows as high as their text, filters, sums; to be
 * printed across, one page wide. A text that a spreadsheet would take for a formula stays a text.
 */
export async function workbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { Workbook } = library();
  const book = new Workbook();
  book.creator = 'Courtier';
  const charts: PlacedChart[] = [];
  for (const table of sheets) {
    const { name, columns, rows, heading = [] } = table;
    const top = heading.length === 0 ? 1 : heading.length + 2;
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: top }] });
    sheet.pageSetup = {
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${top}:${top}`,
    };
    sheet.headerFooter = { oddFooter: FOOTER };
    addColumns(sheet, table, top);
    heading.forEach((line, at) => {
      const cell = sheet.getCell(at + 1, 1);
      cell.value = written(line);
      cell.font = at === 0 ? { bold: true, size: 14 } : { italic: true };
    });
    addRows(sheet, table, top + 1);
    addDifferences(sheet, table, top + 1);
    addTotals(sheet, table, top + 1);
    addBars(sheet, table, top + 1);
    sheet.autoFilter = {
      from: { row: top, column: 1 },
      to: { row: top + rows.length, column: columns.length },
    };
    const chart = chartOf(
      table,
      sheet.id,
      top + 1,
      (at) => sheet.getColumn(at + 1).letter,
      (kind) => (kind ? FORMATS[kind] : 'General'),
    );
    if (chart) charts.push(chart);
  }
  return withCharts(new Uint8Array(await book.xlsx.writeBuffer()), charts);
}

import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import type { Style, Worksheet } from 'exceljs';
import { withAdditions } from './additions.ts';
import { addBars, type PlacedBars } from './bars.ts';
import { chartOf, MOST_BARS, type PlacedChart } from './charts.ts';
import type { PlainCell, PlainRow, PlainSheet } from './rows.ts';
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
/** In points: a line of the ordinary size, and the most that a spreadsheet takes. */
const LINE = 15;
const TALLEST = 409;
const EMPTY = 'Rien à montrer pour le moment.';
const FOOTER = '&L&9Courtier en infonuagique&C&9&A&R&9Page &P de &N';

/** How the cells of a column look. The library knows by the object itself a style that it has written already. */
const looksOf = ({ kind }: PlainSheet['columns'][number]) => {
  const look = (horizontal: 'left' | 'right'): Partial<Style> => ({
    ...(kind && { numFmt: FORMATS[kind] }),
    alignment: { wrapText: true, vertical: 'top', horizontal },
  });
  return { number: look('right'), words: look('left') };
};
type Looks = ReturnType<typeof looksOf>;

/** As many lines as the longest cell of a row needs in its column. */
function heightOf(cells: PlainRow, columns: PlainSheet['columns']): number {
  const lines = cells.map((cell, at) =>
    typeof cell === 'string'
      ? cell
          .split('\n')
          .reduce((n, line) => n + Math.max(1, Math.ceil(line.length / (columns[at]?.width ?? 10))), 0)
      : 1,
  );
  return Math.min(TALLEST, LINE * Math.max(1, ...lines));
}

/** The lines above a table and its titles, which stay in sight. */
function addTitles(sheet: Worksheet, { columns, heading = [] }: PlainSheet, top: number): void {
  columns.forEach(({ width, kind }, at) => {
    const column = sheet.getColumn(at + 1);
    column.width = width;
    if (kind) column.numFmt = FORMATS[kind];
  });
  heading.forEach((line, at) => {
    const cell = sheet.getCell(at + 1, 1);
    cell.value = written(line);
    cell.font = at === 0 ? { bold: true, size: 14 } : { italic: true };
  });
  columns.forEach(({ title }, at) => {
    const cell = sheet.getCell(top, at + 1);
    cell.value = written(title);
    cell.font = { bold: true };
    cell.fill = SHADE;
    cell.alignment = { wrapText: true, vertical: 'middle' };
  });
  const titles = sheet.getRow(top);
  titles.height = heightOf(
    columns.map(({ title }) => title),
    columns.map((column) => ({ ...column, width: column.width * 0.85 })),
  );
  titles.commit();
}

/** One row, written for good. What two columns differ by is calculated where the file is filled in. */
function addRow(
  sheet: Worksheet,
  { columns, asTyped }: PlainSheet,
  looks: readonly Looks[],
  line: number,
  cells: PlainRow,
): void {
  const row = sheet.getRow(line);
  cells.forEach((value, column) => {
    const cell = row.getCell(column + 1);
    cell.value = typeof value === 'string' && !asTyped ? written(value) : value;
    cell.style = looks[column]?.[typeof value === 'number' ? 'number' : 'words'] ?? {};
  });
  columns.forEach(({ difference }, column) => {
    if (!difference) return;
    const [of, less] = [difference.of, difference.less].map((at) => sheet.getColumn(at + 1).letter);
    row.getCell(column + 1).value = {
      formula: `IF(ISNUMBER(${of}${line}),${of}${line}-${less}${line},"")`,
      result: '',
    };
  });
  row.height = heightOf(cells, columns);
  row.commit();
}

interface Added {
  readonly rows: number;
  /** What each column comes to. */
  readonly sums: readonly number[];
  /** Those that a chart may show: all of them, unless they are too many for one. */
  readonly first: readonly PlainRow[];
}

/** All the rows of a table, part after part. */
async function addRows(sheet: Worksheet, table: PlainSheet, from: number): Promise<Added> {
  const sums: number[] = table.columns.map(() => 0);
  const first: PlainRow[] = [];
  const looks = table.columns.map(looksOf);
  let rows = 0;
  for await (const part of table.rows)
    for (const cells of part) {
      addRow(sheet, table, looks, from + rows, cells);
      cells.forEach((value: PlainCell, column) => {
        if (typeof value === 'number') sums[column] = (sums[column] ?? 0) + value;
      });
      if (rows <= MOST_BARS) first.push(cells);
      rows++;
    }
  if (rows === 0 && !table.asTyped) sheet.getCell(from, 1).value = EMPTY;
  return { rows, sums, first };
}

/** The sums below a table: of what a filter leaves, with the sum of all until the file is calculated. */
function addTotals(sheet: Worksheet, { columns }: PlainSheet, first: number, { rows, sums }: Added): void {
  if (rows === 0 || !columns.some(({ total }) => total)) return;
  const at = first + rows;
  columns.forEach(({ total }, column) => {
    const cell = sheet.getCell(at, column + 1);
    if (column === 0) cell.value = 'Total';
    cell.font = { bold: true };
    cell.border = { top: { style: 'thin' } };
    if (!total) return;
    const { letter } = sheet.getColumn(column + 1);
    cell.value = { formula: `SUBTOTAL(109,${letter}${first}:${letter}${at - 1})`, result: sums[column] ?? 0 };
  });
}

/** What is written of a file so far, and what it comes to. */
function gathering() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, bytes: () => new Uint8Array(Buffer.concat(chunks)) };
}

/**
 * An .xlsx workbook: bold frozen titles that come again on each page, rows as high as their text, filters, sums; to be
 * printed across, one page wide. A text that a spreadsheet would take for a formula stays a text. Each row is written,
 * and forgotten, before the next part of them is asked for.
 */
export async function workbook(sheets: readonly PlainSheet[]): Promise<Uint8Array> {
  const { stream } = library();
  const file = gathering();
  const book = new stream.xlsx.WorkbookWriter({
    stream: file.stream,
    useStyles: true,
    useSharedStrings: true,
  });
  [book.creator, book.lastModifiedBy] = ['Courtier', 'Courtier'];
  const charts: PlacedChart[] = [];
  const bars: PlacedBars[] = [];
  for (const table of sheets) {
    const { name, columns, heading = [] } = table;
    const top = heading.length === 0 ? 1 : heading.length + 2;
    const sheet = book.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: top }],
      pageSetup: {
        orientation: 'landscape',
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
        printTitlesRow: `${top}:${top}`,
      },
      headerFooter: { oddFooter: FOOTER },
    });
    addTitles(sheet, table, top);
    const added = await addRows(sheet, table, top + 1);
    addTotals(sheet, table, top + 1, added);
    bars.push(...addBars(sheet, table, top + 1, added.rows));
    sheet.autoFilter = {
      from: { row: top, column: 1 },
      to: { row: top + added.rows, column: columns.length },
    };
    const chart = chartOf(
      { ...table, rows: added.first },
      sheet.id,
      top + 1,
      (at) => sheet.getColumn(at + 1).letter,
      (kind) => (kind ? FORMATS[kind] : 'General'),
    );
    if (chart) charts.push(chart);
    sheet.commit();
  }
  await book.commit();
  return withAdditions(file.bytes(), charts, bars);
}

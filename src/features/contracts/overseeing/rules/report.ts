import type { Grid } from '../../../../core/ports/documents.ts';
import { cellAt } from '../../../../core/text/cell.ts';
import { fold } from '../../../../core/text/text.ts';
import { moneyOf } from '../../../../core/text/typed.ts';

/** A line of a supplier's report: of a contract, or of a body, what it says was paid. */
export interface ReportLine {
  readonly line: number;
  /** The number of the contract here, where the line gives one. */
  readonly number: number | undefined;
  readonly body: string;
  readonly supplier: string;
  readonly cents: number;
}

export interface ReadReport {
  readonly lines: readonly ReportLine[];
  /** « E7 : … », what could not be read. */
  readonly problems: readonly string[];
}

const MOST_LINES = 5_000;
const MOST_PROBLEMS = 20;
const TITLE_ROWS = 12;

/** The columns that are looked for, each by its titles: the first that there is. */
const TITLES = {
  amount: [
    'montant rapporte',
    'montant des acquisitions',
    'acquisitions',
    'montant paye',
    'montant',
    'total',
  ],
  number: ['n', 'no', 'numero', 'no du contrat', 'numero du contrat', 'no de contrat', 'contrat no'],
  body: ['organisme', 'organisation', 'client', 'ministere ou organisme', 'nom du client'],
  supplier: ['fournisseur', 'nom du fournisseur'],
} as const;
type Column = keyof typeof TITLES;

/** « Nº » is « n », « N° du contrat » « n du contrat »: signs say nothing. */
const titleOf = (text: string): string =>
  fold(text)
    .replace(/[º°]/g, 'o')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/^n (?=(du|de) )/, 'no ')
    .trim();

/** Cents of « 1 200,50 $ », « -30.25 » or of a sum that a spreadsheet wrote with all its decimals. */
function centsOf(text: string): number | undefined {
  const [, minus = '', amount = ''] = /^\s*([-−]?)(.*)$/s.exec(text) ?? [];
  const long = /^\d+\.\d{6,}$/.test(amount) ? Number(amount).toFixed(2) : amount;
  const cents = moneyOf(long);
  return cents === undefined ? undefined : minus === '' ? cents : 0 - cents;
}

function columnsOf({ rows }: Grid): { line: number; at: ReadonlyMap<Column, number> } | undefined {
  for (const [index, cells] of rows.slice(0, TITLE_ROWS).entries()) {
    const said = cells.map(titleOf);
    const at = new Map<Column, number>();
    for (const column of Object.keys(TITLES) as Column[]) {
      const title = TITLES[column].find((each) => said.includes(each));
      if (title !== undefined) at.set(column, said.indexOf(title));
    }
    if (at.has('amount') && (at.has('number') || at.has('body'))) return { line: index + 1, at };
  }
  return undefined;
}

function linesOf(grid: Grid): ReadReport | undefined {
  const found = columnsOf(grid);
  if (!found) return undefined;
  const { line: titles, at } = found;
  const lines: ReportLine[] = [];
  const problems: string[] = [];
  for (const [index, cells] of grid.rows.entries()) {
    const line = index + 1;
    const text = (column: Column): string => (cells[at.get(column) ?? -1] ?? '').trim();
    const [given, body, amount] = [text('number'), text('body'), text('amount')];
    // Sums below the table and lines of which nothing is reported are no lines of it.
    if (line <= titles || amount === '' || /^total\b/i.test(cells[0] ?? '') || (given === '' && body === ''))
      continue;
    const cents = centsOf(amount);
    const number = /^\D{0,12}(\d{1,9})$/.exec(given)?.[1];
    if (cents === undefined)
      problems.push(
        `${cellAt(line, at.get('amount') ?? 0)} : « ${amount.slice(0, 40)} » n’est pas un montant.`,
      );
    else if (given !== '' && number === undefined)
      problems.push(
        `${cellAt(line, at.get('number') ?? 0)} : « ${given.slice(0, 40)} » n’est pas un numéro de contrat.`,
      );
    else
      lines.push({
        line,
        number: number === undefined ? undefined : Number(number),
        body,
        supplier: text('supplier'),
        cents,
      });
  }
  return { lines, problems: problems.slice(0, MOST_PROBLEMS) };
}

/** The lines of a supplier's report: of the fullest of its sheets. Undefined where no sheet has the columns of one. */
export function readReport(sheets: readonly Grid[]): ReadReport | undefined {
  const read = sheets.flatMap((sheet) => linesOf(sheet) ?? []);
  // A sheet of contracts says more than one of suppliers.
  const [fullest] = read.sort((a, b) => b.lines.length - a.lines.length);
  return fullest && { ...fullest, lines: fullest.lines.slice(0, MOST_LINES) };
}

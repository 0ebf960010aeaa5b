import type { Grid } from '../../../../core/ports/documents.ts';
import { cellAt } from '../../../../core/text/cell.ts';
import { writtenPath } from '../../../../core/text/path.ts';
import { fold } from '../../../../core/text/text.ts';
import type { Path, Problem } from './problems.ts';
import type { Reading } from './read.ts';
import {
  CHANGE_TITLE,
  COMPONENTS,
  CONTACTS,
  type Field,
  HOSTING,
  OF_COMPONENT,
  OF_OFFER,
  OFFERS,
  PRICES,
  SHEETS,
  SUPPLIER,
} from './sheets.ts';

type Part = Record<string, unknown>;

const items = (text: string): string[] =>
  text
    .split(/[;\n]/)
    .map((item) => item.trim())
    .filter(Boolean);

const labelled = (labels: Readonly<Record<string, string>>, typed: string): string =>
  Object.entries(labels).find(([value, label]) => fold(label) === fold(typed) || value === typed)?.[0] ??
  typed;

const YES_NO: Readonly<Record<string, boolean>> = {
  ...{ oui: true, vrai: true, true: true },
  ...{ non: false, faux: false, false: false },
};

/** What a cell says; undefined where it is empty. What is not understood stays as it was typed, to be refused as such. */
function readCell({ kind, labels = {} }: Field, typed: string): unknown {
  if (typed === '') return undefined;
  switch (kind) {
    case 'int': {
      const digits = typed.replace(/\s/g, '');
      return /^-?\d+$/.test(digits) ? Number(digits) : typed;
    }
    case 'decimal':
      return typed.replace(/[\s$%]/g, '').replace(',', '.');
    case 'yesNo':
      return YES_NO[fold(typed)] ?? typed;
    case 'labels':
      return labelled(labels, typed);
    case 'list':
      return items(typed);
    case 'labelList':
      return items(typed).map((item) => labelled(labels, item));
    default:
      return typed;
  }
}

function put(part: Part, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (value === undefined) return;
  if (rest.length === 0) part[key] = value;
  else {
    part[key] ??= {};
    put(part[key] as Part, rest, value);
  }
}

/** A sheet's lines below its titles, with the column of each title. */
function tableOf(sheets: readonly Grid[], name: string) {
  const sheet = sheets.find((each) => fold(each.name) === fold(name));
  const titles = sheet?.rows[0]?.map(fold) ?? [];
  return {
    missing: sheet === undefined,
    columnOf: (title: string): number => titles.indexOf(fold(title)),
    lines: (sheet?.rows ?? []).flatMap((cells, at) =>
      at === 0 || cells.every((cell) => cell === '') ? [] : [{ line: at + 1, cells }],
    ),
  };
}
type Table = ReturnType<typeof tableOf>;

/** Reads sheets into a fiche's data, and remembers the cell of each of its parts. */
function reader(sheets: readonly Grid[]) {
  const places = new Map<string, string>();
  const problems: Problem[] = [];

  const remember = (path: Path, sheet: string, line: number, column: number): void =>
    void places.set(writtenPath(path), `${sheet}!${cellAt(line, Math.max(0, column))}`);

  /** One line as a part of the fiche, at its path. */
  function partOf(
    table: Table,
    sheet: string,
    fields: readonly Field[],
    at: Path,
    line: Table['lines'][number],
  ): Part {
    const part: Part = {};
    remember(at, sheet, line.line, 0);
    for (const field of fields) {
      const column = table.columnOf(field.title);
      put(part, field.path, readCell(field, line.cells[column] ?? ''));
      if (column >= 0) remember([...at, ...field.path], sheet, line.line, column);
    }
    return part;
  }

  function refuse(path: Path, cell: string, sentence: string, correction: string): void {
    problems.push({ path: writtenPath(path), cell, sentence, correction });
  }

  /** What a cell names, among parts that have an id: its place in their list. */
  function named(
    table: Table,
    sheet: string,
    title: string,
    line: Table['lines'][number],
    among: readonly Part[],
    where: string,
  ) {
    const column = table.columnOf(title);
    const id = line.cells[column] ?? '';
    const index = among.findIndex((each) => each.id === id);
    if (index < 0)
      refuse(
        [],
        `${sheet}!${cellAt(line.line, Math.max(0, column))}`,
        id === ''
          ? `Cette ligne ne dit pas de quelle ${where} elle est.`
          : `Aucune ${where} « ${id.slice(0, 80)} ».`,
        `Écrivez l’identifiant d’une ligne de la feuille « ${where === 'offre' ? SHEETS.offers : SHEETS.components} ».`,
      );
    return index;
  }

  return {
    places,
    problems,
    remember,
    partOf,
    named,
    refuse,
    table: (name: string) => tableOf(sheets, name),
  };
}
type Reader = ReturnType<typeof reader>;

function listOf(part: Part, key: string): Part[] {
  part[key] ??= [];
  return part[key] as Part[];
}

/** The first sheet: a field a line, whatever their order. */
function readSupplier({ table, remember }: Reader, data: Part): void {
  const { lines, columnOf } = table(SHEETS.supplier);
  const column = Math.max(1, columnOf('Valeur'));
  for (const field of SUPPLIER) {
    const found = lines.find(({ cells }) => fold(cells[0] ?? '') === fold(field.title));
    if (!found) continue;
    put(data, field.path, readCell(field, found.cells[column] ?? ''));
    remember(field.path, SHEETS.supplier, found.line, column);
  }
}

/** What belongs to an offer: its components, then the prices of both, and its places. */
function readOfOffers(read: Reader, offers: readonly Part[]): void {
  const components = read.table(SHEETS.components);
  for (const line of components.lines) {
    const offer = read.named(components, SHEETS.components, OF_OFFER, line, offers, 'offre');
    if (offer < 0) continue;
    const list = listOf(offers[offer] ?? {}, 'components');
    list.push(
      read.partOf(
        components,
        SHEETS.components,
        COMPONENTS,
        ['offers', offer, 'components', list.length],
        line,
      ),
    );
  }
  const hosting = read.table(SHEETS.hosting);
  for (const line of hosting.lines) {
    const offer = read.named(hosting, SHEETS.hosting, OF_OFFER, line, offers, 'offre');
    if (offer < 0) continue;
    const list = listOf(offers[offer] ?? {}, 'hosting');
    list.push(read.partOf(hosting, SHEETS.hosting, HOSTING, ['offers', offer, 'hosting', list.length], line));
  }
  const prices = read.table(SHEETS.prices);
  for (const line of prices.lines) {
    const offer = read.named(prices, SHEETS.prices, OF_OFFER, line, offers, 'offre');
    const part = offers[offer];
    if (!part) continue;
    const isOfComponent = (line.cells[prices.columnOf(OF_COMPONENT)] ?? '') !== '';
    const among = isOfComponent ? listOf(part, 'components') : [];
    const component = isOfComponent
      ? read.named(prices, SHEETS.prices, OF_COMPONENT, line, among, 'composante')
      : undefined;
    if (component !== undefined && component < 0) continue;
    const owner = component === undefined ? part : (among[component] ?? {});
    const list = listOf(owner, 'tiers');
    const at = [
      'offers',
      offer,
      ...(component === undefined ? [] : ['components', component]),
      'tiers',
      list.length,
    ];
    list.push(read.partOf(prices, SHEETS.prices, PRICES, at, line));
  }
}

/** Sheets that must be there for a workbook to be a fiche at all. */
const NEEDED = [SHEETS.supplier, SHEETS.offers, SHEETS.prices] as const;

/**
 * The fiche that a workbook says, as if it were written by hand: each of its parts has the cell where it stands. What
 * names an offer that there is not is a problem of its own.
 */
export function readWorkbook(sheets: readonly Grid[]): Reading {
  const read = reader(sheets);
  const missing = NEEDED.filter((name) => read.table(name).missing);
  if (missing.length > 0)
    return {
      kind: 'refused',
      problem: {
        path: '',
        sentence: `Ce classeur n’a pas ${missing.map((name) => `la feuille « ${name} »`).join(', ')}.`,
        correction: 'Partez du modèle : « fiches », puis « Modèle .xlsx ».',
      },
    };
  const data: Part = {};
  readSupplier(read, data);
  const rows = (name: string, fields: readonly Field[], at: readonly string[]): Part[] => {
    const table = read.table(name);
    return table.lines.map((line, index) => read.partOf(table, name, fields, [...at, index], line));
  };
  const offers = rows(SHEETS.offers, OFFERS, ['offers']);
  put(data, ['supplier', 'contacts'], rows(SHEETS.contacts, CONTACTS, ['supplier', 'contacts']));
  readOfOffers(read, offers);
  const changes = read.table(SHEETS.changes);
  const column = Math.max(0, changes.columnOf(CHANGE_TITLE));
  data.changes = changes.lines.map(({ line, cells }, at) => {
    read.remember(['changes', at], SHEETS.changes, line, column);
    return cells[column] ?? '';
  });
  data.offers = offers;
  return {
    kind: 'read',
    document: {
      data,
      problems: read.problems,
      placeOf(path) {
        for (let length = path.length; length > 0; length--) {
          const cell = read.places.get(writtenPath(path.slice(0, length)));
          if (cell) return { cell };
        }
        return undefined;
      },
    },
  };
}

import { z } from 'zod';
import { CourtierError } from '../../../../core/errors.ts';
import type { Grid } from '../../../../core/ports/documents.ts';
import { count, fold } from '../../../../core/text/text.ts';

/** Why a line of a list tells nobody: neither an address nor an id, or what another line says already. */
export const LINE_PROBLEMS = ['unreadable', 'duplicate'] as const;

/** A line of a file of people. */
export interface ListLine {
  readonly line: number;
  readonly given: string;
  /** In lower case; '' where there is none. */
  readonly email: string;
  readonly tenantId: string;
  /** An Entra id, in lower case; '' where the line gives an address. */
  readonly objectId: string;
  readonly problem: (typeof LINE_PROBLEMS)[number] | null;
  readonly sameAs: number | null;
}

/** As many lines as a list has; and as many addresses as a directory is asked about while somebody waits. */
const MOST_LINES = 10_000;
const MOST_EMAILS = 2_000;
const GIVEN = 120;
const TITLE_ROWS = 10;

const Email = z.email().max(200);
const isEmail = (text: string): boolean => Email.safeParse(text).success;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TENANT_TITLES = new Set(['locataire', 'tenant', 'identifiant du locataire', 'tenant id']);

/** A file of people is known by its name: any other table is the register of bodies. */
export const isList = (name: string): boolean =>
  /\.(?:csv|xlsx)$/i.test(name) && /destinataire|diffusion|liste d.envoi|audience/.test(fold(name));

/** Where the column of tenants is, by its title. */
const tenantColumn = (rows: Grid['rows']): number =>
  rows
    .slice(0, TITLE_ROWS)
    .map((cells) => cells.findIndex((cell) => TENANT_TITLES.has(fold(cell))))
    .find((at) => at >= 0) ?? -1;

/** The address or the id that a cell gives: « Alex Roy <alex@exemple.ca> », « mailto:alex@exemple.ca », « {id} ». */
const bare = (cell: string): string => {
  const inner = /<([^<>]{1,200})>\s*$/.exec(cell)?.[1] ?? cell;
  return inner
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^\{(.{36})\}$/, '$1');
};

const addressesIn = (cell: string): string[] => cell.split(/[;,]/).map(bare).filter(Boolean);

/**
 * A row as it is read: one that holds nothing but addresses, or a cell of several, as the line « À » of a message does,
 * is a row for each of them. The lines of a list are counted in these.
 */
function severalOf(cells: readonly string[]): string[][] {
  const parts = cells.flatMap(addressesIn);
  if (parts.length > 1 && parts.every(isEmail)) return parts.map((email) => [email]);
  const at = cells.findIndex((cell) => addressesIn(cell).filter(isEmail).length > 1);
  return at < 0
    ? [cells.map(bare)]
    : addressesIn(cells[at] ?? '').map((email) => cells.map((cell, n) => (n === at ? email : bare(cell))));
}

const isData = (cells: readonly string[]): boolean => cells.some((cell) => isEmail(cell) || GUID.test(cell));

function readLine(line: number, cells: readonly string[], tenantAt: number): ListLine {
  const others = cells.filter((_cell, at) => at !== tenantAt);
  const email = others.find(isEmail)?.toLowerCase() ?? '';
  const objectId = others.find((cell) => GUID.test(cell))?.toLowerCase() ?? '';
  const tenant = cells[tenantAt] ?? '';
  return {
    line,
    given: cells.filter(Boolean).join(' ; ').slice(0, GIVEN),
    email: objectId === '' ? email : '',
    tenantId: objectId !== '' && GUID.test(tenant) ? tenant.toLowerCase() : '',
    objectId,
    problem: email === '' && objectId === '' ? 'unreadable' : null,
    sameAs: null,
  };
}

/** A line that says what an earlier one says. */
function withoutDuplicates(lines: readonly ListLine[]): ListLine[] {
  const seen = new Map<string, number>();
  return lines.map((each) => {
    const key = each.objectId || each.email;
    const before = key === '' ? undefined : seen.get(key);
    if (before !== undefined) return { ...each, problem: 'duplicate' as const, sameAs: before };
    if (key !== '') seen.set(key, each.line);
    return each;
  });
}

/**
 * The people of a file: a line each, by an address or an Entra id, in whichever column. What stands above the first of
 * them is its title. Throws a `CourtierError` for a file without anybody, or too long.
 */
export function readList(sheets: readonly Grid[]): readonly ListLine[] {
  const tables = sheets.map((sheet) => sheet.rows.flatMap(severalOf));
  const rows = tables.find((table) => table.some(isData)) ?? [];
  const first = rows.findIndex(isData);
  if (first < 0)
    throw new CourtierError(
      'invalid',
      'Ce fichier ne contient aucun courriel ni identifiant Entra. Écrivez-en un par ligne.',
    );
  const tenantAt = tenantColumn(rows);
  const lines = withoutDuplicates(
    rows.flatMap((cells, at) =>
      at < first || cells.every((cell) => cell === '') ? [] : [readLine(at + 1, cells, tenantAt)],
    ),
  );
  const emails = lines.filter(({ email, problem }) => email !== '' && problem === null).length;
  if (lines.length > MOST_LINES || emails > MOST_EMAILS)
    throw new CourtierError(
      'invalid',
      `Ce fichier est trop long : au plus ${count(MOST_LINES, 'ligne')}, dont ${count(MOST_EMAILS, 'courriel')}. Séparez-le en plusieurs listes : un avis peut en avoir plusieurs.`,
    );
  return lines;
}

/** How a list is called in a sentence: « liste nº 3 (destinataires.csv) », « groupe Directeurs ». */
export const calledList = (list: {
  readonly source: 'file' | 'group';
  readonly number: number;
  readonly name: string;
}): string =>
  list.source === 'file' ? `la liste nº ${list.number} (${list.name})` : `le groupe Entra « ${list.name} »`;

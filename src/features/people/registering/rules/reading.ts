import { z } from 'zod';
import { guide, ORGANIZATION_IDS } from '../../../../core/guide/index.ts';
import type { Grid } from '../../../../core/ports/documents.ts';
import { cellAt } from '../../../../core/text/cell.ts';
import { nameKeyOf } from '../../organizations/rules/names.ts';
import type { RegisterProblem, RegisterRow } from './row.ts';

/** More than there are public bodies in Québec that could buy. */
const MOST_BODIES = 5_000;
const MOST_PROBLEMS = 200;
const TITLE_ROWS = 10;

/** The columns of a register, with the titles by which each is known. */
export const COLUMNS = {
  name: { title: 'Nom', titles: ['nom', 'organisme', 'organisation', 'nom de l organisme'] },
  aliases: { title: 'Autres noms', titles: ['autres noms', 'autre nom', 'sigle', 'sigles', 'anciens noms'] },
  kind: { title: 'Genre', titles: ['genre', 'genre d organisation'] },
  rcti: { title: 'RCTI', titles: ['rcti', 'article 48', 'article 48 du rcti'] },
  tenants: { title: 'Locataires', titles: ['locataires', 'locataire', 'tenants', 'tenant'] },
  contacts: { title: 'Contacts', titles: ['contacts', 'contact', 'courriels', 'courriel'] },
} as const;
type Column = keyof typeof COLUMNS;

export interface ReadRegister {
  readonly rows: readonly RegisterRow[];
  readonly problems: readonly RegisterProblem[];
}

const Email = z.email().max(200);
const TENANT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NAME = 'Un nom compte de 3 à 120 caractères, dont deux lettres de suite.';
const isName = (text: string): boolean => text.length >= 3 && text.length <= 120 && /\p{L}{2}/u.test(text);

const parts = (text: string): string[] =>
  text
    .split(/[;\n]/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean);

/** The kinds that may be written: a kind's id, its title in the guide, or « autre ». */
function kindOf(text: string): string | undefined {
  const key = nameKeyOf(text);
  if (key === 'autre' || key === 'other') return 'other';
  return ORGANIZATION_IDS.find((id) => id === key || nameKeyOf(guide().organizations[id].title) === key);
}

const kindsText = (): string =>
  ORGANIZATION_IDS.map((id) => `« ${id} » (${guide().organizations[id].title})`).join(', ');

const SAID: Readonly<Record<string, boolean>> = {
  ...{ oui: true, vrai: true, yes: true, true: true },
  ...{ non: false, faux: false, no: false, false: false },
};

/** « Prénom Nom <courriel> », or an address alone. */
function contactOf(text: string): { name: string; email: string } | undefined {
  const [, name = '', address = ''] = /^(.*?)<?([^<>\s]+@[^<>\s]+)>?$/.exec(text) ?? [];
  const email = Email.safeParse(address.toLowerCase());
  return email.success ? { name: name.trim() || email.data, email: email.data } : undefined;
}

/** Which column is where, and on which line they are told; undefined when there is no column of names. */
function columnsOf({ rows }: Grid): { line: number; at: ReadonlyMap<Column, number> } | undefined {
  for (const [index, cells] of rows.slice(0, TITLE_ROWS).entries()) {
    const keys = cells.map(nameKeyOf);
    const at = new Map<Column, number>();
    for (const [column, { titles }] of Object.entries(COLUMNS)) {
      const found = keys.findIndex((key) => new Set<string>(titles).has(key));
      if (found >= 0) at.set(column as Column, found);
    }
    if (at.has('name')) return { line: index + 1, at };
  }
  return undefined;
}

/** One line of a register, with what is wrong in each of its cells. */
function readRow(line: number, cells: readonly string[], at: ReadonlyMap<Column, number>) {
  const problems: RegisterProblem[] = [];
  const cell = (column: Column): string => cellAt(line, at.get(column) ?? 0);
  const text = (column: Column): string => cells[at.get(column) ?? -1] ?? '';
  const refuse = (column: Column, sentence: string): void =>
    void problems.push({ cell: cell(column), sentence });
  const each = <T>(
    column: Column,
    read: (part: string) => T | undefined,
    sentence: (part: string) => string,
  ) =>
    parts(text(column)).flatMap((part) => {
      const value = read(part);
      if (value === undefined) refuse(column, sentence(part.slice(0, 60)));
      return value === undefined ? [] : [value];
    });
  const name = text('name').replace(/\s+/g, ' ').trim();
  if (!isName(name)) refuse('name', name === '' ? 'Le nom de l’organisme manque.' : NAME);
  const kind = text('kind') === '' ? null : (kindOf(text('kind')) ?? null);
  if (text('kind') !== '' && kind === null)
    refuse(
      'kind',
      `« ${text('kind').slice(0, 60)} » n’est pas un genre du guide (section 2.4). Écrivez ${kindsText()}, ou « autre ».`,
    );
  const said = text('rcti') === '' ? null : (SAID[nameKeyOf(text('rcti'))] ?? undefined);
  if (said === undefined) refuse('rcti', 'Écrivez « oui » ou « non », ou laissez vide.');
  const row: RegisterRow = {
    line,
    name,
    aliases: each(
      'aliases',
      (part) => (isName(part) || /^[\p{L}\p{N}]{2}$/u.test(part) ? part : undefined),
      () => NAME,
    ),
    kind,
    rcti: said ?? null,
    tenants: each(
      'tenants',
      (part) => (TENANT.test(part.toLowerCase()) ? part.toLowerCase() : undefined),
      (part) =>
        `« ${part} » n’est pas l’identifiant d’un locataire : 36 caractères, comme 11111111-2222-4333-8444-555555555555.`,
    ),
    contacts: each(
      'contacts',
      contactOf,
      (part) => `« ${part} » n’est pas un courriel. Écrivez « Nom <nom@exemple.ca> ».`,
    ),
  };
  return { row, problems };
}

/** What is written twice in the file: a name, or a tenant. */
function twiceProblems(rows: readonly RegisterRow[], at: ReadonlyMap<Column, number>): RegisterProblem[] {
  const problems: RegisterProblem[] = [];
  const seen = new Map<string, number>();
  const once = (key: string, line: number, column: Column, what: string): void => {
    const before = seen.get(key);
    if (before === undefined) seen.set(key, line);
    else if (before !== line)
      problems.push({
        cell: cellAt(line, at.get(column) ?? 0),
        sentence: `« ${what} » est déjà écrit à la ligne ${before}.`,
      });
  };
  for (const { line, name, aliases, tenants } of rows) {
    once(`name ${nameKeyOf(name)}`, line, 'name', name);
    for (const alias of aliases) once(`name ${nameKeyOf(alias)}`, line, 'aliases', alias);
    for (const tenant of tenants) once(`tenant ${tenant}`, line, 'tenants', tenant);
  }
  return problems;
}

/**
 * A register of public bodies as a file says it: a line each, its columns known by their titles, in any order. Every
 * problem has the address of its cell.
 */
export function readRegister(sheets: readonly Grid[]): ReadRegister {
  const sheet = sheets.find((each) => columnsOf(each)) ?? sheets[0];
  const found = sheet && columnsOf(sheet);
  if (!sheet || !found) {
    const expected = Object.values(COLUMNS).map(({ title }) => `« ${title} »`);
    return {
      rows: [],
      problems: [
        {
          cell: 'A1',
          sentence: `Aucune colonne « Nom ». La première ligne nomme les colonnes : ${expected.join(', ')}. Seule « Nom » est obligatoire.`,
        },
      ],
    };
  }
  const read = sheet.rows.flatMap((cells, index) =>
    index < found.line || cells.every((cell) => cell === '') ? [] : [readRow(index + 1, cells, found.at)],
  );
  const rows = read.map(({ row }) => row);
  if (rows.length === 0)
    return {
      rows,
      problems: [{ cell: cellAt(found.line + 1, 0), sentence: 'Aucun organisme sous les titres.' }],
    };
  if (rows.length > MOST_BODIES)
    return {
      rows: [],
      problems: [
        {
          cell: 'A1',
          sentence: `Ce registre compte plus de ${MOST_BODIES.toLocaleString('fr-CA')} organismes.`,
        },
      ],
    };
  const problems = [...read.flatMap((each) => each.problems), ...twiceProblems(rows, found.at)];
  return { rows, problems: problems.slice(0, MOST_PROBLEMS) };
}

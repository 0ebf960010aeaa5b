import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { is, sql } from 'drizzle-orm';
import { getTableConfig, type PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { ROOT } from '../../src/core/root.ts';
import { features } from '../../src/features/registry.ts';
import { writeAnyRow } from '../support/any-row.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { alex, nadia } from '../support/people.ts';
import { countOf, rowsOf } from '../support/rows.ts';

// What is kept of somebody is theirs: whatever column names them, the feature that has it gives them its row when they
// ask for their data, and nothing names them any more once they had themselves erased.

/** Text columns that end as an id and name no person. */
const NO_PERSON = [
  'activity_id',
  'also_id',
  'bot_id',
  'conversation_id',
  'entry_id',
  'group_id',
  'post_activity_id',
  'post_conversation_id',
  'offer_id',
  'supplier_id',
  'team_id',
];
const namesPerson = ({ name, columnType }: PgColumn): boolean =>
  columnType === 'PgText' && /_id$/.test(name) && !/tenant_id$/.test(name) && !NO_PERSON.includes(name);

/** What an edge keeps is spoken for by the feature that has it kept. */
const SPOKEN_FOR: Readonly<Record<string, string>> = {
  conversations: 'people',
  deliveries: 'broadcasts',
  delivery_preferences: 'broadcasts',
};
/** Columns whose rows are not given, or stay, and why. */
const NOT_GIVEN: Readonly<Record<string, string>> = {};
const STAYS: Readonly<Record<string, string>> = {
  'audit.object_id': 'who did what is kept as long as the law wants, then purged',
};

interface PersonalColumn {
  /** « table.column » */
  readonly name: string;
  readonly table: PgTable;
  readonly column: PgColumn;
  /** The feature that answers for it. */
  readonly owner: string;
}

/** The columns that name a person, in the tables of every feature and edge. */
async function personalColumns(): Promise<readonly PersonalColumn[]> {
  const found: PersonalColumn[] = [];
  for (const part of ['features', 'edges'])
    for (const file of readdirSync(join(ROOT, 'src', part), { recursive: true, encoding: 'utf8' })) {
      const [folder = '', ...rest] = file.split(/[/\\]/);
      if (rest.at(-1) !== 'tables.ts') continue;
      const exported: Record<string, unknown> = await import(join(ROOT, 'src', part, file));
      for (const table of Object.values(exported)) {
        if (!is(table, PgTable)) continue;
        const { name, columns } = getTableConfig(table);
        const owner = part === 'features' ? folder : (SPOKEN_FOR[name] ?? 'nobody');
        for (const column of columns)
          if (namesPerson(column)) found.push({ name: `${name}.${column.name}`, table, column, owner });
      }
    }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** A row that names somebody in one column, and whoever else it names is somebody else. */
function rowOf({ column, table }: PersonalColumn): Record<string, string> {
  const row: Record<string, string> = {};
  for (const each of getTableConfig(table).columns)
    if (/(^|_)tenant(_id)?$/.test(each.name)) row[each.name] = alex.tenantId;
    else if (namesPerson(each) && each.notNull) row[each.name] = nadia.objectId;
  return { ...row, [column.name]: alex.objectId };
}

const columns = await personalColumns();
const teams = fakeTeams();

/** What each feature gives a person of theirs. */
async function given(): Promise<ReadonlyMap<string, string>> {
  const parts = new Map<string, string>();
  for (const { id, privacy } of features)
    if (privacy) parts.set(id, JSON.stringify(await privacy.export(alex, teams.services)));
  return parts;
}

/** The tables that still name somebody anywhere in a row. */
async function naming(objectId: string): Promise<string[]> {
  const tables = await rowsOf(
    teams.db,
    sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
    z.object({ name: z.string() }),
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const where = sql`${sql.identifier(name)} as row where row::text like ${`%${objectId}%`}`;
    if ((await countOf(teams, where)) > 0) found.push(name);
  }
  return found;
}

test('every column that names a person is known, with the feature that answers for it', () => {
  expect(columns.length).toBeGreaterThan(20);
  const ids = features.filter(({ privacy }) => privacy).map(({ id }) => id);
  expect(
    columns
      .filter(({ owner }) => !ids.includes(owner))
      .map(({ name, owner }) => `${name}: give and erase it in \`privacy\` of the manifest of ${owner}`),
  ).toEqual([]);
  const names = columns.map(({ name }) => name);
  for (const exempt of Object.keys({ ...NOT_GIVEN, ...STAYS })) expect(names).toContain(exempt);
});

describe.each(columns.map((column) => [column.name, column] as const))('%s', (name, column) => {
  const { owner, table } = column;
  if (!NOT_GIVEN[name])
    test(`its row is in what ${owner} gives the person`, async () => {
      const before = await given();
      await writeAnyRow(teams.db, table, rowOf(column));
      expect((await naming(alex.objectId)).length).toBeGreaterThan(0);
      const after = await given();
      expect([...after].filter(([id, part]) => part !== before.get(id)).map(([id]) => id)).toContain(owner);
    });

  if (!STAYS[name])
    test('nothing names the person once they are erased', async () => {
      await writeAnyRow(teams.db, table, rowOf(column));
      expect((await naming(alex.objectId)).length).toBeGreaterThan(0);
      await teams.services.privacy.erase(alex);
      expect((await naming(alex.objectId)).filter((left) => left !== 'audit')).toEqual([]);
    });
});

import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { newId } from '../../src/core/id.ts';
import type { Db } from '../../src/core/ports/db.ts';

/** A value for a column that asks for one: what it is matters little. */
function anything({ columnType, enumValues, name }: PgColumn): unknown {
  if (enumValues?.[0]) return enumValues[0];
  if (columnType === 'PgText') return `${name}-${newId()}`;
  if (columnType === 'PgUUID') return newId();
  if (columnType === 'PgBoolean') return false;
  if (columnType === 'PgJsonb') return [];
  if (columnType === 'PgArray') return [];
  if (columnType === 'PgDateString') return '2026-10-01';
  if (columnType === 'PgTimestamp') return new Date('2026-10-01T12:00:00Z');
  return 1;
}

/** Writes a row, and those that it needs; `given` are values by the columns' names in the database. */
export async function writeAnyRow(
  db: Db,
  table: PgTable,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  const values: Record<string, unknown> = { ...given };
  const { foreignKeys, columns } = getTableConfig(table);
  for (const column of columns)
    if (!(column.name in values) && column.notNull && !column.hasDefault)
      values[column.name] = anything(column);
  for (const key of foreignKeys) {
    const { columns: from, foreignColumns: to, foreignTable } = key.reference();
    if (from.every(({ name }) => values[name] === undefined)) continue;
    await writeAnyRow(
      db,
      foreignTable,
      Object.fromEntries(to.map(({ name }, at) => [name, values[from[at]?.name ?? '']])),
    );
  }
  const row = Object.entries(getTableColumns(table)).flatMap(([property, { name }]) =>
    name in values ? [[property, values[name]] as const] : [],
  );
  await db.insert(table).values(Object.fromEntries(row)).onConflictDoNothing();
}

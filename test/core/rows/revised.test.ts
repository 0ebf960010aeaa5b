import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { newId } from '../../../src/core/id.ts';
import type { Db } from '../../../src/core/ports/db.ts';
import { moment } from '../../../src/core/rows/columns.ts';
import { type Changed, revisedRows } from '../../../src/core/rows/revised.ts';
import { type Engine, engines } from '../../support/engines.ts';

const notes = pgTable('revised_notes', {
  id: uuid().primaryKey(),
  words: text().notNull(),
  revision: integer().notNull().default(1),
  updatedAt: moment('updated_at'),
});

const rows = revisedRows(notes, { now: () => Temporal.Instant.from('2026-11-23T14:00:00Z') });
const id = newId();

describe.each(engines)('on $name', ({ open }) => {
  let engine: Engine;
  let db: Db;
  beforeAll(async () => {
    engine = await open();
    db = engine.storage.db;
    await db.execute(sql`create table revised_notes
      (id uuid primary key, words text not null, revision int not null default 1, updated_at timestamptz)`);
  });
  afterAll(() => engine.close());
  beforeEach(async () => {
    await db.delete(notes);
    await db.insert(notes).values({ id, words: 'first' });
  });

  /** Somebody writes other words, on the revision that they saw. */
  const rewrite = (words: string, seen: number | 'any'): Promise<Changed<typeof notes.$inferSelect>> =>
    db.transaction((tx) => rows.change(tx, id, seen, (row) => rows.write(tx, row, { words })));

  test('what is still as it was seen is changed, and is at its next revision', async () => {
    expect(await rewrite('second', 1)).toMatchObject({ kind: 'done', row: { words: 'second', revision: 2 } });
    expect(await rows.find(db, id)).toEqual({
      id,
      words: 'second',
      revision: 2,
      updatedAt: new Date('2026-11-23T14:00:00Z'),
    });
  });

  test('who saw an older revision changes nothing, and sees what stands now', async () => {
    await rewrite('second', 1);
    expect(await rewrite('third', 1)).toMatchObject({ kind: 'stale', row: { words: 'second', revision: 2 } });
  });

  test('of ten who act on the same revision at the same time one wins', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, n) => rewrite(`words ${n}`, 1)));
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect((await rows.find(db, id)).revision).toBe(2);
  });

  test('whatever anybody saw, « any » revision will do', async () => {
    await rewrite('second', 'any');
    expect((await rewrite('third', 'any')).row.revision).toBe(3);
  });

  test('work that does not apply any more is stale, and leaves the row', async () => {
    const outcome = await db.transaction((tx) => rows.change(tx, id, 1, async () => undefined));
    expect(outcome).toMatchObject({ kind: 'stale', row: { words: 'first', revision: 1 } });
  });

  test('work that refuses writes nothing', async () => {
    const refused = db.transaction((tx) =>
      rows.change(tx, id, 1, async (row) => {
        await rows.write(tx, row, { words: 'second' });
        throw new Error('refused');
      }),
    );
    await expect(refused).rejects.toThrow('refused');
    expect((await rows.find(db, id)).words).toBe('first');
  });

  test('what does not exist is not found', async () => {
    await expect(rows.find(db, newId())).rejects.toThrow('introuvable');
    await expect(db.transaction((tx) => rows.change(tx, newId(), 'any', async (row) => row))).rejects.toThrow(
      'introuvable',
    );
  });
});

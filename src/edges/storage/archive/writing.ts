import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import type { Query } from '../../../core/ports/db.ts';
import type { Storage } from '../storage.ts';
import type { End, Head } from './format.ts';
import { type Table, tablesOf } from './tables.ts';

/** How many rows are asked for at once. */
const AT_ONCE = 1_000;

export interface Written {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Writes all rows of all tables to a file that only its owner may read, as they are at one moment, while others go on
 * working. `progress` hears how many rows were written. What was begun and failed leaves no file.
 */
export async function writeArchive(
  storage: Pick<Storage, 'alone' | 'schema'>,
  file: string,
  nowMs: number,
  progress: (rows: number) => void = () => {},
): Promise<Written> {
  const { newest } = await storage.schema();
  const rows: Record<string, number> = {};
  const draft = `${file}.draft`;
  try {
    await storage.alone(async (query) => {
      await query('begin isolation level repeatable read read only');
      const lines = linesOf(
        query,
        { courtier: 'archive', format: 1, schema: newest, at: nowMs },
        rows,
        progress,
      );
      await pipeline(Readable.from(lines), createGzip(), createWriteStream(draft, { mode: 0o600 }));
      await query('commit');
    });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  return { rows };
}

async function* linesOf(
  query: Query,
  head: Head,
  rows: Record<string, number>,
  progress: (rows: number) => void,
): AsyncGenerator<string> {
  const fingerprint = createHash('sha256');
  let written = 0;
  const say = (text: string): string => {
    fingerprint.update(text);
    return text;
  };
  yield say(`${JSON.stringify(head)}\n`);
  for (const table of await tablesOf(query)) {
    yield say(`${JSON.stringify({ table: table.name, columns: table.columns })}\n`);
    rows[table.name] = 0;
    for await (const lines of rowsOf(query, table)) {
      rows[table.name] = (rows[table.name] ?? 0) + lines.length;
      written += lines.length;
      progress(written);
      yield say(lines.map((line) => `${line}\n`).join(''));
    }
  }
  yield say(`${JSON.stringify({ sequences: await sequencesOf(query) })}\n`);
  const end: z.infer<typeof End> = { end: true, rows, sha256: fingerprint.digest('hex') };
  yield `${JSON.stringify(end)}\n`;
}

const Lines = z.array(z.object({ line: z.string() }));

/** The rows of a table, as the database writes them in JSON: a number keeps all its digits. */
async function* rowsOf(query: Query, { name, columns }: Table): AsyncGenerator<readonly string[]> {
  await query(
    `declare archive no scroll cursor for
       select row_to_json(t)::text as line from (select ${columns.join(', ')} from ${name}) t`,
  );
  for (;;) {
    const lines = Lines.parse((await query(`fetch ${AT_ONCE} from archive`)).rows);
    if (lines.length === 0) break;
    yield lines.map(({ line }) => line);
  }
  await query('close archive');
}

const Places = z.array(z.object({ name: z.string(), value: z.string() }));

const sequencesOf = async (query: Query) =>
  Places.parse(
    (
      await query(`select format('%I.%I', schemaname, sequencename) as name, last_value::text as value
        from pg_sequences where schemaname = 'public' and last_value is not null order by 1`)
    ).rows,
  );

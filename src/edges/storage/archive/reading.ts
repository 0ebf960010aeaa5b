import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { CourtierError } from '../../../core/errors.ts';
import type { Query } from '../../../core/ports/db.ts';
import type { Storage } from '../storage.ts';
import { End, Head, Sequences, TableHead } from './format.ts';
import { countOf, firstFilled, type Table, tablesOf } from './tables.ts';

/** In characters: how much of a table is written at once. */
const AT_ONCE = 1_000_000;

export interface Taken {
  /** Epoch milliseconds: as of when the rows are. */
  readonly at: number;
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
}

const refuse = (sentence: string, cause?: unknown) => new CourtierError('invalid', sentence, cause);
const BROKEN = 'Ce fichier n’est pas une archive entière de Courtier : rien n’en a été pris.';

/**
 * Puts an archive into a database of the same schema that holds nothing yet: all of it, or nothing. What each row refers
 * to, the number of rows and the archive's fingerprint are checked before anything stays. `afterwards` works in the same
 * transaction. Throws a `CourtierError` that says why it is refused.
 */
export async function readArchive(
  storage: Pick<Storage, 'alone' | 'schema'>,
  file: string,
  {
    progress = () => {},
    afterwards = async () => {},
  }: {
    readonly progress?: (rows: number) => void;
    readonly afterwards?: (query: Query, taken: Taken) => Promise<void>;
  } = {},
): Promise<Taken> {
  const { newest } = await storage.schema();
  return storage.alone(async (query) => {
    await query('begin');
    try {
      const taken = await takeAll(query, file, newest, progress);
      await afterwards(query, taken);
      await query('commit');
      return taken;
    } catch (error) {
      await query('rollback').catch(() => {});
      throw isRefusedByDatabase(error) ? refuse(BROKEN, error) : error;
    }
  });
}

/** A value that its column does not take, or a reference to what is not there. */
const isRefusedByDatabase = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));

async function takeAll(
  query: Query,
  file: string,
  schema: number,
  progress: (rows: number) => void,
): Promise<Taken> {
  const tables = await tablesOf(query);
  const filled = await firstFilled(query, tables);
  if (filled)
    throw refuse(
      `Cette base n’est pas vide (${filled} a des lignes) : une archive se prend dans une base neuve, pour ne rien écraser.`,
    );
  const references = await letGo(query, tables);
  const taken = await takeLines(query, file, schema, tables, progress);
  await holdAgain(query, tables, references);
  for (const [name, rows] of Object.entries(taken.rows))
    if ((await countOf(query, { name })) !== rows) throw refuse(BROKEN);
  return taken;
}

/** What a line says; what is no JSON of that shape is a broken file. */
function said<T>(schema: z.ZodType<T>, line: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch (cause) {
    throw refuse(BROKEN, cause);
  }
}

function headOf(line: string, schema: number): Head {
  const head = said(Head, line);
  if (!head) throw refuse(BROKEN);
  if (head.schema !== schema)
    throw refuse(
      `Cette archive vient d’une ${head.schema < schema ? 'plus ancienne' : 'plus récente'} version de Courtier. Prenez-la avec cette version-là, puis mettez à jour.`,
    );
  return head;
}

/** Reads the file line by line, and writes the rows of each table in large pieces. */
async function takeLines(
  query: Query,
  file: string,
  schema: number,
  tables: readonly Table[],
  progress: (rows: number) => void,
): Promise<Taken> {
  const fingerprint = createHash('sha256');
  const rows: Record<string, number> = {};
  let head: Head | undefined;
  let end: z.infer<typeof End> | undefined;
  let table: Table | undefined;
  let piece: string[] = [];
  let size = 0;
  let all = 0;

  async function write(): Promise<void> {
    if (table && piece.length > 0) await insert(query, table, piece);
    piece = [];
    size = 0;
    progress(all);
  }

  /** A row of a table; no column of ours has the name of what begins another part. */
  async function takeRow(line: string): Promise<void> {
    if (!table) throw refuse(BROKEN);
    rows[table.name] = (rows[table.name] ?? 0) + 1;
    piece.push(line);
    size += line.length;
    all++;
    if (size > AT_ONCE) await write();
  }

  async function take(line: string): Promise<void> {
    if (end) throw refuse(BROKEN);
    const begins = /^\{"(table|sequences|end)":/.exec(line)?.[1];
    if (begins) await write();
    if (begins === 'end') end = said(End, line);
    else fingerprint.update(`${line}\n`);
    if (!head) head = headOf(line, schema);
    else if (begins === 'sequences') await place(query, said(Sequences, line)?.sequences ?? []);
    else if (begins === 'table') {
      table = tableOf(said(TableHead, line), tables);
      rows[table.name] = 0;
    } else if (begins !== 'end') await takeRow(line);
  }

  await eachLine(file, take);
  if (!head || end?.sha256 !== fingerprint.digest('hex') || !same(end.rows, rows)) throw refuse(BROKEN);
  return { at: head.at, rows };
}

/** One of ours, with the archive's columns, all of which it has. */
function tableOf(named: z.infer<typeof TableHead> | undefined, tables: readonly Table[]): Table {
  const table = tables.find(({ name }) => name === named?.table);
  if (!table || !named?.columns.every((column) => table.columns.includes(column))) throw refuse(BROKEN);
  return { name: table.name, columns: named.columns };
}

const same = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, rows]) => other[name] === rows);

async function eachLine(file: string, take: (line: string) => Promise<void>): Promise<void> {
  async function takeEach(source: AsyncIterable<Buffer>): Promise<void> {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for await (const chunk of source) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) await take(line);
    }
    if (rest !== '') throw refuse(BROKEN);
  }
  await pipeline(createReadStream(file), createGunzip(), takeEach).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'ENOENT') throw refuse(`Il n’y a pas de fichier « ${file} ».`, cause);
    throw code.startsWith('Z_') ? refuse(BROKEN, cause) : cause;
  });
}

async function insert(query: Query, { name, columns }: Table, lines: readonly string[]): Promise<void> {
  const list = columns.join(', ');
  await query(
    `insert into ${name} (${list}) overriding system value
     select ${list} from jsonb_populate_recordset(null::${name}, $1::jsonb)`,
    [`[${lines.join(',')}]`],
  );
}

async function place(
  query: Query,
  sequences: readonly { readonly name: string; readonly value: string }[],
): Promise<void> {
  for (const { name, value } of sequences)
    await query('select setval($1::regclass, $2::bigint)', [name, value]);
}

const References = z.array(z.object({ table: z.string(), name: z.string(), rule: z.string() }));
type References = z.infer<typeof References>;

/** Until all rows are there, none has what it refers to, and nothing that is written causes anything else. */
async function letGo(query: Query, tables: readonly Table[]): Promise<References> {
  const references = References.parse(
    (
      await query(`
        select format('%I.%I', n.nspname, c.relname) as table, quote_ident(k.conname) as name,
          pg_get_constraintdef(k.oid) as rule
        from pg_constraint k
        join pg_class c on c.oid = k.conrelid
        join pg_namespace n on n.oid = c.relnamespace
        where k.contype = 'f' and k.conparentid = 0 and n.nspname in ('public', 'pgboss')`)
    ).rows,
  );
  for (const { table, name } of references) await query(`alter table ${table} drop constraint ${name}`);
  for (const { name } of tables) await query(`alter table ${name} disable trigger user`);
  return references;
}

/** The database checks each reference as it takes it on again. */
async function holdAgain(query: Query, tables: readonly Table[], references: References): Promise<void> {
  for (const { name } of tables) await query(`alter table ${name} enable trigger user`);
  for (const { table, name, rule } of references)
    await query(`alter table ${table} add constraint ${name} ${rule}`);
}

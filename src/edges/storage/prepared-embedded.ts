import {
  messages,
  type PGlite,
  parse,
  protocol,
  type QueryOptions,
  type Results,
  type Transaction,
} from '@electric-sql/pglite';
import { statementNames } from './prepared.ts';

/** What reads or writes rows: the rest is hardly said twice. */
const ROWS = /^\s*(?:select|insert|update|delete|with)\b/i;
/** What may change what a statement returns. */
const SHAPES = /\b(?:create|alter|drop|discard|deallocate)\b/i;
/** A plan is for what the tables held when it was made: others are made after so many rows, then each time that they doubled. */
const FEW_ROWS = 2_000;

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];
type Ask = (text: string, values?: unknown[], options?: QueryOptions) => Promise<Results>;

/** A statement that the database keeps: the types of its values, and how its rows are described. */
interface Prepared {
  readonly types: readonly number[];
  readonly rows: messages.RowDescriptionMessage | undefined;
}

/**
 * Has an embedded database keep the statements that come again, by their text, as the connections to a server do: it took
 * six times longer to read, describe and plan one, each in a message of its own, than to carry it out.
 */
export function prepareStatements(pglite: PGlite): void {
  const whole = {
    query: pglite.query.bind(pglite) as Ask,
    exec: pglite.exec.bind(pglite),
    transaction: pglite.transaction.bind(pglite),
  };
  let kept = new Map<string, Prepared>();
  let generation = 1;
  let nameOf = statementNames('courtier_1');
  /** To be closed with the next message. */
  let left: string[] = [];
  let written = 0;
  let most = FEW_ROWS;

  function forget(): void {
    left.push(...kept.keys());
    kept = new Map();
    nameOf = statementNames(`courtier_${++generation}`);
  }

  function heed<T extends Results>(result: T): T {
    written += result.affectedRows ?? 0;
    if (written < most) return result;
    most = 2 * written;
    forget();
    return result;
  }

  async function send(options: QueryOptions, ...parts: Uint8Array[]): Promise<Message[]> {
    const closing = left.map((name) => protocol.serialize.close({ type: 'S', name }));
    left = [];
    const all = [...closing, ...parts, protocol.serialize.sync()];
    return pglite.execProtocolStream(Buffer.concat(all), {
      syncToFs: false,
      ...(options.onNotice && { onNotice: options.onNotice }),
    });
  }

  async function prepare(name: string, text: string, options: QueryOptions): Promise<Prepared> {
    const { parse: read, describe } = protocol.serialize;
    const told = await send(options, read({ name, text }), describe({ type: 'S', name }));
    const prepared = {
      types: parse.parseDescribeStatementResults(told),
      rows: told.find((each) => each instanceof messages.RowDescriptionMessage),
    };
    kept.set(name, prepared);
    return prepared;
  }

  /** Carries out a statement by the name under which it is kept, in one message. */
  async function carryOut(name: string, text: string, values: unknown[], options: QueryOptions) {
    try {
      const { types, rows } = kept.get(name) ?? (await prepare(name, text, options));
      const written = values.map((value, n) => writtenAs(types[n], value, options));
      const { bind, execute } = protocol.serialize;
      const told = await send(options, bind({ statement: name, values: written }), execute({}));
      const [result] = parse.parseResults(rows ? [rows, ...told] : told, readersOf(rows, options), {
        rowMode: options.rowMode ?? 'object',
      });
      return heed(result as Results);
    } catch (error) {
      if (!(error instanceof messages.DatabaseError)) throw error;
      throw Object.assign(error, { query: text, params: values, queryOptions: options });
    }
  }

  function writtenAs(type = 0, value: unknown, { serializers }: QueryOptions) {
    if (value === null || value === undefined) return null;
    const write = serializers?.[type] ?? pglite.serializers[type];
    return write ? write(value) : String(value);
  }

  function readersOf(rows: Prepared['rows'], { parsers }: QueryOptions) {
    const readers = rows?.fields.flatMap(({ dataTypeID: type }) => {
      const reader = parsers?.[type] ?? pglite.parsers[type];
      return reader ? [[type, reader] as const] : [];
    });
    return Object.fromEntries(readers ?? []);
  }

  /** Asks by the name of what is kept, as `alone` allows it, or as the database does by itself. */
  const asking =
    (direct: Ask, alone: <T>(work: () => Promise<T>) => Promise<T>): Ask =>
    async (text, values = [], options = {}) => {
      const plain = !ROWS.test(text) || options.blob || options.paramTypes;
      const name = plain ? undefined : nameOf(text);
      if (name) return alone(() => carryOut(name, text, values, options));
      const result = heed(await direct(text, values, options));
      if (plain && SHAPES.test(text)) forget();
      return result;
    };

  const executing =
    (direct: PGlite['exec']): PGlite['exec'] =>
    async (text, options) => {
      const results = await direct(text, options);
      for (const result of results) heed(result);
      if (SHAPES.test(text)) forget();
      return results;
    };

  const within = (tx: Transaction): Transaction => {
    const query = asking(tx.query.bind(tx), (work) => {
      if (tx.closed) throw new Error('Transaction is closed');
      return pglite.runExclusive(work);
    });
    return Object.assign(Object.create(tx), { query, exec: executing(tx.exec.bind(tx)) });
  };

  Object.assign(pglite, {
    query: asking(whole.query, async (work) => {
      await pglite._checkReady();
      return pglite._runExclusiveTransaction(async () => {
        const result = await pglite.runExclusive(work);
        await pglite.syncToFs();
        return result;
      });
    }),
    exec: executing(whole.exec),
    transaction: <T>(work: (tx: Transaction) => Promise<T>) => whole.transaction((tx) => work(within(tx))),
  });
}

import pg from 'pg';
import { z } from 'zod';
import { runOn } from './postgres-server.ts';

/** A statement as it was asked, with its values. */
interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

const ask: (...given: unknown[]) => unknown = pg.Client.prototype.query;
const READS_OR_WRITES = /^\s*(select|with|insert|update|delete)\b/i;

function askedIn([first, second]: readonly unknown[]): Asked | undefined {
  const { text = first, values = second } = (typeof first === 'object' && first !== null ? first : {}) as {
    text?: unknown;
    values?: unknown;
  };
  if (typeof text !== 'string' || !READS_OR_WRITES.test(text)) return undefined;
  return { text, values: Array.isArray(values) ? values : [] };
}

/** What some work asks of PostgreSQL, each statement once. */
export async function statementsOf(work: () => Promise<unknown>): Promise<readonly Asked[]> {
  const seen = new Map<string, Asked>();
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, ...given: unknown[]) {
      const asked = askedIn(given);
      if (asked) seen.set(asked.text, asked);
      return ask.apply(this, given);
    },
  });
  try {
    await work();
  } finally {
    Object.assign(pg.Client.prototype, { query: ask });
  }
  return [...seen.values()];
}

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Node[];
}
const Plan = z.object({ 'QUERY PLAN': z.array(z.object({ Plan: z.custom<Node>() })) });

const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The tables of a database that have so many rows or more, as its statistics say. */
export async function tablesOver(url: string, rows: number): Promise<ReadonlySet<string>> {
  const found = await runOn(
    url,
    `select relname as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= ${rows}`,
  );
  return new Set(
    z
      .array(z.object({ name: z.string() }))
      .parse(found)
      .map(({ name }) => name),
  );
}

/** Of some tables, those that a statement would read from one end to the other: nothing is run. */
export async function readWhole(
  client: pg.Client,
  { text, values }: Asked,
  tables: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { rows } = await client.query(`explain (format json) ${text}`, [...values]);
  const plans = z
    .array(Plan)
    .parse(rows)
    .flatMap((row) => row['QUERY PLAN'].map(({ Plan: node }) => node));
  const whole = plans
    .flatMap(nodesOf)
    .flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : []));
  return [...new Set(whole)].filter((name) => tables.has(name));
}

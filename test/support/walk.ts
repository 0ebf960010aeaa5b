import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../src/core/ports.ts';
import type { Conversation, Person } from '../../src/core/turn.ts';
import type { ShownCard } from './shown-card.ts';

type Json = { readonly [key: string]: unknown };

/** A card that somebody has before them. */
export interface Seen {
  readonly who: Person;
  readonly where: Conversation;
  readonly card: ShownCard;
}

const Columns = z.array(z.object({ table: z.string(), revised: z.boolean() }));
const Sums = z.array(z.object({ name: z.string(), n: z.coerce.number() }));

/**
 * How many rows each table has, and how often what it holds was revised: what an effect changes. A link to a file is an
 * answer and no effect: whoever asks twice gets two.
 */
export async function footprint(db: Db): Promise<ReadonlyMap<string, number>> {
  const { rows } = (await db.execute(sql`
    select t.tablename as "table", exists (
      select 1 from information_schema.columns c
      where c.table_schema = 'public' and c.table_name = t.tablename and c.column_name = 'revision') as revised
    from pg_tables t where t.schemaname = 'public' and t.tablename <> 'download_links'`)) as unknown as {
    rows: unknown;
  };
  const counts = Columns.parse(rows).flatMap(({ table, revised }) => [
    `select '${table}' as name, count(*) as n from "${table}"`,
    ...(revised ? [`select '${table}.revision', coalesce(sum(revision), 0) from "${table}"`] : []),
  ]);
  const sums = (await db.execute(sql.raw(counts.join(' union all ')))) as unknown as { rows: unknown };
  return new Map(Sums.parse(sums.rows).map(({ name, n }) => [name, n]));
}

/** What changed between two footprints, « table +1 », in order. */
export const changes = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] =>
  [...after]
    .map(([name, n]) => [name, n - (before.get(name) ?? 0)] as const)
    .filter(([, n]) => n !== 0)
    .map(([name, n]) => `${name} ${n > 0 ? '+' : ''}${n}`)
    .sort();

/** What a person who fills in whatever is asked would send with a card's inputs; `typed` by the inputs' ids. */
export function filled(card: ShownCard, typed: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    card.inputs.map((input) => {
      const id = String(input.id);
      return [id, typed[id] ?? typed[id.replace(/^.*\./, '*.')] ?? usual(input)];
    }),
  );
}

function usual(input: Json): string {
  if (typeof input.value === 'string' && input.value !== '') return input.value;
  if (typeof input.value === 'number') return String(input.value);
  switch (input.type) {
    case 'Input.ChoiceSet':
      return String(
        (input.choices as readonly { readonly value: string }[]).find(({ value }) => value)?.value ?? '',
      );
    case 'Input.Date':
      return '2026-11-20';
    case 'Input.Time':
      return '10:00';
    case 'Input.Number':
      return String(input.min ?? 1);
    case 'Input.Toggle':
      return String(input.valueOn ?? 'true');
    default:
      return 'Un texte.';
  }
}

/** What tells a button from another of the same verb, whatever ids and revisions it carries. */
export const likeness = (verb: string, data: Json): string =>
  `${verb} ${JSON.stringify(
    Object.entries(data).filter(
      ([key, value]) =>
        typeof value !== 'number' && !/^[0-9a-f]{8}-/.test(String(value)) && key !== 'formKey',
    ),
  )}`;

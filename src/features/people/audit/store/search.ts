import { and, desc, eq, gte, like, lt, type SQL, sql } from 'drizzle-orm';
import { nearestPage } from '../../../../core/cards/paging.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { beginning } from '../../../../core/rows/columns.ts';
import { fold } from '../../../../core/text/text.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { audit, people } from '../../tables.ts';

/** What is looked for in the trail; what is absent does not matter. */
export interface Sought {
  /** Of these people. */
  readonly doers?: readonly PersonKey[];
  /** The first word of the acts. */
  readonly prefix?: string;
  /** The beginning of the object: its id, or all of it. */
  readonly object?: string;
  readonly from?: Date;
  /** Excluded. */
  readonly until?: Date;
}

export interface Entry {
  readonly at: Date;
  readonly tenantId: string;
  readonly objectId: string;
  readonly action: string;
  readonly object: string;
}

/** However many they are: their ids go as two lists. */
function isOneOf(doers: readonly PersonKey[]): SQL {
  const tenants = sql.param(doers.map(({ tenantId }) => tenantId));
  const objects = sql.param(doers.map(({ objectId }) => objectId));
  return sql`(${audit.tenantId}, ${audit.objectId}) in (
    select tenant_id, object_id from unnest(${tenants}::text[], ${objects}::text[]) as doer (tenant_id, object_id))`;
}

function conditionOf({ doers, prefix, object, from, until }: Sought): SQL | undefined {
  return and(
    doers && isOneOf(doers),
    prefix === undefined ? undefined : like(audit.action, beginning(`${prefix}.`)),
    object === undefined ? undefined : like(audit.object, beginning(object)),
    from && gte(audit.at, from),
    until && lt(audit.at, until),
  );
}

/** A page of what was done, the newest first; the nearest page. */
export async function searchTrail(
  db: Db,
  sought: Sought,
  wanted: number,
  size: number,
): Promise<{ rows: Entry[]; page: number; total: number }> {
  const where = conditionOf(sought);
  const total = await db.$count(audit, where);
  const page = nearestPage(wanted, total, size);
  const rows = await db
    .select()
    .from(audit)
    .where(where)
    .orderBy(desc(audit.id))
    .limit(size)
    .offset((page - 1) * size);
  return { rows, page, total };
}

/** Those whom a name, or a part of it, may mean, accents and case aside; or whoever has an Entra id, known or forgotten. */
export async function doersNamed(db: Db, text: string): Promise<PersonKey[]> {
  const known = await db
    .select({ tenantId: people.tenantId, objectId: people.objectId, name: people.name })
    .from(people);
  const wanted = fold(text);
  const named = known.filter(({ name, objectId }) => fold(name).includes(wanted) || objectId === text);
  if (named.length > 0) return named;
  return db
    .selectDistinct({ tenantId: audit.tenantId, objectId: audit.objectId })
    .from(audit)
    .where(eq(audit.objectId, text));
}

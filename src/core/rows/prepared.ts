import { type Placeholder, sql } from 'drizzle-orm';
import type { Db } from '../ports/db.ts';

/** Somebody, or the place of whoever a statement is asked for. */
export interface Whose {
  readonly tenantId: string | Placeholder;
  readonly objectId: string | Placeholder;
}

/** The place of a person in a statement that is put together once: their tenant and id fill it. */
export const ANYBODY: Whose = {
  tenantId: sql.placeholder('tenantId'),
  objectId: sql.placeholder('objectId'),
};

/**
 * A query that is put together once for each handle, and asked with what fills its places: to put one together takes
 * longer than to ask it. It has no name of its own: connections name what comes again, by its text.
 */
export function prepared<Query>(
  build: (from: Db) => { readonly prepare: (name: string) => Query },
): (from: Db) => Query {
  const queries = new WeakMap<Db, Query>();
  return (from) => {
    const known = queries.get(from);
    if (known) return known;
    const query = build(from).prepare('');
    queries.set(from, query);
    return query;
  };
}

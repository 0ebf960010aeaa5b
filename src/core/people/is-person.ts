import { and, eq, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Whose } from '../rows/prepared.ts';

/** The columns that name somebody: a table's own, or those of one of the persons that it names. */
export interface PersonColumns {
  readonly tenantId: PgColumn;
  readonly objectId: PgColumn;
}

/** The rows in which these columns name a person: their tenant and them, never the one without the other. */
export const isPerson = ({ tenantId, objectId }: PersonColumns, person: Whose): SQL | undefined =>
  and(eq(tenantId, person.tenantId), eq(objectId, person.objectId));

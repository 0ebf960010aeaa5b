import { count, eq, sql } from 'drizzle-orm';
import type { Db } from '../../../core/ports/db.ts';
import { installs } from '../tables.ts';

/** Writes what became of an installation for a person: the latest attempt counts. */
export async function recordInstall(db: Db, install: typeof installs.$inferInsert): Promise<void> {
  const { outcome, at } = install;
  await db
    .insert(installs)
    .values(install)
    .onConflictDoUpdate({
      target: [installs.broadcastId, installs.tenantId, installs.objectId],
      set: { outcome, at },
    });
}

/** How many installations of a broadcast had each outcome. */
export const installOutcomes = (db: Db, broadcastId: string) =>
  db
    .select({ outcome: installs.outcome, n: count() })
    .from(installs)
    .where(eq(installs.broadcastId, broadcastId))
    .groupBy(installs.outcome)
    .orderBy(sql`1`);

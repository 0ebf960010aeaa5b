import { and, desc, eq, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import type { Db, Tx } from '../../core/ports.ts';
import type { PersonKey } from './people.ts';
import { audit } from './tables.ts';

/** Seven years after the end of a contract is the longest duty of the guide (section 4.12); the trail lasts as long. */
const RETENTION_HOURS = 24 * 365 * 7;

/** Who did what to which object. Nothing is ever changed; the database refuses it. */
export function buildAudit(db: Db, clock: Clock) {
  return {
    async record(tx: Tx, { tenantId, objectId }: PersonKey, action: string, object: string): Promise<void> {
      await tx.insert(audit).values({ at: asDate(clock.now()), tenantId, objectId, action, object });
    },

    /** What a person did, newest first, at most a thousand lines. */
    of: ({ tenantId, objectId }: PersonKey) =>
      db
        .select({ at: audit.at, action: audit.action, object: audit.object })
        .from(audit)
        .where(and(eq(audit.tenantId, tenantId), eq(audit.objectId, objectId)))
        .orderBy(desc(audit.id))
        .limit(1_000),

    async purge(): Promise<void> {
      await db.delete(audit).where(lt(audit.at, asDate(clock.now().subtract({ hours: RETENTION_HOURS }))));
    },
  };
}

export type Audit = ReturnType<typeof buildAudit>;

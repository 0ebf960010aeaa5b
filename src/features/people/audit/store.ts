import { and, desc, eq, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import type { Db, Tx } from '../../../core/ports.ts';
import { serialize } from '../../../core/serialize.ts';
import type { PersonKey } from '../roster/store/people.ts';
import { audit } from '../tables.ts';

/** As long as the longest duty of the guide's first edition (section 4.12). Our own: the database lets nothing younger than six years go. */
const RETENTION_HOURS = 24 * 365 * 7;

/** Who did what to which object. Nothing is ever changed; the database refuses it. */
export function buildAudit(db: Db, clock: Clock) {
  async function record(
    tx: Tx,
    { tenantId, objectId }: PersonKey,
    action: string,
    object: string,
  ): Promise<void> {
    await tx.insert(audit).values({ at: asDate(clock.now()), tenantId, objectId, action, object });
  }

  return {
    record,

    /** Records what is done once, and is no row of its own, under the id of its effect. False when it was done already. */
    async once(tx: Tx, person: PersonKey, action: string, object: string): Promise<boolean> {
      const { tenantId, objectId } = person;
      await serialize(tx, 'audit', tenantId, objectId, action, object);
      const [done] = await tx
        .select({ id: audit.id })
        .from(audit)
        .where(
          and(
            eq(audit.tenantId, tenantId),
            eq(audit.objectId, objectId),
            eq(audit.action, action),
            eq(audit.object, object),
          ),
        )
        .limit(1);
      if (done) return false;
      await record(tx, person, action, object);
      return true;
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

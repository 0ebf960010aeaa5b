import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../../core/ports/db.ts';
import type { Deliveries } from '../../core/ports/delivery.ts';
import { deliveries, preferences } from './tables.ts';

/** What a person asked of reminders, and what is held about them here. */
export function buildOwnData(db: Db): Pick<Deliveries, 'preferences' | 'prefer' | 'erase' | 'heldOf'> {
  type Key = Parameters<Deliveries['heldOf']>[0];
  const toThem = ({ tenantId, objectId }: Key) =>
    and(eq(deliveries.tenantId, tenantId), eq(deliveries.objectId, objectId));
  const theirs = ({ tenantId, objectId }: Key) =>
    and(eq(preferences.tenantId, tenantId), eq(preferences.objectId, objectId));

  return {
    async preferences(person) {
      const [row] = await db.select().from(preferences).where(theirs(person));
      return { pausedUntil: row?.pausedUntil ?? null, notBefore: row?.notBefore ?? null };
    },

    async prefer(tx, { tenantId, objectId }, wished) {
      await tx
        .insert(preferences)
        .values({ tenantId, objectId, ...wished })
        .onConflictDoUpdate({ target: [preferences.tenantId, preferences.objectId], set: wished });
    },

    async heldOf(person) {
      const [asked] = await db.select().from(preferences).where(theirs(person));
      const notices = await db
        .select({ kind: deliveries.kind, state: deliveries.state, at: deliveries.changedAt })
        .from(deliveries)
        .where(toThem(person));
      return { preferences: asked ?? null, avis: notices };
    },

    async erase(tx, person) {
      await tx.delete(deliveries).where(toThem(person));
      await tx.delete(preferences).where(theirs(person));
      // What others are told of them says their ids: it names them no more.
      await tx
        .update(deliveries)
        .set({ subject: sql`jsonb_set(${deliveries.subject}, '{objectId}', '""')` })
        .where(
          and(
            eq(sql`${deliveries.subject} ->> 'objectId'`, person.objectId),
            eq(sql`${deliveries.subject} ->> 'tenantId'`, person.tenantId),
          ),
        );
    },
  };
}

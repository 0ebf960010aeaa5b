import { and, eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { organizationContacts, organizations } from '../../tables.ts';

/** What a body is for the rules, as the staff know it (guide 2.4). */
export const buildBodyKind = (db: Db, clock: Clock, audit: Audit) => ({
  /** Confirms the kind of a body, and whether the RCTI applies: its members do not change it any more. */
  async confirmKind(
    staff: Person,
    id: string,
    seen: number,
    said: { readonly kind: string; readonly rcti: boolean },
  ): Promise<'done' | 'stale'> {
    return db.transaction(async (tx) => {
      const [row] = await tx.select().from(organizations).where(eq(organizations.id, id)).for('update');
      if (!row) throw notFound();
      if (row.kindConfirmedAt !== null && row.kind === said.kind && row.rcti === said.rcti) return 'done';
      if (row.revision !== seen) return 'stale';
      await tx
        .update(organizations)
        .set({ ...said, kindConfirmedAt: asDate(clock.now()), revision: seen + 1 })
        .where(and(eq(organizations.id, id), eq(organizations.revision, seen)));
      await audit.record(tx, staff, 'organization.kind', id);
      return 'done';
    });
  },

  /** Takes somebody out of the contacts of a body. */
  async removeContact(staff: Person, id: string, email: string): Promise<void> {
    await db.transaction(async (tx) => {
      const gone = await tx
        .delete(organizationContacts)
        .where(and(eq(organizationContacts.organizationId, id), eq(organizationContacts.email, email)))
        .returning({ email: organizationContacts.email });
      if (gone.length > 0) await audit.record(tx, staff, 'organization.contact', id);
    });
  },
});

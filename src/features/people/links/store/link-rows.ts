import { and, desc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { newId } from '../../../../core/id.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { pageLinks as table } from '../../tables.ts';

export type PageLink = typeof table.$inferSelect;
/** What a link is for: its kind, and ids, never a name. A person's own names them. */
export interface Purpose {
  readonly kind: string;
  readonly subject: Readonly<Record<string, unknown>>;
}

const Whose = z.object({ tenantId: z.string(), objectId: z.string() });

/** Links for the same thing. */
export const same = ({ kind, subject }: Purpose) =>
  and(eq(table.kind, kind), sql`${table.subject} = ${JSON.stringify(subject)}::jsonb`);

/** Nobody else gives, replaces or takes up a link for the same thing until the transaction ends. */
export const hold = (tx: Tx, { kind, subject }: Purpose): Promise<unknown> =>
  serialize(tx, 'pageLink', kind, JSON.stringify(Object.entries(subject).sort()));

/** The newest of some links. */
export async function newest(from: Db, where: SQL | undefined): Promise<PageLink | undefined> {
  const [row] = await from.select().from(table).where(where).orderBy(desc(table.number)).limit(1);
  return row;
}

export type LinkRows = ReturnType<typeof buildLinkRows>;

/** The rows of links: made and ended, with who did. */
export function buildLinkRows(clock: Clock, audit: Audit) {
  const now = () => asDate(clock.now());
  return {
    now,

    /** Neither revoked nor past its time. */
    alive: () => and(isNull(table.revokedAt), gt(table.until, now())),

    async insert(tx: Tx, { kind, subject }: Purpose, until: Date, by?: Person): Promise<PageLink> {
      const whose = Whose.safeParse(subject).data;
      const [row] = await tx
        .insert(table)
        .values({
          id: newId(),
          kind,
          subject,
          tenantId: whose?.tenantId,
          objectId: whose?.objectId,
          madeTenant: by?.tenantId,
          madeId: by?.objectId,
          madeBy: by?.name,
          madeAt: now(),
          until,
        })
        .returning();
      if (!row) throw new Error('link not written');
      if (by) await audit.record(tx, by, 'link.make', row.id);
      return row;
    },

    async end(tx: Tx, by: Person, { id }: PageLink): Promise<void> {
      await tx
        .update(table)
        .set({ revokedAt: now(), revokedTenant: by.tenantId, revokedId: by.objectId, revokedBy: by.name })
        .where(eq(table.id, id));
      await audit.record(tx, by, 'link.revoke', id);
    },
  };
}

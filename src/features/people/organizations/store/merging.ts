import { and, eq, inArray, notInArray } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { House } from '../../../../core/manifest.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import {
  memberships,
  organizationAliases,
  organizationContacts,
  organizations,
  tenantMappings,
} from '../../tables.ts';

/** What leads to one body leads to another: names, tenants, contacts, people. */
async function moveAll(
  tx: Tx,
  from: typeof organizations.$inferSelect,
  into: string,
  now: Date,
): Promise<void> {
  const of = { organizationId: into };
  await tx.update(organizationAliases).set(of).where(eq(organizationAliases.organizationId, from.id));
  await tx.update(tenantMappings).set(of).where(eq(tenantMappings.organizationId, from.id));
  await tx.update(memberships).set(of).where(eq(memberships.organizationId, from.id));
  const known = tx
    .select({ email: organizationContacts.email })
    .from(organizationContacts)
    .where(eq(organizationContacts.organizationId, into));
  await tx
    .update(organizationContacts)
    .set(of)
    .where(
      and(eq(organizationContacts.organizationId, from.id), notInArray(organizationContacts.email, known)),
    );
  await tx.delete(organizationContacts).where(eq(organizationContacts.organizationId, from.id));
  await tx.delete(organizations).where(eq(organizations.id, from.id));
  await tx
    .insert(organizationAliases)
    .values({ key: from.key, organizationId: into, name: from.name, createdAt: now });
}

export interface MergingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly house: Pick<House, 'merge'>;
}

/** Two bodies of the register that are one. */
export const buildMerging = ({ db, clock, audit, house }: MergingParts) => ({
  /**
   * Makes one body of two: the first, with its people, files, contracts and evaluations, becomes the other, to which its
   * names lead. `stale` when either is not what was shown any more.
   */
  async mergeBodies(
    staff: Person,
    {
      body,
      revision,
      into,
      intoRevision,
    }: { body: string; revision: number; into: string; intoRevision: number },
  ): Promise<'done' | 'stale'> {
    if (body === into)
      throw new CourtierError(
        'refused',
        'Choisissez un autre organisme : celui-ci ne fusionne pas avec lui-même.',
      );
    return db.transaction(async (tx) => {
      await serialize(tx, 'organization names');
      const rows = await tx
        .select()
        .from(organizations)
        .where(inArray(organizations.id, [body, into]))
        .orderBy(organizations.id)
        .for('update');
      const from = rows.find(({ id }) => id === body);
      const to = rows.find(({ id }) => id === into);
      if (!to) throw notFound();
      if (!from || from.revision !== revision || to.revision !== intoRevision) return 'stale';
      await house.merge(tx, from.id, to.id);
      await moveAll(tx, from, to.id, asDate(clock.now()));
      const says = to.kindConfirmedAt === null && from.kindConfirmedAt !== null;
      await tx
        .update(organizations)
        .set({
          revision: to.revision + 1,
          registeredAt: to.registeredAt ?? from.registeredAt,
          ...((says || to.kind === null) && {
            kind: from.kind,
            rcti: from.rcti,
            kindConfirmedAt: from.kindConfirmedAt,
          }),
        })
        .where(eq(organizations.id, to.id));
      await audit.record(tx, staff, 'organization.merge', to.id);
      return 'done';
    });
  },
});

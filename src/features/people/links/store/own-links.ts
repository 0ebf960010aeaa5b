import { or } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { GONE } from '../../../../core/rows/retention.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { pageLinks as table } from '../../tables.ts';

export const maker = { tenantId: table.madeTenant, objectId: table.madeId, name: table.madeBy };
export const revoker = { tenantId: table.revokedTenant, objectId: table.revokedId, name: table.revokedBy };

/** What links say of a person: theirs, and those that they made or ended. */
export const buildOwnLinks = (db: Db) => ({
  heldOf: (person: PersonKey) =>
    db
      .select({
        number: table.number,
        kind: table.kind,
        madeAt: table.madeAt,
        until: table.until,
        usedOn: table.usedOn,
        revokedAt: table.revokedAt,
        tenantId: table.tenantId,
        objectId: table.objectId,
        madeTenant: table.madeTenant,
        madeId: table.madeId,
        revokedTenant: table.revokedTenant,
        revokedId: table.revokedId,
      })
      .from(table)
      .where(or(isPerson(table, person), isPerson(maker, person), isPerson(revoker, person)))
      .orderBy(table.number),

  /** Their links go; those that they made or ended for others stay, without their name. */
  async erase(tx: Tx, person: PersonKey): Promise<void> {
    await tx.delete(table).where(isPerson(table, person));
    await tx.update(table).set({ madeTenant: '', madeId: '', madeBy: GONE }).where(isPerson(maker, person));
    await tx
      .update(table)
      .set({ revokedTenant: null, revokedId: null, revokedBy: GONE })
      .where(isPerson(revoker, person));
  },
});

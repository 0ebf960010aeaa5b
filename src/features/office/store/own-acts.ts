import { desc, notInArray, or } from 'drizzle-orm';
import { asDate } from '../../../core/clock.ts';
import { isSame } from '../../../core/people/chosen-person.ts';
import { isPerson } from '../../../core/people/is-person.ts';
import type { Tx } from '../../../core/ports/db.ts';
import { serialize } from '../../../core/rows/serialize.ts';
import type { Person } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';
import { officeActs as table } from '../tables.ts';
import { ownerOf, type Reading, type ReadingParts } from './reading.ts';

const owner = { tenantId: table.ownerTenant, objectId: table.ownerId };
const doer = { tenantId: table.byTenant, objectId: table.byId };

/** What the office keeps of one of its members: handed over when they leave it, shown and erased when they ask. */
export function buildOwnActs({ db, clock, waits }: ReadingParts, reading: Reading) {
  /** The kinds of which the feature itself says who has them: it hands them over. */
  const elsewhere = () => waits().flatMap(({ kind, assign }) => (assign ? [kind] : []));

  return {
    /** How much of what waits is in somebody's hands, beside what a feature keeps itself. */
    async heldCount(person: PersonKey): Promise<number> {
      const kinds = new Set(elsewhere());
      const items = await reading.standing();
      return items.filter(({ kind, holder }) => holder && !kinds.has(kind) && isSame(holder, person)).length;
    },

    /** All that somebody had is a colleague's, or nobody's. */
    async hand(tx: Tx, person: Person, heir: Person | undefined): Promise<void> {
      await serialize(tx, 'office');
      const rows = await tx
        .selectDistinctOn([table.kind, table.item])
        .from(table)
        .where(notInArray(table.kind, ['', ...elsewhere()]))
        .orderBy(table.kind, table.item, desc(table.revision));
      const theirs = rows.filter((row) => isSame(ownerOf(row), person));
      if (theirs.length === 0) return;
      await tx.insert(table).values(
        theirs.map((row) => ({
          ...row,
          revision: row.revision + 1,
          act: heir ? ('assign' as const) : ('handBack' as const),
          ownerTenant: heir?.tenantId ?? null,
          ownerId: heir?.objectId ?? null,
          byTenant: person.tenantId,
          byId: person.objectId,
          at: asDate(clock.now()),
        })),
      );
    },

    actsHeldOf: (person: PersonKey) =>
      db
        .select({ quoi: table.kind, geste: table.act, le: table.at })
        .from(table)
        .where(or(isPerson(owner, person), isPerson(doer, person)))
        .orderBy(table.at),

    /** What was done stays, without who did it, or who had it. */
    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx.update(table).set({ ownerTenant: null, ownerId: null }).where(isPerson(owner, person));
      await tx.update(table).set({ byId: '' }).where(isPerson(doer, person));
    },
  };
}

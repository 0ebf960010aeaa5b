import { and, asc, count, eq } from 'drizzle-orm';
import type { Kept } from '../../../core/feature.ts';
import { isPerson } from '../../../core/is-person.ts';
import type { Db, Tx } from '../../../core/ports.ts';
import type { PersonKey } from '../../people/index.ts';
import { acquisitionMembers, acquisitionRecord, acquisitions } from '../tables.ts';
import { isMember, ofPerson } from './records.ts';

const doneBy = (person: PersonKey) => isPerson(acquisitionRecord, person);
const given = (person: PersonKey) => isPerson(acquisitionMembers, person);

/** What is known of a person in the files, given and erased. */
export function buildOwnData(db: Db) {
  return {
    async heldOf(person: PersonKey) {
      const rows = await ofPerson(db, person);
      return {
        dossiers: rows.map(({ file, role }) => ({
          nom: file.name,
          etat: file.state,
          role,
          cree: file.createdAt,
        })),
        gestes: await db
          .select({ le: acquisitionRecord.at, geste: acquisitionRecord.sentence })
          .from(acquisitionRecord)
          .where(doneBy(person)),
      };
    },

    /** The files of a body that a person sees, and those that they made for it. */
    async countOf(person: PersonKey, organization: string): Promise<Kept> {
      const theirs = eq(acquisitions.organizationId, organization);
      const seen = await ofPerson(db, person).where(and(isMember(person), theirs));
      const [made] = await db
        .select({ n: count() })
        .from(acquisitionMembers)
        .innerJoin(acquisitions, eq(acquisitions.id, acquisitionMembers.acquisitionId))
        .where(and(given(person), eq(acquisitionMembers.role, 'owner'), theirs));
      return { seen: seen.length, made: made?.n ?? 0 };
    },

    /**
     * A person leaves the files of others; those of theirs that nobody shares are deleted, the others pass on. What they
     * made for a body that is theirs no more is not theirs to delete.
     */
    async erase(tx: Tx, person: PersonKey): Promise<void> {
      // Nobody is taken into a file, nor leaves it, while it passes on.
      const rows = await tx
        .select({ id: acquisitions.id, role: acquisitionMembers.role })
        .from(acquisitions)
        .innerJoin(acquisitionMembers, eq(acquisitionMembers.acquisitionId, acquisitions.id))
        .where(given(person))
        .for('update', { of: acquisitions });
      const seen = new Set((await ofPerson(tx, person)).map(({ file }) => file.id));
      await tx
        .update(acquisitionRecord)
        .set({ objectId: '', by: 'Une personne effacée' })
        .where(doneBy(person));
      await tx.delete(acquisitionMembers).where(given(person));
      for (const { id, role } of rows) if (role === 'owner') await passOn(tx, id, seen.has(id));
    },
  };
}

/** A file without its owner is that of who took part in it first, or is no more where it was the owner's to delete. */
async function passOn(tx: Tx, id: string, deletable: boolean): Promise<void> {
  const [heir] = await tx
    .select()
    .from(acquisitionMembers)
    .where(eq(acquisitionMembers.acquisitionId, id))
    .orderBy(asc(acquisitionMembers.addedAt))
    .limit(1);
  if (!heir && deletable) await tx.delete(acquisitions).where(eq(acquisitions.id, id));
  if (heir)
    await tx
      .update(acquisitionMembers)
      .set({ role: 'owner' })
      .where(and(eq(acquisitionMembers.acquisitionId, id), given(heir)));
}

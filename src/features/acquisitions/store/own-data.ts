import { and, asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../../core/ports.ts';
import type { PersonKey } from '../../people/index.ts';
import { acquisitionMembers, acquisitionRecord, acquisitions } from '../tables.ts';
import { isMember, ofPerson } from './records.ts';

const doneBy = ({ tenantId, objectId }: PersonKey) =>
  and(eq(acquisitionRecord.tenantId, tenantId), eq(acquisitionRecord.objectId, objectId));

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

    /** A person leaves the files of others; those of theirs that nobody shares are deleted, the others pass on. */
    async erase(tx: Tx, person: PersonKey): Promise<void> {
      // Nobody is taken into a file, nor leaves it, while it passes on.
      const rows = await ofPerson(tx, person).for('update', { of: acquisitions });
      await tx
        .update(acquisitionRecord)
        .set({ objectId: '', by: 'Une personne effacée' })
        .where(doneBy(person));
      await tx.delete(acquisitionMembers).where(isMember(person));
      for (const { file, role } of rows) if (role === 'owner') await passOn(tx, file.id);
    },
  };
}

/** A file without its owner is that of who took part in it first, or is no more. */
async function passOn(tx: Tx, id: string): Promise<void> {
  const [heir] = await tx
    .select()
    .from(acquisitionMembers)
    .where(eq(acquisitionMembers.acquisitionId, id))
    .orderBy(asc(acquisitionMembers.addedAt))
    .limit(1);
  if (!heir) await tx.delete(acquisitions).where(eq(acquisitions.id, id));
  else
    await tx
      .update(acquisitionMembers)
      .set({ role: 'owner' })
      .where(and(eq(acquisitionMembers.acquisitionId, id), isMember(heir)));
}

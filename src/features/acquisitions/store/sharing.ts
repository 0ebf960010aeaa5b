import { and, asc, eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import { CourtierError } from '../../../core/errors.ts';
import type { Db } from '../../../core/ports.ts';
import type { Person } from '../../../core/turn.ts';
import type { Belonging, PersonKey } from '../../people/index.ts';
import { acquisitionMembers } from '../tables.ts';
import type { Journal } from './journal.ts';
import { isMember, lockFile, mustOwn } from './records.ts';

export type Member = Person & { readonly role: 'owner' | 'member' };

const isSame = (a: PersonKey, b: PersonKey): boolean =>
  a.tenantId === b.tenantId && a.objectId === b.objectId;

/** Who takes part in the files. */
export function buildSharing(db: Db, clock: Clock, belonging: Belonging, { record }: Journal) {
  return {
    members: (id: string, from: Db = db): Promise<Member[]> =>
      from
        .select({
          tenantId: acquisitionMembers.tenantId,
          objectId: acquisitionMembers.objectId,
          name: acquisitionMembers.name,
          role: acquisitionMembers.role,
        })
        .from(acquisitionMembers)
        .where(eq(acquisitionMembers.acquisitionId, id))
        .orderBy(asc(acquisitionMembers.addedAt)),

    /** Shares with a confirmed colleague of the same body; a second time changes nothing. */
    async share(person: Person, id: string, colleague: PersonKey): Promise<void> {
      const found = (await belonging.colleagues(person)).find((each) => isSame(each, colleague));
      if (!found)
        throw new CourtierError('refused', 'Un dossier se partage avec une personne de votre organisation.');
      await db.transaction(async (tx) => {
        const file = await lockFile(tx, id, person);
        const added = await tx
          .insert(acquisitionMembers)
          .values({ acquisitionId: file.id, ...found, role: 'member', addedAt: asDate(clock.now()) })
          .onConflictDoNothing()
          .returning({ id: acquisitionMembers.acquisitionId });
        if (added.length > 0) await record(tx, id, person, `Dossier partagé avec ${found.name}.`);
      });
    },

    /** Ends somebody's access: the owner's decision, or one's own departure. The owner stays. */
    async unshare(person: Person, id: string, member: PersonKey): Promise<void> {
      await db.transaction(async (tx) => {
        const file = await lockFile(tx, id, person);
        if (!isSame(member, person)) mustOwn(file);
        const { acquisitionId, role, name } = acquisitionMembers;
        const [gone] = await tx
          .delete(acquisitionMembers)
          .where(and(eq(acquisitionId, id), isMember(member), eq(role, 'member')))
          .returning({ name });
        if (gone) await record(tx, id, person, `${gone.name} n'a plus accès au dossier.`);
      });
    },
  };
}

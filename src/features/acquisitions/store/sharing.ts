import { and, asc, eq, isNull } from 'drizzle-orm';
import { isSame } from '../../../core/chosen-person.ts';
import { asDate } from '../../../core/clock.ts';
import { CourtierError } from '../../../core/errors.ts';
import { isPerson } from '../../../core/is-person.ts';
import type { Db, Tx } from '../../../core/ports.ts';
import type { Person } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';
import { acquisitionMembers, acquisitions, membersNow } from '../tables.ts';
import { type FileParts, mustOwn } from './records.ts';

export type Member = Person & { readonly role: 'owner' | 'member' };

/** Who takes part in the files. */
export function buildSharing({ db, clock, belonging, quotas, journal, locks }: FileParts) {
  const { record } = journal;
  const { lockFile } = locks;
  const give = (tx: Tx, acquisitionId: string, person: Person, addedAt = asDate(clock.now())) =>
    tx
      .insert(acquisitionMembers)
      .values({ acquisitionId, ...person, role: 'member', addedAt })
      .onConflictDoNothing()
      .returning({ id: acquisitionMembers.acquisitionId });

  /**
   * A file, locked by its author, that was only theirs is their body's from now on: something was done with it in the
   * body's name. Changes nothing where they act for none, or where it is a body's already.
   */
  async function entrust(tx: Tx, id: string, person: PersonKey): Promise<void> {
    const body = await belonging.bodyOf(person, tx);
    if (!body) return;
    await tx
      .update(acquisitions)
      .set({ organizationId: body.id })
      .where(and(eq(acquisitions.id, id), isNull(acquisitions.organizationId)));
  }

  return {
    entrust,

    /** Who sees a file now; those who left its body do not. */
    members: (id: string, from: Db = db): Promise<Member[]> =>
      from
        .select({
          tenantId: membersNow.tenantId,
          objectId: membersNow.objectId,
          name: membersNow.name,
          role: membersNow.role,
        })
        .from(membersNow)
        .where(eq(membersNow.acquisitionId, id))
        .orderBy(asc(membersNow.addedAt), asc(membersNow.name)),

    /**
     * Who goes on with a file without one of its members: those who see it with them, else everybody who acts for its
     * body; nobody, where it is theirs alone.
     */
    async heirs(id: string, person: PersonKey, from: Db = db): Promise<Person[]> {
      const others = (await this.members(id, from)).filter((member) => !isSame(member, person));
      if (others.length > 0)
        return others.map(({ tenantId, objectId, name }) => ({ tenantId, objectId, name }));
      const [file] = await from
        .select({ body: acquisitions.organizationId })
        .from(acquisitions)
        .where(eq(acquisitions.id, id));
      const body = await belonging.bodyOf(person, from);
      return file?.body && file.body === body?.id ? belonging.colleagues(person, from) : [];
    },

    /**
     * Shares with a confirmed colleague of the same body; a second time changes nothing. The file is then their body's:
     * who shares one that nobody was given takes it first.
     */
    async share(person: Person, id: string, colleague: PersonKey): Promise<void> {
      await db.transaction(async (tx) => {
        const file = await lockFile(tx, id, person);
        const found = (await belonging.colleagues(person, tx)).find((each) => isSame(each, colleague));
        if (!found)
          throw new CourtierError(
            'refused',
            'Un dossier se partage avec une personne de votre organisation.',
          );
        await give(tx, file.id, person, file.createdAt);
        const added = await give(tx, file.id, found);
        await entrust(tx, id, person);
        if (added.length === 0) return;
        await quotas.spend(tx, person, 'acquisitions.share');
        await record(tx, id, person, `Dossier partagé avec ${found.name}.`);
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
          .where(and(eq(acquisitionId, id), isPerson(acquisitionMembers, member), eq(role, 'member')))
          .returning({ name });
        if (gone) await record(tx, id, person, `${gone.name} n'a plus accès au dossier.`);
      });
    },
  };
}

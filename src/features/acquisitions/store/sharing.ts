import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { asDate } from '../../../core/clock.ts';
import { CourtierError } from '../../../core/errors.ts';
import { isSame } from '../../../core/people/chosen-person.ts';
import { isPerson } from '../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import { batched } from '../../../core/rows/batched.ts';
import { byName } from '../../../core/rows/columns.ts';
import type { Person } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';
import { acquisitionMembers, acquisitions, membersNow } from '../tables.ts';
import { type FileParts, mustOwn } from './records.ts';

export type Member = Person & { readonly role: 'owner' | 'member' };

const membersOf = batched(
  (from, ids): Promise<(Member & { readonly file: string })[]> =>
    from
      .select({
        file: membersNow.acquisitionId,
        tenantId: membersNow.tenantId,
        objectId: membersNow.objectId,
        name: membersNow.name,
        role: membersNow.role,
      })
      .from(membersNow)
      .where(inArray(membersNow.acquisitionId, ids))
      .orderBy(asc(membersNow.addedAt), byName(membersNow.name), asc(membersNow.objectId)),
  ({ file }) => file,
);

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
    members: (id: string, from: Db = db): Promise<readonly Member[]> => membersOf(from, id),

    /**
     * Who goes on with some files without one of their members, by file: those who see it with them, else everybody who
     * acts for its body; nobody, where it is theirs alone.
     */
    async heirs(
      ids: readonly string[],
      person: PersonKey,
      from: Db = db,
    ): Promise<ReadonlyMap<string, readonly Person[]>> {
      if (ids.length === 0) return new Map();
      const body = await belonging.bodyOf(person, from);
      const colleagues = body ? await belonging.colleagues(person, from) : [];
      const files = await from
        .select({ id: acquisitions.id, body: acquisitions.organizationId })
        .from(acquisitions)
        .where(inArray(acquisitions.id, [...ids]));
      const heirs = files.map(async (file) => {
        const others = (await membersOf(from, file.id)).filter((member) => !isSame(member, person));
        const left = others.map(({ tenantId, objectId, name }) => ({ tenantId, objectId, name }));
        return [file.id, left.length > 0 || file.body !== body?.id ? left : colleagues] as const;
      });
      return new Map(await Promise.all(heirs));
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

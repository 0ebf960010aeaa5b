import { and, asc, count, desc, eq, gt, inArray, max } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import { type Id, newId } from '../../../core/id.ts';
import type { Db, Tx } from '../../../core/ports.ts';
import { revisedRows } from '../../../core/revised.ts';
import { serialize } from '../../../core/serialize.ts';
import type { Person } from '../../../core/turn.ts';
import type { Belonging, PersonKey } from '../../people/index.ts';
import { type FileEvent, transition } from '../rules/steps.ts';
import { acquisitionMembers, acquisitionRecord, acquisitions } from '../tables.ts';
import { buildConclusions } from './conclusions.ts';
import { buildFacts } from './facts.ts';

export type AcquisitionFile = typeof acquisitions.$inferSelect & { readonly role: 'owner' | 'member' };
export type Member = Person & { readonly role: 'owner' | 'member' };

type About = (typeof acquisitionRecord.$inferInsert)['about'] & string;
/** A change of what a choice rests on: what it was, whose, when. */
export type Moved = Pick<typeof acquisitionRecord.$inferSelect, 'about' | 'at' | 'by' | 'sentence'>;

const MOST_FILES = 100;

/** Acquisition files: who holds them, what is known of them, what was done. For strangers they do not exist. */
export function buildFiles(db: Db, clock: Clock, belonging: Belonging) {
  const doneBy = ({ tenantId, objectId }: PersonKey) =>
    and(eq(acquisitionRecord.tenantId, tenantId), eq(acquisitionRecord.objectId, objectId));
  const isMember = ({ tenantId, objectId }: PersonKey) =>
    and(eq(acquisitionMembers.tenantId, tenantId), eq(acquisitionMembers.objectId, objectId));

  const ofPerson = (db: Db, person: PersonKey) =>
    db
      .select({ file: acquisitions, role: acquisitionMembers.role })
      .from(acquisitions)
      .innerJoin(acquisitionMembers, eq(acquisitionMembers.acquisitionId, acquisitions.id))
      .where(isMember(person))
      .orderBy(desc(acquisitions.updatedAt))
      .$dynamic();

  async function seen(db: Db, id: string, person: PersonKey): Promise<AcquisitionFile | undefined> {
    const [row] = await ofPerson(db, person).where(and(isMember(person), eq(acquisitions.id, id)));
    return row && { ...row.file, role: row.role };
  }

  async function find(db: Db, id: string, person: PersonKey): Promise<AcquisitionFile> {
    const file = await seen(db, id, person);
    if (!file) throw notFound();
    return file;
  }

  /** Keeps a file, and what is known of it, from being changed by anyone else until the transaction ends. */
  async function hold(tx: Tx, id: string): Promise<void> {
    await tx
      .select({ id: acquisitions.id })
      .from(acquisitions)
      .where(eq(acquisitions.id, id))
      .for('no key update');
  }

  const rows = revisedRows(acquisitions, clock);

  async function lock(tx: Tx, id: string, person: PersonKey): Promise<AcquisitionFile> {
    await hold(tx, id);
    return find(tx, id, person);
  }

  /** Who last moved each ground of a choice since it was made, the latest first. */
  async function movers(from: Db, id: string): Promise<Moved[]> {
    const { sequence, about, at, by, sentence } = acquisitionRecord;
    const ofFile = eq(acquisitionRecord.acquisitionId, id);
    const lastChoice = from
      .select({ last: max(sequence) })
      .from(acquisitionRecord)
      .where(and(ofFile, eq(about, 'choice')));
    return from
      .selectDistinctOn([about], { about, at, by, sentence })
      .from(acquisitionRecord)
      .where(and(ofFile, inArray(about, ['needs', 'body']), gt(sequence, lastChoice)))
      .orderBy(asc(about), desc(sequence));
  }

  /** Adds to what was done; false when the same entry is there already. */
  async function record(
    tx: Tx,
    id: string,
    { tenantId, objectId, name }: Person,
    sentence: string,
    { entry = newId(), about = '' }: { readonly entry?: Id; readonly about?: About } = {},
  ): Promise<boolean> {
    const at = asDate(clock.now());
    const added = await tx
      .insert(acquisitionRecord)
      .values({ id: entry, acquisitionId: id, at, tenantId, objectId, by: name, sentence, about })
      .onConflictDoNothing()
      .returning({ id: acquisitionRecord.id });
    if (added.length === 0) return false;
    await tx.update(acquisitions).set({ updatedAt: at }).where(eq(acquisitions.id, id));
    return true;
  }

  const mustOwn = (file: AcquisitionFile): void => {
    if (file.role !== 'owner')
      throw new CourtierError('refused', 'Seule la personne qui a créé ce dossier peut faire cela.');
  };

  return {
    ...buildFacts(db, clock),
    ...buildConclusions(db),

    /** Within a transaction, pass it on: the embedded database has one connection. */
    find: (id: string, person: PersonKey, from: Db = db): Promise<AcquisitionFile> => find(from, id, person),
    /** The same for work without a turn: undefined where the person has no such file. */
    seen: (id: string, person: PersonKey): Promise<AcquisitionFile | undefined> => seen(db, id, person),
    hold,
    /** An open file of a person, which nobody else changes until the transaction ends. */
    async lockOpen(tx: Tx, id: string, person: PersonKey): Promise<AcquisitionFile> {
      const file = await lock(tx, id, person);
      if (file.state !== 'open')
        throw new CourtierError('refused', 'Ce dossier est archivé : rouvrez-le pour le changer.');
      return file;
    },

    /** What a file is called, for those whom a feature lets know of it. */
    async nameOf(id: string, from: Db = db): Promise<string> {
      const [row] = await from
        .select({ name: acquisitions.name })
        .from(acquisitions)
        .where(eq(acquisitions.id, id));
      return row?.name ?? '';
    },

    /** A person's files in a state, the latest first. */
    async of(person: PersonKey, state: AcquisitionFile['state']): Promise<AcquisitionFile[]> {
      const rows = await ofPerson(db, person).where(and(isMember(person), eq(acquisitions.state, state)));
      return rows.map(({ file, role }) => ({ ...file, role }));
    },

    /** A new file; the same one when it was created by this effect before. */
    create: (person: Person, name: string, effect: Id): Promise<AcquisitionFile> =>
      db.transaction(async (tx) => {
        await serialize(tx, 'acquisitions.create', person.tenantId, person.objectId);
        const known = await seen(tx, effect, person);
        if (known) return known;
        const [held] = await tx.select({ files: count() }).from(acquisitionMembers).where(isMember(person));
        if ((held?.files ?? 0) >= MOST_FILES)
          throw new CourtierError('refused', `Vous avez déjà ${MOST_FILES} dossiers.`);
        const at = asDate(clock.now());
        await tx.insert(acquisitions).values({ id: effect, name, createdAt: at, updatedAt: at });
        await tx
          .insert(acquisitionMembers)
          .values({ acquisitionId: effect, ...person, role: 'owner', addedAt: at });
        await record(tx, effect, person, `Dossier créé : « ${name} ».`);
        return find(tx, effect, person);
      }),

    /** False when somebody changed the file meanwhile. */
    rename: (person: Person, id: string, revision: number, name: string): Promise<boolean> =>
      db.transaction(async (tx) => {
        const file = await lock(tx, id, person);
        if (file.revision !== revision) return false;
        await rows.write(tx, file, { name });
        await record(tx, id, person, `Dossier renommé : « ${name} ».`);
        return true;
      }),

    /** Archives or reopens. False when the file is no longer as it was shown. */
    move: (person: Person, id: string, revision: number, event: FileEvent): Promise<boolean> =>
      db.transaction(async (tx) => {
        const file = await lock(tx, id, person);
        mustOwn(file);
        const state = transition(file.state, event);
        if (!state || file.revision !== revision) return false;
        await rows.write(tx, file, { state });
        await record(tx, id, person, state === 'archived' ? 'Dossier archivé.' : 'Dossier rouvert.');
        return true;
      }),

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
      const colleagues = await belonging.colleagues(person);
      const found = colleagues.find(
        ({ tenantId, objectId }) => tenantId === colleague.tenantId && objectId === colleague.objectId,
      );
      if (!found)
        throw new CourtierError('refused', 'Un dossier se partage avec une personne de votre organisation.');
      await db.transaction(async (tx) => {
        const file = await lock(tx, id, person);
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
        const file = await lock(tx, id, person);
        const leaves = member.objectId === person.objectId && member.tenantId === person.tenantId;
        if (!leaves) mustOwn(file);
        const gone = await tx
          .delete(acquisitionMembers)
          .where(
            and(
              eq(acquisitionMembers.acquisitionId, id),
              isMember(member),
              eq(acquisitionMembers.role, 'member'),
            ),
          )
          .returning({ name: acquisitionMembers.name });
        if (gone[0]) await record(tx, id, person, `${gone[0].name} n'a plus accès au dossier.`);
      });
    },

    record,
    movers,

    /** What was done, newest first. */
    history: (id: string) =>
      db
        .select({ at: acquisitionRecord.at, by: acquisitionRecord.by, sentence: acquisitionRecord.sentence })
        .from(acquisitionRecord)
        .where(eq(acquisitionRecord.acquisitionId, id))
        .orderBy(desc(acquisitionRecord.sequence)),

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
      for (const { file, role } of rows) {
        if (role !== 'owner') continue;
        const [heir] = await tx
          .select()
          .from(acquisitionMembers)
          .where(eq(acquisitionMembers.acquisitionId, file.id))
          .orderBy(asc(acquisitionMembers.addedAt))
          .limit(1);
        if (!heir) await tx.delete(acquisitions).where(eq(acquisitions.id, file.id));
        else
          await tx
            .update(acquisitionMembers)
            .set({ role: 'owner' })
            .where(and(eq(acquisitionMembers.acquisitionId, file.id), isMember(heir)));
      }
    },
  };
}

export type Files = ReturnType<typeof buildFiles>;

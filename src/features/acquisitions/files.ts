import { and, asc, count, desc, eq, gt, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { CourtierError, notFound } from '../../core/errors.ts';
import { newId } from '../../core/id.ts';
import type { Db } from '../../core/ports.ts';
import type { Person } from '../../core/turn.ts';
import type { Belonging, PersonKey } from '../people/index.ts';
import { type FileEvent, type Reports, type Step, type StepReport, transition } from './steps.ts';
import { acquisitionFacts, acquisitionMembers, acquisitionRecord, acquisitions } from './tables.ts';

export type AcquisitionFile = typeof acquisitions.$inferSelect & { readonly role: 'owner' | 'member' };
export type Member = Person & { readonly role: 'owner' | 'member' };

/** A feature's knowledge of a file, with the revision to give back when it is written. */
export interface Fact {
  readonly value: unknown;
  readonly revision: number;
}

const MOST_FILES = 100;
const STEP_KEY = /^step:/;

/** Acquisition files: who holds them, what is known of them, what was done. For strangers they do not exist. */
export function buildFiles(db: Db, clock: Clock, belonging: Belonging) {
  const isMember = ({ tenantId, objectId }: PersonKey) =>
    and(eq(acquisitionMembers.tenantId, tenantId), eq(acquisitionMembers.objectId, objectId));

  const ofPerson = (tx: Db, person: PersonKey) =>
    tx
      .select({ file: acquisitions, role: acquisitionMembers.role })
      .from(acquisitions)
      .innerJoin(acquisitionMembers, eq(acquisitionMembers.acquisitionId, acquisitions.id))
      .where(isMember(person))
      .orderBy(desc(acquisitions.updatedAt))
      .$dynamic();

  async function find(tx: Db, id: string, person: PersonKey): Promise<AcquisitionFile> {
    const [row] = await ofPerson(tx, person).where(and(isMember(person), eq(acquisitions.id, id)));
    if (!row) throw notFound();
    return { ...row.file, role: row.role };
  }

  async function record(
    tx: Db,
    id: string,
    { tenantId, objectId, name }: Person,
    sentence: string,
  ): Promise<void> {
    const at = asDate(clock.now());
    await tx
      .insert(acquisitionRecord)
      .values({ id: newId(), acquisitionId: id, at, tenantId, objectId, by: name, sentence });
    await tx.update(acquisitions).set({ updatedAt: at }).where(eq(acquisitions.id, id));
  }

  /** Changes a file if nobody did meanwhile; undefined when somebody did. */
  async function change(
    tx: Db,
    { id }: AcquisitionFile,
    revision: number,
    set: Partial<typeof acquisitions.$inferInsert>,
  ): Promise<boolean> {
    const changed = await tx
      .update(acquisitions)
      .set({ ...set, revision: revision + 1, updatedAt: asDate(clock.now()) })
      .where(and(eq(acquisitions.id, id), eq(acquisitions.revision, revision)))
      .returning({ id: acquisitions.id });
    return changed.length === 1;
  }

  const mustOwn = (file: AcquisitionFile): void => {
    if (file.role !== 'owner')
      throw new CourtierError('refused', 'Seule la personne qui a créé ce dossier peut faire cela.');
  };

  return {
    /** Within a transaction, pass it on: the embedded database has one connection. */
    find: (id: string, person: PersonKey, tx: Db = db): Promise<AcquisitionFile> => find(tx, id, person),

    /** A person's files in a state, the latest first. */
    async of(person: PersonKey, state: AcquisitionFile['state']): Promise<AcquisitionFile[]> {
      const rows = await ofPerson(db, person).where(and(isMember(person), eq(acquisitions.state, state)));
      return rows.map(({ file, role }) => ({ ...file, role }));
    },

    async create(person: Person, name: string): Promise<AcquisitionFile> {
      return db.transaction(async (tx) => {
        const [held] = await tx.select({ files: count() }).from(acquisitionMembers).where(isMember(person));
        if ((held?.files ?? 0) >= MOST_FILES)
          throw new CourtierError('refused', `Vous avez déjà ${MOST_FILES} dossiers.`);
        const at = asDate(clock.now());
        const id = newId();
        await tx.insert(acquisitions).values({ id, name, createdAt: at, updatedAt: at });
        await tx
          .insert(acquisitionMembers)
          .values({ acquisitionId: id, ...person, role: 'owner', addedAt: at });
        await record(tx, id, person, `Dossier créé : « ${name} ».`);
        return find(tx, id, person);
      });
    },

    /** False when somebody changed the file meanwhile. */
    rename: (person: Person, id: string, revision: number, name: string): Promise<boolean> =>
      db.transaction(async (tx) => {
        const done = await change(tx, await find(tx, id, person), revision, { name });
        if (done) await record(tx, id, person, `Dossier renommé : « ${name} ».`);
        return done;
      }),

    /** Archives or reopens. False when the file is no longer as it was shown. */
    move: (person: Person, id: string, revision: number, event: FileEvent): Promise<boolean> =>
      db.transaction(async (tx) => {
        const file = await find(tx, id, person);
        mustOwn(file);
        const state = transition(file.state, event);
        if (!state || !(await change(tx, file, revision, { state }))) return false;
        await record(tx, id, person, state === 'archived' ? 'Dossier archivé.' : 'Dossier rouvert.');
        return true;
      }),

    members: (id: string): Promise<Member[]> =>
      db
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
        const file = await find(tx, id, person);
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
        const file = await find(tx, id, person);
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

    /** What was done, newest first. */
    history: (id: string) =>
      db
        .select({ at: acquisitionRecord.at, by: acquisitionRecord.by, sentence: acquisitionRecord.sentence })
        .from(acquisitionRecord)
        .where(eq(acquisitionRecord.acquisitionId, id))
        .orderBy(desc(acquisitionRecord.sequence)),

    /** A feature's fact of a file; revision 0 when there is none yet. */
    async fact(tx: Db, id: string, key: string): Promise<Fact> {
      const [row] = await tx
        .select()
        .from(acquisitionFacts)
        .where(and(eq(acquisitionFacts.acquisitionId, id), eq(acquisitionFacts.key, key)));
      return row ? { value: row.value, revision: row.revision } : { value: undefined, revision: 0 };
    },

    /** Writes a fact if it is still at the revision that was read; false when somebody wrote meanwhile. */
    async saveFact(tx: Db, id: string, key: string, value: object, revision: number): Promise<boolean> {
      const updatedAt = asDate(clock.now());
      const written =
        revision === 0
          ? await tx
              .insert(acquisitionFacts)
              .values({ acquisitionId: id, key, value, updatedAt })
              .onConflictDoNothing()
              .returning({ key: acquisitionFacts.key })
          : await tx
              .update(acquisitionFacts)
              .set({ value, revision: revision + 1, updatedAt })
              .where(
                and(
                  eq(acquisitionFacts.acquisitionId, id),
                  eq(acquisitionFacts.key, key),
                  eq(acquisitionFacts.revision, revision),
                ),
              )
              .returning({ key: acquisitionFacts.key });
      return written.length === 1;
    },

    /** The open files that hold a fact. */
    async openWith(key: string): Promise<string[]> {
      const rows = await db
        .select({ id: acquisitions.id })
        .from(acquisitionFacts)
        .innerJoin(acquisitions, eq(acquisitions.id, acquisitionFacts.acquisitionId))
        .where(and(eq(acquisitionFacts.key, key), eq(acquisitions.state, 'open')));
      return rows.map(({ id }) => id);
    },

    /** Forgets a fact: nothing is known again. */
    async dropFact(tx: Db, id: string, key: string): Promise<void> {
      await tx
        .delete(acquisitionFacts)
        .where(and(eq(acquisitionFacts.acquisitionId, id), eq(acquisitionFacts.key, key)));
    },

    /** What a feature says of its step, whatever it said before. */
    async report(tx: Db, id: string, step: Step, value: StepReport): Promise<void> {
      const updatedAt = asDate(clock.now());
      await tx
        .insert(acquisitionFacts)
        .values({ acquisitionId: id, key: `step:${step}`, value, updatedAt })
        .onConflictDoUpdate({
          target: [acquisitionFacts.acquisitionId, acquisitionFacts.key],
          set: { value, updatedAt, revision: sql`${acquisitionFacts.revision} + 1` },
        });
    },

    /** A sentence that the file shows first, until it is taken back with `undefined`. */
    async setAlert(tx: Db, id: string, sentence: string | undefined): Promise<void> {
      const updatedAt = asDate(clock.now());
      const value = { sentence: sentence ?? '' };
      await tx
        .insert(acquisitionFacts)
        .values({ acquisitionId: id, key: 'alert', value, updatedAt })
        .onConflictDoUpdate({
          target: [acquisitionFacts.acquisitionId, acquisitionFacts.key],
          set: { value, updatedAt },
        });
    },

    async alert(id: string): Promise<string> {
      const [row] = await db
        .select({ value: acquisitionFacts.value })
        .from(acquisitionFacts)
        .where(and(eq(acquisitionFacts.acquisitionId, id), eq(acquisitionFacts.key, 'alert')));
      return (row?.value as { sentence?: string } | undefined)?.sentence ?? '';
    },

    async reports(id: string): Promise<Reports> {
      const rows = await db
        .select({ key: acquisitionFacts.key, value: acquisitionFacts.value })
        .from(acquisitionFacts)
        .where(and(eq(acquisitionFacts.acquisitionId, id), gt(acquisitionFacts.key, 'step:')));
      return Object.fromEntries(
        rows
          .filter(({ key }) => STEP_KEY.test(key))
          .map(({ key, value }) => [key.replace(STEP_KEY, ''), value as StepReport]),
      );
    },

    async heldOf(person: PersonKey) {
      const rows = await ofPerson(db, person);
      return rows.map(({ file, role }) => ({ nom: file.name, etat: file.state, role, cree: file.createdAt }));
    },

    /** A person leaves the files of others; those of theirs that nobody shares are deleted, the others pass on. */
    async erase(tx: Db, person: PersonKey): Promise<void> {
      const rows = await ofPerson(tx, person);
      await tx
        .update(acquisitionRecord)
        .set({ objectId: '', by: 'Une personne effacée' })
        .where(
          and(
            eq(acquisitionRecord.tenantId, person.tenantId),
            eq(acquisitionRecord.objectId, person.objectId),
          ),
        );
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

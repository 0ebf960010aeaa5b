import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Clock } from '../../../core/clock.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import { isPerson } from '../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import type { Whose } from '../../../core/rows/prepared.ts';
import type { Belonging, PersonKey, Quotas } from '../../people/index.ts';
import { acquisitions, membersNow } from '../tables.ts';
import type { Journal } from './journal.ts';

export type AcquisitionFile = typeof acquisitions.$inferSelect & { readonly role: 'owner' | 'member' };

/** The condition, on the members as they are now, that it is this person. */
export const isMember = (person: Whose) => isPerson(membersNow, person);

/** The files that a person may see now, with their role, the latest first. */
export const ofPerson = (db: Db, person: Whose) =>
  db
    .select({ file: acquisitions, role: membersNow.role })
    .from(acquisitions)
    .innerJoin(membersNow, eq(membersNow.acquisitionId, acquisitions.id))
    .where(isMember(person))
    .orderBy(desc(acquisitions.updatedAt), desc(acquisitions.id))
    .$dynamic();

/** A file, for one of its members; undefined for anyone else. */
export async function seenFile(db: Db, id: string, person: PersonKey): Promise<AcquisitionFile | undefined> {
  const [row] = await ofPerson(db, person).where(and(isMember(person), eq(acquisitions.id, id)));
  return row && { ...row.file, role: row.role };
}

/** A file that a person sees; for a stranger it does not exist. */
export async function findFile(db: Db, id: string, person: PersonKey): Promise<AcquisitionFile> {
  const file = await seenFile(db, id, person);
  if (!file) throw notFound();
  return file;
}

/** Keeps a file, and what is known of it, from being changed by anyone else until the transaction ends. */
export const holdFile = (tx: Tx, id: string): Promise<void> => holdFiles(tx, [id]);

const amongFiles = (tx: Tx, ids: readonly string[]) =>
  tx
    .select({ id: acquisitions.id })
    .from(acquisitions)
    .where(inArray(acquisitions.id, [...ids]))
    .orderBy(asc(acquisitions.id));

/** Holds several files, in one order, whoever waits for some of them at the same time. */
export async function holdFiles(tx: Tx, ids: readonly string[]): Promise<void> {
  await amongFiles(tx, ids).for('no key update');
}

/** The same of those that nobody works in, without waiting for the others; which those are. */
export async function holdFreeFiles(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const held = await amongFiles(tx, ids).for('no key update', { skipLocked: true });
  return held.map(({ id }) => id);
}

/** What changes files. */
export interface FileParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly belonging: Belonging;
  readonly quotas: Pick<Quotas, 'spend'>;
  readonly journal: Journal;
  readonly locks: Locks;
}

/** Files that somebody writes to: the right to them lasts until the transaction ends. */
export function buildLocks({ heldBodyOf }: Belonging) {
  /** A file of a person, held. */
  async function lockFile(tx: Tx, id: string, person: PersonKey): Promise<AcquisitionFile> {
    await heldBodyOf(tx, person);
    await holdFile(tx, id);
    return findFile(tx, id, person);
  }

  return {
    lockFile,

    /** The same, of a file that is open. */
    async lockOpenFile(tx: Tx, id: string, person: PersonKey): Promise<AcquisitionFile> {
      const file = await lockFile(tx, id, person);
      if (file.state !== 'open')
        throw new CourtierError('refused', 'Ce dossier est archivé : rouvrez-le pour le changer.');
      return file;
    },
  };
}

export type Locks = ReturnType<typeof buildLocks>;

export function mustOwn({ role }: AcquisitionFile): void {
  if (role !== 'owner')
    throw new CourtierError('refused', 'Seule la personne qui a créé ce dossier peut faire cela.');
}

import { and, desc, eq } from 'drizzle-orm';
import { CourtierError, notFound } from '../../../core/errors.ts';
import type { Db, Tx } from '../../../core/ports.ts';
import type { PersonKey } from '../../people/index.ts';
import { acquisitionMembers, acquisitions } from '../tables.ts';

export type AcquisitionFile = typeof acquisitions.$inferSelect & { readonly role: 'owner' | 'member' };

/** The condition, on the table of members, that it is this person. */
export const isMember = ({ tenantId, objectId }: PersonKey) =>
  and(eq(acquisitionMembers.tenantId, tenantId), eq(acquisitionMembers.objectId, objectId));

/** The files of a person with their role, the latest first. */
export const ofPerson = (db: Db, person: PersonKey) =>
  db
    .select({ file: acquisitions, role: acquisitionMembers.role })
    .from(acquisitions)
    .innerJoin(acquisitionMembers, eq(acquisitionMembers.acquisitionId, acquisitions.id))
    .where(isMember(person))
    .orderBy(desc(acquisitions.updatedAt))
    .$dynamic();

/** A file, for one of its members; undefined for anyone else. */
export async function seenFile(db: Db, id: string, person: PersonKey): Promise<AcquisitionFile | undefined> {
  const [row] = await ofPerson(db, person).where(and(isMember(person), eq(acquisitions.id, id)));
  return row && { ...row.file, role: row.role };
}

/** The same; for a stranger it does not exist. */
export async function findFile(db: Db, id: string, person: PersonKey): Promise<AcquisitionFile> {
  const file = await seenFile(db, id, person);
  if (!file) throw notFound();
  return file;
}

/** Keeps a file, and what is known of it, from being changed by anyone else until the transaction ends. */
export async function holdFile(tx: Tx, id: string): Promise<void> {
  await tx
    .select({ id: acquisitions.id })
    .from(acquisitions)
    .where(eq(acquisitions.id, id))
    .for('no key update');
}

/** A file of a person, held. */
export async function lockFile(tx: Tx, id: string, person: PersonKey): Promise<AcquisitionFile> {
  await holdFile(tx, id);
  return findFile(tx, id, person);
}

/** A file of a person, held, and open. */
export async function lockOpenFile(tx: Tx, id: string, person: PersonKey): Promise<AcquisitionFile> {
  const file = await lockFile(tx, id, person);
  if (file.state !== 'open')
    throw new CourtierError('refused', 'Ce dossier est archivé : rouvrez-le pour le changer.');
  return file;
}

export function mustOwn({ role }: AcquisitionFile): void {
  if (role !== 'owner')
    throw new CourtierError('refused', 'Seule la personne qui a créé ce dossier peut faire cela.');
}

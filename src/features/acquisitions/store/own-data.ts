import { and, count, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { isPerson } from '../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import type { Fate, Kept } from '../../../core/routes/keeping.ts';
import { GONE } from '../../../core/rows/retention.ts';
import type { Forgetting, PersonKey } from '../../people/index.ts';
import { acquisitionMembers, acquisitionOpenings, acquisitionRecord, acquisitions } from '../tables.ts';
import { isMember, ofPerson } from './records.ts';

const doneBy = (person: PersonKey) => isPerson(acquisitionRecord, person);
const given = (person: PersonKey) => isPerson(acquisitionMembers, person);

/** The files that were a person's own, and of no body, which nobody else was given. */
const theirsAlone = (person: PersonKey): SQL => sql`${acquisitions.organizationId} is null
  and exists (select 1 from ${acquisitionMembers} m where m.acquisition_id = ${acquisitions.id}
    and m.tenant_id = ${person.tenantId} and m.object_id = ${person.objectId})
  and not exists (select 1 from ${acquisitionMembers} m where m.acquisition_id = ${acquisitions.id}
    and (m.tenant_id, m.object_id) <> (${person.tenantId}, ${person.objectId}))`;

/** What is known of a person in the files, given and erased. */
export function buildOwnData(db: Db, forgetting: Forgetting) {
  const countFiles = (where: SQL): Promise<number> => db.$count(acquisitions, where);

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
        confies: await db
          .select({
            nom: acquisitions.name,
            role: acquisitionMembers.role,
            depuis: acquisitionMembers.addedAt,
          })
          .from(acquisitionMembers)
          .innerJoin(acquisitions, eq(acquisitions.id, acquisitionMembers.acquisitionId))
          .where(given(person)),
        ouverts: await db
          .select({ nom: acquisitions.name, le: acquisitionOpenings.at })
          .from(acquisitionOpenings)
          .innerJoin(acquisitions, eq(acquisitions.id, acquisitionOpenings.acquisitionId))
          .where(isPerson(acquisitionOpenings, person)),
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

    /** What becomes of a person's files when they are erased. */
    async fates(person: PersonKey): Promise<readonly Fate[]> {
      const alone = theirsAlone(person);
      const held = forgetting.held(acquisitions);
      const noun = ['dossier d’acquisition', 'dossiers d’acquisition'] as const;
      return [
        {
          kind: 'ends',
          count: await countFiles(sql`${alone} and not (${held})`),
          noun,
          becomes: [
            'à vous seulement : supprimé, avec ses besoins et ses comparaisons',
            'à vous seulement : supprimés, avec leurs besoins et leurs comparaisons',
          ],
        },
        {
          kind: 'goesOn',
          count: await countFiles(sql`${alone} and (${held})`),
          noun,
          becomes: [
            'à vous seulement, qui appuie une rencontre ou un contrat : gardé sans votre nom',
            'à vous seulement, qui appuient une rencontre ou un contrat : gardés sans votre nom',
          ],
        },
      ];
    },

    /** The files that a person was given, whoever else was. Within a transaction, held until it ends. */
    async heldFilesOf(tx: Tx, person: PersonKey): Promise<string[]> {
      const rows = await tx
        .select({ id: acquisitions.id })
        .from(acquisitions)
        .innerJoin(acquisitionMembers, eq(acquisitionMembers.acquisitionId, acquisitions.id))
        .where(given(person))
        .orderBy(acquisitions.id)
        .for('update', { of: acquisitions });
      return rows.map(({ id }) => id);
    },

    /**
     * A person leaves the files that they were given. Those of a body stay with it, whoever acts for it; one that was
     * theirs alone is deleted with all that is in it, unless the guide has it kept (4.12), or the broker was asked for
     * a meeting: it then stays without their name.
     */
    async erase(tx: Tx, person: PersonKey, names: readonly string[]): Promise<void> {
      const files = await this.heldFilesOf(tx, person);
      await tx.delete(acquisitionOpenings).where(isPerson(acquisitionOpenings, person));
      await forgetting.remove(
        tx,
        acquisitions,
        sql`${theirsAlone(person)} and not (${forgetting.held(acquisitions)})`,
      );
      if (files.length > 0) await unname(tx, files, names);
      await unnameOfBody(tx, person, names);
      await tx.update(acquisitionRecord).set({ objectId: '', by: GONE }).where(doneBy(person));
      const left = await tx
        .delete(acquisitionMembers)
        .where(given(person))
        .returning({ id: acquisitionMembers.acquisitionId, role: acquisitionMembers.role });
      await passOn(
        tx,
        left.flatMap(({ id, role }) => (role === 'owner' ? [id] : [])),
      );
    },
  };
}

/** The sentences of some files that name somebody: « Dossier partagé avec… ». */
async function unname(tx: Tx, files: readonly string[], names: readonly string[]): Promise<void> {
  for (const name of names)
    await tx
      .update(acquisitionRecord)
      .set({ sentence: sql`replace(${acquisitionRecord.sentence}, ${name}, ${GONE.toLowerCase()})` })
      .where(
        and(
          inArray(acquisitionRecord.acquisitionId, [...files]),
          sql`position(${name} in ${acquisitionRecord.sentence}) > 0`,
        ),
      );
}

/** The same in the files of the body for which a person acts: they may have been given one, and have it no more. */
async function unnameOfBody(
  tx: Tx,
  { tenantId, objectId }: PersonKey,
  names: readonly string[],
): Promise<void> {
  const rows = await tx
    .select({ id: acquisitions.id })
    .from(acquisitions)
    .where(
      sql`${acquisitions.organizationId} in (select p.organization_id from people_acting p
        where p.tenant_id = ${tenantId} and p.object_id = ${objectId})`,
    );
  if (rows.length > 0)
    await unname(
      tx,
      rows.map(({ id }) => id),
      names,
    );
}

/** Files without their owner are each that of who took part in it first; of a body's that nobody has, everybody there is. */
async function passOn(tx: Tx, files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  const { acquisitionId, tenantId, objectId, addedAt } = acquisitionMembers;
  const first = tx
    .selectDistinctOn([acquisitionId], { acquisitionId, tenantId, objectId })
    .from(acquisitionMembers)
    .where(inArray(acquisitionId, [...files]))
    .orderBy(acquisitionId, addedAt);
  await tx
    .update(acquisitionMembers)
    .set({ role: 'owner' })
    .where(sql`(${acquisitionId}, ${tenantId}, ${objectId}) in (${first})`);
}

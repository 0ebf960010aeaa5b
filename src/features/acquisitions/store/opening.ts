import { and, desc, eq, ne } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import { isPerson } from '../../../core/people/is-person.ts';
import type { Db } from '../../../core/ports/db.ts';
import type { PersonKey } from '../../people/index.ts';
import { acquisitionOpenings, acquisitions, membersNow } from '../tables.ts';
import { type AcquisitionFile, isMember, ofPerson } from './records.ts';

/** Which file a person means: the last one that they opened. */
export function buildOpening(db: Db, clock: Clock) {
  return {
    /** Somebody opened a file, which they have the right to see. */
    async opened({ tenantId, objectId }: PersonKey, acquisitionId: string): Promise<void> {
      const at = asDate(clock.now());
      const { acquisitionId: file, tenantId: tenant, objectId: object } = acquisitionOpenings;
      await db
        .insert(acquisitionOpenings)
        .values({ acquisitionId, tenantId, objectId, at })
        .onConflictDoUpdate({
          target: [file, tenant, object],
          set: { at },
          setWhere: ne(acquisitionOpenings.at, at),
        });
    },

    /** The open file that was opened last and is still theirs; the only one, where none was. */
    async current(person: PersonKey): Promise<AcquisitionFile | undefined> {
      const [last] = await db
        .select({ id: acquisitions.id })
        .from(acquisitionOpenings)
        .innerJoin(acquisitions, eq(acquisitions.id, acquisitionOpenings.acquisitionId))
        .innerJoin(membersNow, and(eq(membersNow.acquisitionId, acquisitions.id), isMember(person)))
        .where(and(isPerson(acquisitionOpenings, person), eq(acquisitions.state, 'open')))
        .orderBy(desc(acquisitionOpenings.at), desc(acquisitions.number))
        .limit(1);
      const theirs = and(isMember(person), eq(acquisitions.state, 'open'));
      const [file, another] = await ofPerson(db, person)
        .where(last ? and(theirs, eq(acquisitions.id, last.id)) : theirs)
        .limit(2);
      return file && !another ? { ...file.file, role: file.role } : undefined;
    },
  };
}

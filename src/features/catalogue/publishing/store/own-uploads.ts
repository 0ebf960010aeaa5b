import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { PersonKey } from '../../../people/index.ts';
import { uploads } from '../../tables.ts';

/** What a person dropped: shown to them, and forgotten. */
export function buildOwnUploads(db: Db) {
  return {
    heldOf: (person: PersonKey) =>
      db
        .select({
          state: uploads.state,
          files: uploads.files,
          refused: uploads.refused,
          createdAt: uploads.createdAt,
        })
        .from(uploads)
        .where(isPerson(uploads, person)),

    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx.delete(uploads).where(isPerson(uploads, person));
    },
  };
}

import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { isPerson } from '../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import { GONE } from '../../../core/rows/retention.ts';
import type { PersonKey } from '../../people/index.ts';
import { isOnList } from '../lists/store/lists.ts';
import {
  acknowledgements,
  broadcasts,
  corrections,
  installs,
  listPeople,
  lists,
  reviews,
} from '../tables.ts';

const author = { tenantId: broadcasts.authorTenant, objectId: broadcasts.authorId };

/** What a person wrote, read or installed: shown to them, and forgotten. */
export function buildOwnBroadcasts(db: Db) {
  return {
    async heldOf(person: PersonKey) {
      return {
        prisConnaissance: await db
          .select({ avis: acknowledgements.broadcastId, at: acknowledgements.at })
          .from(acknowledgements)
          .where(isPerson(acknowledgements, person)),
        rediges: await db
          .select({ avis: broadcasts.id, titre: broadcasts.title, texte: broadcasts.text })
          .from(broadcasts)
          .where(isPerson(author, person)),
        examens: await db
          .select({
            avis: reviews.broadcastId,
            verdict: reviews.verdict,
            commentaire: reviews.comment,
            le: reviews.at,
          })
          .from(reviews)
          .where(isPerson(reviews, person)),
        corrections: await db
          .select({ avis: corrections.broadcastId, titre: corrections.title, texte: corrections.text })
          .from(corrections)
          .where(isPerson(corrections, person)),
        listesDonnees: await db
          .select({ fichier: lists.name, at: lists.createdAt })
          .from(lists)
          .where(isPerson(lists, person)),
        surDesListes: await db
          .select({ courriel: listPeople.email, ligne: listPeople.given })
          .from(listPeople)
          .where(isOnList(person)),
        installations: await db
          .select({ avis: installs.broadcastId, at: installs.at })
          .from(installs)
          .where(isPerson(installs, person)),
      };
    },

    /** Notices that a member of the staff began, and that nobody has sent: any other may go on. */
    draftsOf: (person: PersonKey): Promise<number> =>
      db.$count(broadcasts, and(isPerson(author, person), inArray(broadcasts.state, ['draft', 'awaiting']))),

    /** What was told to many stays, without who wrote, approved or read it. */
    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx.delete(acknowledgements).where(isPerson(acknowledgements, person));
      await tx.delete(installs).where(isPerson(installs, person));
      const approved = tx
        .select({ id: reviews.broadcastId })
        .from(reviews)
        .where(and(isPerson(reviews, person), eq(reviews.verdict, 'approved')));
      await tx
        .update(broadcasts)
        .set({ approverName: GONE })
        .where(and(inArray(broadcasts.id, approved), isNotNull(broadcasts.approverName)));
      for (const table of [reviews, corrections] as const)
        await tx.update(table).set({ objectId: '', name: GONE }).where(isPerson(table, person));
      await tx.update(broadcasts).set({ authorId: '', authorName: GONE }).where(isPerson(author, person));
    },
  };
}

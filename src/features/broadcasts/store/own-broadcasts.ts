import { lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import { isPerson } from '../../../core/is-person.ts';
import type { Db, Tx } from '../../../core/ports.ts';
import type { PersonKey } from '../../people/index.ts';
import { acknowledgements, broadcasts, corrections, installs, reviews } from '../tables.ts';

const author = { tenantId: broadcasts.authorTenant, objectId: broadcasts.authorId };

/** What a person wrote, read or installed: shown to them, and forgotten. */
export function buildOwnBroadcasts(db: Db, clock: Clock) {
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
        installations: await db
          .select({ avis: installs.broadcastId, at: installs.at })
          .from(installs)
          .where(isPerson(installs, person)),
      };
    },

    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx.delete(acknowledgements).where(isPerson(acknowledgements, person));
      await tx.delete(installs).where(isPerson(installs, person));
      for (const table of [reviews, corrections] as const)
        await tx
          .update(table)
          .set({ objectId: '', name: 'Une personne effacée' })
          .where(isPerson(table, person));
      await tx
        .update(broadcasts)
        .set({ authorId: '', authorName: 'Une personne effacée' })
        .where(isPerson(author, person));
    },

    /** Forgets broadcasts two years after their last change. */
    async purge(): Promise<void> {
      await db
        .delete(broadcasts)
        .where(lt(broadcasts.updatedAt, asDate(clock.now().subtract({ hours: 24 * 730 }))));
    },
  };
}

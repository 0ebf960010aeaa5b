import { and, eq, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import type { Db, Tx } from '../../../core/ports.ts';
import type { PersonKey } from '../../people/index.ts';
import { acknowledgements, broadcasts, corrections, installs, reviews } from '../tables.ts';

/** What a person wrote, read or installed: shown to them, and forgotten. */
export function buildOwnBroadcasts(db: Db, clock: Clock) {
  return {
    async heldOf({ tenantId, objectId }: PersonKey) {
      return {
        prisConnaissance: await db
          .select({ avis: acknowledgements.broadcastId, at: acknowledgements.at })
          .from(acknowledgements)
          .where(and(eq(acknowledgements.tenantId, tenantId), eq(acknowledgements.objectId, objectId))),
        rediges: await db
          .select({ avis: broadcasts.id, titre: broadcasts.title, texte: broadcasts.text })
          .from(broadcasts)
          .where(and(eq(broadcasts.authorTenant, tenantId), eq(broadcasts.authorId, objectId))),
        examens: await db
          .select({
            avis: reviews.broadcastId,
            verdict: reviews.verdict,
            commentaire: reviews.comment,
            le: reviews.at,
          })
          .from(reviews)
          .where(and(eq(reviews.tenantId, tenantId), eq(reviews.objectId, objectId))),
        corrections: await db
          .select({ avis: corrections.broadcastId, titre: corrections.title, texte: corrections.text })
          .from(corrections)
          .where(and(eq(corrections.tenantId, tenantId), eq(corrections.objectId, objectId))),
        installations: await db
          .select({ avis: installs.broadcastId, at: installs.at })
          .from(installs)
          .where(and(eq(installs.tenantId, tenantId), eq(installs.objectId, objectId))),
      };
    },

    async erase(tx: Tx, { tenantId, objectId }: PersonKey): Promise<void> {
      await tx
        .delete(acknowledgements)
        .where(and(eq(acknowledgements.tenantId, tenantId), eq(acknowledgements.objectId, objectId)));
      await tx.delete(installs).where(and(eq(installs.tenantId, tenantId), eq(installs.objectId, objectId)));
      for (const table of [reviews, corrections] as const)
        await tx
          .update(table)
          .set({ objectId: '', name: 'Une personne effacée' })
          .where(and(eq(table.tenantId, tenantId), eq(table.objectId, objectId)));
      await tx
        .update(broadcasts)
        .set({ authorId: '', authorName: 'Une personne effacée' })
        .where(and(eq(broadcasts.authorTenant, tenantId), eq(broadcasts.authorId, objectId)));
    },

    /** Forgets broadcasts two years after their last change. */
    async purge(): Promise<void> {
      await db
        .delete(broadcasts)
        .where(lt(broadcasts.updatedAt, asDate(clock.now().subtract({ hours: 24 * 730 }))));
    },
  };
}

import { and, eq, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { PersonKey } from '../../../people/index.ts';
import { uploads } from '../../tables.ts';

const KEPT_HOURS = 24 * 7;

/** What a person dropped: shown to them, and forgotten. */
export function buildOwnUploads(db: Db, clock: Clock) {
  return {
    heldOf: ({ tenantId, objectId }: PersonKey) =>
      db
        .select({
          state: uploads.state,
          files: uploads.files,
          refused: uploads.refused,
          createdAt: uploads.createdAt,
        })
        .from(uploads)
        .where(and(eq(uploads.tenantId, tenantId), eq(uploads.objectId, objectId))),

    async erase(tx: Tx, { tenantId, objectId }: PersonKey): Promise<void> {
      await tx.delete(uploads).where(and(eq(uploads.tenantId, tenantId), eq(uploads.objectId, objectId)));
    },

    async purge(): Promise<void> {
      await db
        .delete(uploads)
        .where(lt(uploads.createdAt, asDate(clock.now().subtract({ hours: KEPT_HOURS }))));
    },
  };
}

import { and, eq } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Turn } from '../../../../core/turn.ts';
import type { Quotas } from '../../../people/index.ts';
import { type Difference, differenceOf } from '../../fiche/rules/difference.ts';
import { forgotten } from '../../fiche/rules/publication.ts';
import { fichesAmong } from '../../fiche/store/history.ts';
import { type RefusedFile, uploads } from '../../tables.ts';
import { buildOwnUploads } from './own-uploads.ts';
import { buildUploadConfirmation, type ConfirmationParts } from './upload-confirmation.ts';
import { based, type ReadFile, standingOf, type Upload } from './upload-records.ts';

/** What publishing a file would do. */
export interface FileEffect {
  /** Absent for a new supplier. */
  readonly difference: Difference | undefined;
  readonly forgotten: string | undefined;
}

/** Fiches dropped in a chat, from their reading to their confirmation. */
export function buildUploads(parts: ConfirmationParts & { readonly quotas: Pick<Quotas, 'spend'> }) {
  const { db, clock, quotas } = parts;

  async function find(id: string): Promise<Upload | undefined> {
    const [row] = await db.select().from(uploads).where(eq(uploads.id, id));
    return row;
  }

  return {
    ...buildUploadConfirmation(parts),
    ...buildOwnUploads(db),

    /**
     * Keeps what was dropped: valid fiches until their confirmation, in order of their versions; problems to be read.
     * Dropped once and delivered twice, it is one upload, as it stands.
     */
    async keepUpload(
      turn: Turn,
      files: readonly ReadFile[],
      refused: readonly RefusedFile[],
    ): Promise<Upload> {
      const sorted = [...files].sort((a, b) => (a.fiche.version < b.fiche.version ? -1 : 1));
      const standing = await standingOf(
        db,
        clock,
        sorted.map(({ fiche }) => fiche.supplier.id),
      );
      const { tenantId, objectId } = turn.person;
      const dropped = {
        id: turn.effect,
        tenantId,
        objectId,
        conversationId: turn.conversation.id,
        files: based(sorted, standing),
        refused,
        createdAt: asDate(clock.now()),
      };
      const row = await db.transaction(async (tx) => {
        const [added] = await tx.insert(uploads).values(dropped).onConflictDoNothing().returning();
        if (added) await quotas.spend(tx, turn.person, 'catalogue.files');
        return added;
      });
      const kept = row ?? (await find(turn.effect));
      if (!kept) throw notFound();
      return kept;
    },

    find,

    /** One that waits, for the staff to see and confirm, whoever of them dropped it. */
    async findWaiting(id: string): Promise<Upload> {
      const [row] = await db
        .select()
        .from(uploads)
        .where(and(eq(uploads.id, id), eq(uploads.state, 'waiting')));
      if (!row) throw notFound();
      return row;
    },

    /** Those that nobody confirmed yet, the oldest first. */
    waiting: (): Promise<
      Pick<Upload, 'id' | 'tenantId' | 'objectId' | 'files' | 'refused' | 'createdAt'>[]
    > => db.select().from(uploads).where(eq(uploads.state, 'waiting')).orderBy(uploads.createdAt),

    /** What each file of an upload would change, and what a version to come would undo of it, as things stand. */
    async effects({ files }: Upload): Promise<FileEffect[]> {
      const standing = await standingOf(
        db,
        clock,
        files.map(({ fiche }) => fiche.supplier.id),
      );
      const known = await fichesAmong(
        db,
        files.flatMap(({ fiche, basis }) =>
          basis === null ? [] : [{ supplier: fiche.supplier.id, version: basis }],
        ),
      );
      return files.map(({ fiche, basis }, at) => {
        const { id } = fiche.supplier;
        const together = files
          .slice(0, at)
          .flatMap((file) => (file.fiche.supplier.id === id ? file.fiche : []));
        const before =
          basis === null
            ? undefined
            : (together.find(({ version }) => version === basis) ?? known(id, basis));
        return {
          difference: before && differenceOf(before, fiche),
          forgotten: forgotten(fiche, standing.get(id) ?? []),
        };
      });
    },

    /** Drops an upload that still waits; undefined when it does not exist. */
    async discard(id: string, revision: number): Promise<Upload | undefined> {
      await db
        .update(uploads)
        .set({ state: 'discarded', revision: revision + 1 })
        .where(and(eq(uploads.id, id), eq(uploads.state, 'waiting'), eq(uploads.revision, revision)));
      return find(id);
    },
  };
}

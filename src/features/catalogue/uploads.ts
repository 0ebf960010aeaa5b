import { and, eq, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import type { Db, Tx } from '../../core/ports.ts';
import type { Turn } from '../../core/turn.ts';
import type { Audit, PersonKey } from '../people/index.ts';
import type { Announcements } from './announcements.ts';
import { differenceOf } from './difference.ts';
import type { Fiche } from './fiche.ts';
import type { Outcome, Publication } from './publication.ts';
import * as store from './store.ts';
import { type RefusedFile, type UploadedFile, uploads } from './tables.ts';

export type Upload = typeof uploads.$inferSelect;

/** What became of a confirmation. */
export type Confirmation =
  | { readonly kind: 'published'; readonly outcomes: readonly Outcome[] }
  /** Another version came between: nothing is published, and the differences are to be seen again. */
  | { readonly kind: 'changed'; readonly upload: Upload }
  | { readonly kind: 'stale'; readonly upload: Upload };

const KEPT_HOURS = 24 * 7;

/** Fiches dropped in a chat, from their reading to their confirmation. */
export function buildUploads(
  db: Db,
  clock: Clock,
  publication: Publication,
  announcements: Announcements,
  audit: Audit,
) {
  const ownedBy = (id: string, { person, conversation }: Turn) =>
    and(
      eq(uploads.id, id),
      eq(uploads.tenantId, person.tenantId),
      eq(uploads.objectId, person.objectId),
      eq(uploads.conversationId, conversation.id),
    );

  async function find(id: string, turn: Turn): Promise<Upload | undefined> {
    const [row] = await db.select().from(uploads).where(ownedBy(id, turn));
    return row;
  }

  const newestOf = async (handle: Db, suppliers: readonly string[]) =>
    new Map((await store.newestVersions(handle, [...suppliers])).map((fiche) => [fiche.supplier.id, fiche]));

  /** Each file with the version that it is compared with: the newest, or the one before it in the upload. */
  function based(files: readonly Omit<UploadedFile, 'basis'>[], newest: ReadonlyMap<string, Fiche>) {
    const latest = new Map([...newest].map(([supplier, { version }]) => [supplier, version]));
    return files.map(({ name, fiche, warnings }): UploadedFile => {
      const basis = latest.get(fiche.supplier.id) ?? null;
      latest.set(fiche.supplier.id, fiche.version);
      return { name, fiche, warnings, basis };
    });
  }

  return {
    /**
     * Keeps what was dropped: valid fiches until their confirmation, in order of their versions; problems to be read.
     * Dropped once and delivered twice, it is one upload, as it stands.
     */
    async keep(
      turn: Turn,
      files: readonly Omit<UploadedFile, 'basis'>[],
      refused: readonly RefusedFile[],
    ): Promise<Upload> {
      const sorted = [...files].sort((a, b) => (a.fiche.version < b.fiche.version ? -1 : 1));
      const newest = await newestOf(
        db,
        sorted.map(({ fiche }) => fiche.supplier.id),
      );
      const [row] = await db
        .insert(uploads)
        .values({
          id: turn.effect,
          tenantId: turn.person.tenantId,
          objectId: turn.person.objectId,
          conversationId: turn.conversation.id,
          files: based(sorted, newest),
          refused,
          createdAt: asDate(clock.now()),
        })
        .onConflictDoNothing()
        .returning();
      const kept = row ?? (await find(turn.effect, turn));
      if (!kept) throw notFound();
      return kept;
    },

    find,

    /** The difference that each file of an upload would make. */
    async differences({ files }: Upload) {
      const newest = await newestOf(
        db,
        files.map(({ fiche }) => fiche.supplier.id),
      );
      return files.map(({ fiche, basis }, at) => {
        const before =
          files
            .slice(0, at)
            .findLast(
              (other) => other.fiche.version === basis && other.fiche.supplier.id === fiche.supplier.id,
            )?.fiche ?? newest.get(fiche.supplier.id);
        return before && differenceOf(before, fiche);
      });
    },

    /** Publishes an upload, once: all of it in one transaction, if the catalogue is still what was shown. */
    confirm: (id: string, revision: number, turn: Turn): Promise<Confirmation | undefined> =>
      db.transaction(async (tx) => {
        const [found] = await tx.select().from(uploads).where(ownedBy(id, turn)).for('update');
        if (!found) return undefined;
        if (found.state !== 'waiting' || found.revision !== revision) return { kind: 'stale', upload: found };
        const suppliers = found.files.map(({ fiche }) => fiche.supplier.id);
        await store.lockSuppliers(tx, suppliers);
        const files = based(found.files, await newestOf(tx, suppliers));
        const same = files.every(({ basis }, at) => basis === found.files[at]?.basis);
        if (!same) {
          const set = { files, revision: found.revision + 1 };
          const [changed] = await tx.update(uploads).set(set).where(eq(uploads.id, id)).returning();
          if (!changed) return undefined;
          return { kind: 'changed', upload: changed };
        }
        const outcomes = await publication.publishIn(
          tx,
          files.map(({ fiche }) => fiche),
          'teams',
        );
        await announcements.announce(tx);
        await tx
          .update(uploads)
          .set({ state: 'published', revision: found.revision + 1 })
          .where(eq(uploads.id, id));
        for (const outcome of outcomes)
          if (outcome.kind === 'published')
            await audit.record(
              tx,
              turn.person,
              'fiche.publish',
              `${outcome.fiche.supplier.id} ${outcome.fiche.version}`,
            );
        return { kind: 'published', outcomes };
      }),

    /** Drops an upload that still waits; undefined when it does not exist, or is not theirs. */
    async discard(id: string, revision: number, turn: Turn): Promise<Upload | undefined> {
      await db
        .update(uploads)
        .set({ state: 'discarded', revision: revision + 1 })
        .where(and(ownedBy(id, turn), eq(uploads.state, 'waiting'), eq(uploads.revision, revision)));
      return find(id, turn);
    },

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

export type Uploads = ReturnType<typeof buildUploads>;

import { eq } from 'drizzle-orm';
import type { Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import { lockSuppliers } from '../../fiche/store/publishing.ts';
import { uploads } from '../../tables.ts';
import type { Announcements } from './announcements.ts';
import type { Publication, PublicationOutcome } from './publication.ts';
import { based, isBasedAlike, standingOf, type Upload } from './upload-records.ts';

/** What became of a confirmation. */
export type Confirmation =
  | { readonly kind: 'published'; readonly outcomes: readonly PublicationOutcome[] }
  /** The versions around it are others now: nothing is published, and the differences are to be seen again. */
  | { readonly kind: 'changed'; readonly upload: Upload }
  | { readonly kind: 'stale'; readonly upload: Upload };

export interface ConfirmationParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly publication: Publication;
  readonly announcements: Announcements;
  readonly audit: Audit;
}

/** An upload is published by one of the staff, once they saw what it changes. */
export function buildUploadConfirmation({ db, clock, publication, announcements, audit }: ConfirmationParts) {
  return {
    /** Publishes an upload, once: all of it in one transaction, if the catalogue is still what was shown. */
    confirm: (id: string, revision: number, person: Person): Promise<Confirmation | undefined> =>
      db.transaction(async (tx) => {
        const [found] = await tx.select().from(uploads).where(eq(uploads.id, id)).for('update');
        if (!found) return undefined;
        if (found.state !== 'waiting' || found.revision !== revision) return { kind: 'stale', upload: found };
        const suppliers = found.files.map(({ fiche }) => fiche.supplier.id);
        await lockSuppliers(tx, suppliers);
        const files = based(found.files, await standingOf(tx, clock, suppliers));
        if (!files.every((file, at) => isBasedAlike(found.files[at], file))) {
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
          .set({
            state: 'published',
            revision: found.revision + 1,
            files: files.map((file, at) => ({ ...file, outcome: outcomes[at]?.kind })),
          })
          .where(eq(uploads.id, id));
        const published = outcomes.flatMap((outcome) =>
          outcome.kind === 'published' ? [`${outcome.fiche.supplier.id} ${outcome.fiche.version}`] : [],
        );
        await audit.recordAll(tx, person, 'fiche.publish', published);
        return { kind: 'published', outcomes };
      }),
  };
}

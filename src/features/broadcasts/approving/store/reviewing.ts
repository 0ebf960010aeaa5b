import { and, desc, eq, gte } from 'drizzle-orm';
import { CourtierError } from '../../../../core/errors.ts';
import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import { staffAudience } from '../../../people/index.ts';
import { type Broadcast, broadcastKeyOf, type Records } from '../../store/records.ts';
import { corrections, reviews } from '../../tables.ts';
import {
  type Approvable,
  CORRECTED,
  CORRECTING,
  fingerprintOf,
  mayApprove,
  WRITING,
} from '../rules/approval.ts';

export type Review = typeof reviews.$inferSelect;
/** Words that wait to replace those that were sent. */
export type Correction = typeof corrections.$inferSelect;

export type Reviewing = ReturnType<typeof buildReviewing>;

/** What a second person says of a text: that it may leave, or what is to change. */
export function buildReviewing({ db, audit, deliveries, now }: Records) {
  return {
    /** Refuses whoever wrote a part of it. */
    async refuseWriter(tx: Tx, id: string, staff: Person): Promise<void> {
      if (!mayApprove(await audit.doersOf(tx, id, WRITING), staff))
        throw new CourtierError(
          'refused',
          'Vous avez écrit une partie de cet avis : une autre personne de l’équipe doit l’approuver.',
        );
    },

    /** Refuses whoever wrote a part of the correction that waits: whoever wrote the notice itself may approve it. */
    async refuseCorrector(tx: Tx, id: string, staff: Person): Promise<void> {
      if (!mayApprove(await audit.doersOf(tx, id, CORRECTING, CORRECTED), staff))
        throw new CourtierError(
          'refused',
          'Vous avez écrit une partie de cette correction : une autre personne de l’équipe doit l’approuver.',
        );
    },

    /** Keeps what somebody says of a text, by its fingerprint. */
    async review(
      tx: Tx,
      { id: broadcastId }: Pick<Broadcast, 'id'>,
      what: Approvable,
      { tenantId, objectId, name }: Person,
      verdict: Review['verdict'],
      comment = '',
    ): Promise<void> {
      const fingerprint = fingerprintOf(what);
      await tx
        .insert(reviews)
        .values({ broadcastId, fingerprint, verdict, comment, tenantId, objectId, name, at: now() });
    },

    /** Whether a second person approved exactly this. */
    async isApproved(from: Db, id: string, what: Approvable): Promise<boolean> {
      const [row] = await from
        .select({ id: reviews.id })
        .from(reviews)
        .where(
          and(
            eq(reviews.broadcastId, id),
            eq(reviews.fingerprint, fingerprintOf(what)),
            eq(reviews.verdict, 'approved'),
          ),
        )
        .limit(1);
      return row !== undefined;
    },

    /** What was said last of this text, since a moment where one is given; undefined where nobody spoke of it as it is. */
    async lastReview(id: string, what: Approvable, since?: Date, from: Db = db): Promise<Review | undefined> {
      const [row] = await from
        .select()
        .from(reviews)
        .where(
          and(
            eq(reviews.broadcastId, id),
            eq(reviews.fingerprint, fingerprintOf(what)),
            since && gte(reviews.at, since),
          ),
        )
        .orderBy(desc(reviews.id))
        .limit(1);
      return row;
    },

    /** The correction that waits, or that was given back to whoever wrote it. */
    async correctionOf(id: string, from: Db = db): Promise<Correction | undefined> {
      const [row] = await from.select().from(corrections).where(eq(corrections.broadcastId, id));
      return row;
    },

    /** Shows the staff's channel what waits for a second person; once for each time that it is asked. */
    askApproval: (tx: Tx, row: Broadcast): Promise<void> =>
      deliveries.address(
        tx,
        {
          kind: 'broadcasts.approval',
          key: `${broadcastKeyOf(row)}/approval/${row.revision}`,
          about: `${broadcastKeyOf(row)}/approval`,
          subject: { broadcast: row.id },
        },
        staffAudience(deliveries),
      ),

    /** Tells an author what somebody else decided. */
    async tellDecision(tx: Tx, row: Broadcast, author: Omit<Person, 'name'>, by: Person): Promise<void> {
      const { tenantId, objectId } = author;
      if (objectId === '' || (objectId === by.objectId && tenantId === by.tenantId)) return;
      const to = recipientOf(author);
      const key = `${broadcastKeyOf(row)}/decision/${row.revision}`;
      const subject = { broadcast: row.id, revision: row.revision };
      await deliveries.address(tx, { kind: 'broadcasts.decision', key, about: key, subject }, [to]);
    },
  };
}

import { and, eq, isNull, lt, lte, or } from 'drizzle-orm';
import { asDate } from '../../core/clock.ts';
import type { DecentHours } from '../../core/decent-hours.ts';
import { CourtierError } from '../../core/errors.ts';
import type { Tx } from '../../core/ports.ts';
import type { Person } from '../../core/turn.ts';
import { type PersonKey, staffAudience } from '../people/index.ts';
import { buildAcknowledgements } from './acknowledgements.ts';
import { buildCorrections } from './corrections.ts';
import { buildDispatch } from './dispatch.ts';
import { buildDrafting } from './drafting.ts';
import { type Broadcast, buildRecords, keyOf, type Outcome, type RecordParts } from './records.ts';
import { acknowledgements, broadcasts, installs } from './tables.ts';

export interface BroadcastParts extends RecordParts {
  readonly hours: DecentHours;
  /** Whether a second person must approve. */
  readonly approval: boolean;
  /** Hosts to which a button may lead. */
  readonly linkHosts: readonly string[];
}

export type Broadcasts = ReturnType<typeof buildBroadcasts>;

/** The notices of the broker: drawn up, approved, sent once to each, corrected, withdrawn. */
export function buildBroadcasts(parts: BroadcastParts) {
  const { approval, linkHosts } = parts;
  const records = buildRecords(parts);
  const { db, clock, deliveries, now, find, change, page } = records;
  const dispatch = buildDispatch(records, parts.hours);
  const { departure, depart, newcomers, resend } = dispatch;

  /** Shows the staff's channel what waits for a second person; once for each time that it is asked. */
  const askApproval = (tx: Tx, row: Broadcast): Promise<void> =>
    deliveries.address(
      tx,
      {
        kind: 'broadcasts.approval',
        key: `${keyOf(row)}/approval/${row.revision}`,
        about: `${keyOf(row)}/approval`,
        subject: { broadcast: row.id },
      },
      staffAudience(deliveries),
    );

  return {
    find: (id: string) => find(db, id),
    page,
    departure,
    newcomers,
    resend,
    needsApproval: approval,
    ...buildDrafting(records, dispatch, linkHosts),
    ...buildCorrections(records, dispatch, linkHosts),
    ...buildAcknowledgements(records),

    /** Sends, or asks for the approval of somebody else where that is the rule. */
    submit: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      approval
        ? change(staff, id, revision, 'submit', () => ({}), askApproval)
        : change(staff, id, revision, 'release', () => ({}), depart),

    /** Another member of the staff approves, and it is sent. */
    approve: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      change(
        staff,
        id,
        revision,
        'approve',
        ({ authorTenant, authorId }) => {
          if (authorId === staff.objectId && authorTenant === staff.tenantId)
            throw new CourtierError('refused', 'Une autre personne de l’équipe doit approuver votre avis.');
          return { approverName: staff.name };
        },
        depart,
      ),

    /** Gives it back to its author. */
    refuse: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      change(staff, id, revision, 'refuse', () => ({})),

    discard: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      change(
        staff,
        id,
        revision,
        'discard',
        () => ({}),
        (tx, row) => deliveries.unhold(tx, keyOf(row)),
      ),

    /** Stops what is not yet on its way. */
    cancel: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      change(
        staff,
        id,
        revision,
        'cancel',
        () => ({}),
        async (tx, row) => {
          await deliveries.cancel(tx, keyOf(row));
        },
      ),

    /** Where the card that follows the sending is. */
    async followedBy(id: string, conversation: string, activity: string): Promise<void> {
      await db
        .update(broadcasts)
        .set({ followedIn: conversation, followedAs: activity })
        .where(eq(broadcasts.id, id));
    },

    askApproval: (id: string): Promise<void> =>
      db.transaction(async (tx) => askApproval(tx, await find(tx, id))),

    /** Has the card that follows the sending drawn as things stand. */
    async redraw({ id, followedIn, followedAs }: Broadcast): Promise<void> {
      if (!followedIn || !followedAs) return;
      const key = `${keyOf({ id })}/follow`;
      const notice = { kind: 'broadcasts.follow', key, about: key, subject: { broadcast: id } };
      await db.transaction(async (tx) => {
        await deliveries.adopt(tx, notice, followedIn, followedAs);
        await deliveries.redraw(tx, key);
      });
    },

    /** True once within so many seconds, whoever asks: the card that follows is redrawn no oftener. */
    async mayRedraw(id: string, seconds: number): Promise<boolean> {
      const before = asDate(clock.now().subtract({ seconds }));
      const mine = await db
        .update(broadcasts)
        .set({ redrawnAt: now() })
        .where(
          and(eq(broadcasts.id, id), or(isNull(broadcasts.redrawnAt), lte(broadcasts.redrawnAt, before))),
        )
        .returning({ id: broadcasts.id });
      return mine.length === 1;
    },

    counts: (row: Pick<Broadcast, 'id'>) => deliveries.counts(keyOf(row)),
    reach: (row: Pick<Broadcast, 'id'>) => deliveries.reach(keyOf(row)),
    /** Whole seconds until the last of so many is sent. */
    secondsFor: (n: number): number => Math.ceil(n / deliveries.rate),

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

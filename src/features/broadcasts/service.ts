import { and, count, desc, eq, isNull, lt, lte, or } from 'drizzle-orm';
import { brokerDate } from '../../core/business-days.ts';
import { asDate, type Clock } from '../../core/clock.ts';
import type { DecentHours } from '../../core/decent-hours.ts';
import { CourtierError, notFound } from '../../core/errors.ts';
import { newId } from '../../core/id.ts';
import type { Db, Deliveries, DeliveryState, Queue } from '../../core/ports.ts';
import type { Person, Turn } from '../../core/turn.ts';
import type { Audit, PersonKey } from '../people/index.ts';
import { type AudienceChoice, audienceOf, isNobody, NOBODY } from './audience.ts';
import { allowedLink } from './content.ts';
import type { Draft } from './schema.ts';
import { after, type Event } from './states.ts';
import { acknowledgements, broadcasts } from './tables.ts';

export type Broadcast = typeof broadcasts.$inferSelect;

/** A step by somebody who saw the current card, or an older one. */
export type Outcome = { readonly kind: 'done' | 'stale'; readonly broadcast: Broadcast };

/** What may be sent again: failures, or what may already have been received. */
export const RESENDABLE: Record<'failed' | 'unknown', readonly DeliveryState[]> = {
  failed: ['unreachable', 'dead'],
  unknown: ['unknown'],
};

export const keyOf = ({ id }: Pick<Broadcast, 'id'>): string => `broadcast:${id}`;
const kindOf = ({ urgent }: Broadcast) => (urgent ? 'broadcasts.urgent' : 'broadcasts.message');

export interface BroadcastParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly hours: DecentHours;
  /** Whether a second person must approve. */
  readonly approval: boolean;
  /** Hosts to which a button may lead. */
  readonly linkHosts: readonly string[];
}

export type Broadcasts = ReturnType<typeof buildBroadcasts>;

/** The notices of the broker: drawn up, approved, sent once to each, corrected, withdrawn. */
export function buildBroadcasts(parts: BroadcastParts) {
  const { db, clock, queue, audit, deliveries, hours } = parts;
  const now = () => asDate(clock.now());

  async function find(tx: Db, id: string): Promise<Broadcast> {
    const [row] = await tx.select().from(broadcasts).where(eq(broadcasts.id, id));
    if (!row) throw notFound();
    return row;
  }

  /** Changes a broadcast if it is still as it was seen; the event must apply to its state. */
  function change(
    staff: Person,
    id: string,
    revision: number,
    event: Event | 'edit',
    set: (row: Broadcast) => Partial<typeof broadcasts.$inferInsert>,
    then: (tx: Db, row: Broadcast) => Promise<void> = async () => {},
  ): Promise<Outcome> {
    return db.transaction(async (tx) => {
      const row = await find(tx, id);
      const state = event === 'edit' ? row.state : after(row.state, event);
      if (!state || row.revision !== revision) return { kind: 'stale', broadcast: row };
      const [changed] = await tx
        .update(broadcasts)
        .set({ ...set(row), state, revision: revision + 1, updatedAt: now() })
        .where(and(eq(broadcasts.id, id), eq(broadcasts.revision, revision)))
        .returning();
      if (!changed) return { kind: 'stale', broadcast: await find(tx, id) };
      await then(tx, changed);
      await audit.record(tx, staff, `broadcast.${event}`, id);
      return { kind: 'done', broadcast: changed };
    });
  }

  function contentOf({
    title,
    text,
    link,
    linkTitle,
    importance,
    acknowledge,
    categories,
    suppliers,
  }: Draft) {
    const address = link === '' ? '' : allowedLink(link, parts.linkHosts);
    if (address === undefined)
      throw new CourtierError(
        'invalid',
        `Le lien doit être une adresse https d’un site permis : ${parts.linkHosts.join(', ')}.`,
      );
    return {
      title,
      text,
      link: address,
      linkTitle: linkTitle || 'En savoir plus',
      urgent: importance === 'urgent',
      acknowledge,
      categories,
      suppliers,
    };
  }

  /** When a broadcast would go: its hour, or now; a decent one unless it is urgent. */
  function departure({ urgent, scheduledAt }: Pick<Broadcast, 'urgent' | 'scheduledAt'>): Temporal.Instant {
    const wanted =
      scheduledAt && scheduledAt > now()
        ? Temporal.Instant.fromEpochMilliseconds(scheduledAt.getTime())
        : clock.now();
    return urgent ? wanted : hours.onOrAfter(wanted);
  }

  const noticeOf = (row: Broadcast, at: Temporal.Instant) => ({
    kind: kindOf(row),
    key: keyOf(row),
    about: keyOf(row),
    subject: { broadcast: row.id },
    at,
  });

  const address = (tx: Db, row: Broadcast, at: Temporal.Instant, state: 'held' | 'pending') =>
    deliveries.address(
      tx,
      noticeOf(row, at),
      audienceOf(row.audience, row, deliveries.channels, brokerDate(clock.now())),
      state,
    );

  /** Sends what was approved to those for whom it is now, and follows it. */
  async function depart(tx: Db, row: Broadcast): Promise<void> {
    const at = departure(row);
    await deliveries.unhold(tx, keyOf(row));
    await address(tx, row, at, 'pending');
    await tx
      .update(broadcasts)
      .set({ sendAt: asDate(at) })
      .where(eq(broadcasts.id, row.id));
    if (at.epochMilliseconds > clock.now().epochMilliseconds)
      await queue.enqueue(tx, 'broadcasts.newcomers', { broadcast: row.id }, at);
    await queue.enqueue(tx, 'broadcasts.follow', { broadcast: row.id });
  }

  const correctionOf = (row: Broadcast, how: 'edit' | 'delete') => ({
    ...noticeOf(row, clock.now()),
    key: `${keyOf(row)}/${how}/${row.edition}`,
    subject: { broadcast: row.id, edition: row.edition },
  });

  return {
    find: (id: string) => find(db, id),
    departure,
    needsApproval: parts.approval,

    /** A page of broadcasts, the latest change first. */
    async page(page: number, size: number): Promise<{ rows: Broadcast[]; total: number }> {
      const [counted] = await db.select({ total: count() }).from(broadcasts);
      const rows = await db
        .select()
        .from(broadcasts)
        .orderBy(desc(broadcasts.updatedAt))
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },

    /** Keeps a draft, new or edited. `stale` when somebody changed it meanwhile. */
    async save(staff: Person, draft: Draft): Promise<Outcome> {
      const content = contentOf(draft);
      if (draft.broadcast && draft.revision) {
        const row = await find(db, draft.broadcast);
        if (row.state !== 'draft') return { kind: 'stale', broadcast: row };
        return change(staff, draft.broadcast, draft.revision, 'edit', () => content);
      }
      return db.transaction(async (tx) => {
        const id = newId();
        const { tenantId: authorTenant, objectId: authorId, name: authorName } = staff;
        const [broadcast] = await tx
          .insert(broadcasts)
          .values({
            id,
            ...content,
            audience: { ...NOBODY, subscribers: true },
            authorTenant,
            authorId,
            authorName,
            createdAt: now(),
            updatedAt: now(),
          })
          .returning();
        if (!broadcast) throw new Error('broadcast not written');
        await audit.record(tx, staff, 'broadcast.create', id);
        return { kind: 'done', broadcast };
      });
    },

    /** Chooses for whom, and draws up the list: who it is can be seen before anything is sent. */
    async aim(staff: Person, id: string, revision: number, audience: AudienceChoice): Promise<Outcome> {
      if (isNobody(audience))
        throw new CourtierError('invalid', 'Choisissez au moins un groupe de destinataires.');
      const row = await find(db, id);
      if (row.state !== 'draft') return { kind: 'stale', broadcast: row };
      return change(
        staff,
        id,
        revision,
        'edit',
        () => ({ audience }),
        async (tx, changed) => {
          await deliveries.unhold(tx, keyOf(changed));
          await address(tx, changed, clock.now(), 'held');
        },
      );
    },

    /** Chooses the hour: « at once » for undefined. An hour that has passed is refused. */
    async schedule(
      staff: Person,
      id: string,
      revision: number,
      at: Temporal.Instant | undefined,
    ): Promise<Outcome> {
      if (at && at.epochMilliseconds <= clock.now().epochMilliseconds)
        throw new CourtierError('invalid', 'Cette heure est déjà passée. Choisissez-en une à venir.');
      const row = await find(db, id);
      if (row.state !== 'draft') return { kind: 'stale', broadcast: row };
      return change(staff, id, revision, 'edit', () => ({ scheduledAt: at ? asDate(at) : null }));
    },

    /** Sends, or asks for the approval of somebody else where that is the rule. */
    submit: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      parts.approval
        ? change(
            staff,
            id,
            revision,
            'submit',
            () => ({}),
            (tx) => queue.enqueue(tx, 'broadcasts.askApproval', { broadcast: id }),
          )
        : change(staff, id, revision, 'release', () => ({}), depart),

    /** Another member of the staff approves, and it is sent. */
    async approve(staff: Person, id: string, revision: number): Promise<Outcome> {
      const row = await find(db, id);
      if (row.authorId === staff.objectId && row.authorTenant === staff.tenantId)
        throw new CourtierError('refused', 'Une autre personne de l’équipe doit approuver votre avis.');
      return change(staff, id, revision, 'approve', () => ({ approverName: staff.name }), depart);
    },

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

    /** Stops what is not sent, and deletes what was. */
    withdraw: (staff: Person, id: string, revision: number): Promise<Outcome> =>
      change(
        staff,
        id,
        revision,
        'withdraw',
        ({ edition }) => ({ edition: edition + 1 }),
        async (tx, row) => {
          await deliveries.cancel(tx, keyOf(row));
          await queue.enqueue(tx, 'broadcasts.correct', { broadcast: id, edition: row.edition });
        },
      ),

    /** Changes the words of what was sent: those who wait get the new ones, those who have it see it change. */
    async correct(staff: Person, draft: Draft): Promise<Outcome> {
      const content = contentOf(draft);
      const row = await find(db, draft.broadcast ?? '');
      if (row.state !== 'released') return { kind: 'stale', broadcast: row };
      const { title, text, link, linkTitle } = content;
      return change(
        staff,
        row.id,
        draft.revision ?? 0,
        'edit',
        ({ edition }) => ({ title, text, link, linkTitle, edition: edition + 1 }),
        (tx, { id, edition }) => queue.enqueue(tx, 'broadcasts.correct', { broadcast: id, edition }),
      );
    },

    /**
     * Edits or deletes what is posted. What is being sent at this moment is taken at the next call: true while
     * there is some.
     */
    async applyCorrection(id: string, edition: number): Promise<boolean> {
      const row = await find(db, id);
      if (row.edition !== edition) return false;
      const how = row.state === 'withdrawn' ? 'delete' : 'edit';
      await db.transaction((tx) => deliveries.correct(tx, correctionOf(row, how), keyOf(row), how));
      return (await deliveries.counts(keyOf(row))).sending > 0;
    },

    /** How far the last correction or withdrawal is. */
    correction: (row: Broadcast) =>
      deliveries.counts(correctionOf(row, row.state === 'withdrawn' ? 'delete' : 'edit').key),

    /** Those who came to be concerned between the approval and the hour. */
    async newcomers(id: string): Promise<void> {
      const row = await find(db, id);
      if (row.state === 'released') await db.transaction((tx) => address(tx, row, clock.now(), 'pending'));
    },

    async resend(staff: Person, id: string, which: keyof typeof RESENDABLE): Promise<number> {
      return db.transaction(async (tx) => {
        const row = await find(tx, id);
        if (row.state !== 'released')
          throw new CourtierError('refused', 'Cet avis n’est plus en cours d’envoi.');
        const n = await deliveries.retry(tx, keyOf(row), RESENDABLE[which]);
        await audit.record(tx, staff, `broadcast.resend.${which}`, id);
        await queue.enqueue(tx, 'broadcasts.follow', { broadcast: id });
        return n;
      });
    },

    /** Where the card that follows the sending is. */
    async followedBy(id: string, conversation: string, activity: string): Promise<void> {
      await db
        .update(broadcasts)
        .set({ followedIn: conversation, followedAs: activity })
        .where(eq(broadcasts.id, id));
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

    /** Notes that a person read it; only who received it, or takes part in a channel that did. */
    async acknowledge({ person, conversation }: Turn, id: string): Promise<Broadcast> {
      const row = await find(db, id);
      const { tenantId, objectId } = person;
      const received =
        conversation.kind === 'personal'
          ? await deliveries.wasPosted(keyOf(row), { kind: 'person', tenantId, objectId })
          : await deliveries.wasPosted(keyOf(row), {
              kind: 'conversation',
              tenantId: conversation.tenantId,
              conversationId: conversation.id,
            });
      if (!received || !row.acknowledge || row.state === 'withdrawn') throw notFound();
      await db
        .insert(acknowledgements)
        .values({ broadcastId: id, tenantId, objectId, at: now() })
        .onConflictDoNothing();
      return row;
    },

    async acknowledged(id: string): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(acknowledgements)
        .where(eq(acknowledgements.broadcastId, id));
      return row?.n ?? 0;
    },

    async heldOf({ tenantId, objectId }: PersonKey) {
      return db
        .select({ avis: acknowledgements.broadcastId, at: acknowledgements.at })
        .from(acknowledgements)
        .where(and(eq(acknowledgements.tenantId, tenantId), eq(acknowledgements.objectId, objectId)));
    },

    async erase(tx: Db, { tenantId, objectId }: PersonKey): Promise<void> {
      await tx
        .delete(acknowledgements)
        .where(and(eq(acknowledgements.tenantId, tenantId), eq(acknowledgements.objectId, objectId)));
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

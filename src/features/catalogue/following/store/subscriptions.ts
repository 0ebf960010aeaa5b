import { and, asc, eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { newId } from '../../../../core/id.ts';
import type { Db, Roster, Tx } from '../../../../core/ports.ts';
import { serialize } from '../../../../core/serialize.ts';
import type { Person, Turn } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Topic } from '../../screens/schema.ts';
import { subscriptions } from '../../tables.ts';

export type Subscription = typeof subscriptions.$inferSelect;

const MOST = 60;
const MOST_ROSTER_PAGES = 50;

/** Who follows what: the guide's mailing list (section 3.2), for people and for channels. */
export function buildSubscriptions(db: Db, clock: Clock, roster: Roster) {
  const subscriber = ({ person, conversation }: Turn) =>
    conversation.kind === 'personal'
      ? and(
          eq(subscriptions.kind, 'person'),
          eq(subscriptions.tenantId, person.tenantId),
          eq(subscriptions.objectId, person.objectId),
        )
      : and(eq(subscriptions.kind, 'channel'), eq(subscriptions.conversationId, conversation.id));

  /** Only somebody who takes part in a channel decides for it. */
  async function mustTakePart({ person, conversation }: Turn): Promise<void> {
    if (conversation.kind === 'personal' || (await takesPart(person, conversation.id))) return;
    throw new CourtierError('refused', 'Seuls les membres de cette équipe peuvent changer ses abonnements.');
  }

  async function takesPart({ tenantId, objectId }: Person, conversationId: string): Promise<boolean> {
    let next: string | undefined;
    for (let page = 0; page < MOST_ROSTER_PAGES; page++) {
      const members = await roster.page(conversationId, next);
      if (members.people.some((member) => member.objectId === objectId && member.tenantId === tenantId))
        return true;
      if (!members.next) return false;
      next = members.next;
    }
    return false;
  }

  return {
    /** The subscriptions of the person, or of the channel where they are, oldest first. */
    subscriptionsOf: (turn: Turn): Promise<Subscription[]> =>
      db
        .select()
        .from(subscriptions)
        .where(subscriber(turn))
        .orderBy(asc(subscriptions.createdAt), asc(subscriptions.id)),

    /** Follows a topic; a second time changes nothing. */
    async subscribe(turn: Turn, topic: Topic): Promise<void> {
      await mustTakePart(turn);
      const { person, conversation } = turn;
      const kind = conversation.kind === 'personal' ? ('person' as const) : ('channel' as const);
      await db.transaction(async (tx) => {
        const whose = kind === 'person' ? [person.tenantId, person.objectId] : [conversation.id];
        await serialize(tx, 'subscriptions', ...whose);
        const held = await tx.select().from(subscriptions).where(subscriber(turn));
        if (held.some((row) => row.topicKind === topic.kind && row.topic === topic.id)) return;
        if (held.length >= MOST)
          throw new CourtierError(
            'refused',
            `Vous suivez déjà ${MOST} sujets : retirez-en un avec « abonnements ».`,
          );
        await tx.insert(subscriptions).values({
          id: newId(),
          kind,
          tenantId: person.tenantId,
          objectId: person.objectId,
          conversationId: conversation.id,
          topicKind: topic.kind,
          topic: topic.id,
          createdAt: asDate(clock.now()),
        });
      });
    },

    /** Ends a subscription of the person or of the channel where they are; false when it is not theirs. */
    async unsubscribe(turn: Turn, id: string): Promise<boolean> {
      await mustTakePart(turn);
      const gone = await db
        .delete(subscriptions)
        .where(and(eq(subscriptions.id, id), subscriber(turn)))
        .returning({ id: subscriptions.id });
      return gone.length === 1;
    },

    heldOf: ({ tenantId, objectId }: PersonKey) =>
      db
        .select({
          kind: subscriptions.kind,
          topicKind: subscriptions.topicKind,
          topic: subscriptions.topic,
          createdAt: subscriptions.createdAt,
        })
        .from(subscriptions)
        .where(and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.objectId, objectId))),

    /** Ends a person's own subscriptions; a channel's stay, without their name. */
    async erase(tx: Tx, { tenantId, objectId }: PersonKey): Promise<void> {
      const theirs = and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.objectId, objectId));
      await tx.delete(subscriptions).where(and(theirs, eq(subscriptions.kind, 'person')));
      await tx.update(subscriptions).set({ objectId: '' }).where(theirs);
    },
  };
}

export type Subscriptions = ReturnType<typeof buildSubscriptions>;

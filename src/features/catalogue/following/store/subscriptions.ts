import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { newId } from '../../../../core/id.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Roster } from '../../../../core/ports/conversations.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person, Turn } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { subscriptions } from '../../tables.ts';

export type Subscription = typeof subscriptions.$inferSelect;

/** What is followed: everything, a category, a supplier, or a list by what it is narrowed by. */
export interface Followed {
  readonly kind: Subscription['topicKind'];
  readonly id: string;
}

/** What is written of a topic in a form: « all », « category:courriel ». */
const topicKeyOf = (kind: Subscription['topicKind'], topic: string): string =>
  kind === 'all' ? 'all' : `${kind}:${topic}`;

/** What a subscriber follows now, without its rows: the keys of all of it, and whether prices only. */
export interface FollowedNow {
  readonly total: number;
  readonly keys: readonly string[];
  readonly pricesOnly: boolean;
}

/** What a form changes: it adds and ends what was ticked or not since it was drawn; the rest stays. */
export interface Choosing {
  readonly add: readonly Followed[];
  readonly end: readonly Followed[];
  readonly pricesOnly: boolean;
}

const MOST = 60;
const MOST_ROSTER_PAGES = 50;

const subscriber = ({ person, conversation }: Turn) =>
  conversation.kind === 'personal'
    ? and(eq(subscriptions.kind, 'person'), isPerson(subscriptions, person))
    : and(eq(subscriptions.kind, 'channel'), eq(subscriptions.conversationId, conversation.id));

/** What is read of what somebody follows, and what goes with them. */
function reading(db: Db) {
  return {
    /** What the person, or the channel where they are, follows now. */
    async followedNow(turn: Turn): Promise<FollowedNow> {
      const [row] = await db
        .select({
          total: sql<number>`count(*)::int`,
          keys: sql<string[]>`coalesce(json_agg(${subscriptions.topicKind} || ':' || ${subscriptions.topic}
            order by ${subscriptions.topicKind}, ${subscriptions.topic}), '[]')`,
          pricesOnly: sql<boolean>`coalesce(bool_and(${subscriptions.pricesOnly}), false)`,
        })
        .from(subscriptions)
        .where(subscriber(turn));
      const keys = (row?.keys ?? []).map((key) => (key === 'all:all' ? 'all' : key));
      return { total: row?.total ?? 0, keys, pricesOnly: row?.pricesOnly ?? false };
    },

    /** A page of the subscriptions of the person, or of the channel where they are, oldest first. */
    subscriptionsPage: (turn: Turn, page: number, size: number): Promise<Subscription[]> =>
      db
        .select()
        .from(subscriptions)
        .where(subscriber(turn))
        .orderBy(asc(subscriptions.createdAt), asc(subscriptions.id))
        .limit(size)
        .offset((page - 1) * size),

    heldOf: (person: PersonKey) =>
      db
        .select({
          kind: subscriptions.kind,
          topicKind: subscriptions.topicKind,
          topic: subscriptions.topic,
          pricesOnly: subscriptions.pricesOnly,
          createdAt: subscriptions.createdAt,
        })
        .from(subscriptions)
        .where(isPerson(subscriptions, person)),

    /** Ends a person's own subscriptions; a channel's stay, without their name. */
    async erase(tx: Tx, person: PersonKey): Promise<void> {
      const theirs = isPerson(subscriptions, person);
      await tx.delete(subscriptions).where(and(theirs, eq(subscriptions.kind, 'person')));
      await tx.update(subscriptions).set({ objectId: '' }).where(theirs);
    },
  };
}

/** Who follows what: the guide's mailing list (section 3.2), for people and for channels. */
export function buildSubscriptions(db: Db, clock: Clock, roster: Roster) {
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

  const rowOf = ({ person, conversation }: Turn, { kind, id }: Followed, pricesOnly: boolean) => ({
    id: newId(),
    kind: conversation.kind === 'personal' ? ('person' as const) : ('channel' as const),
    tenantId: person.tenantId,
    objectId: person.objectId,
    conversationId: conversation.id,
    topicKind: kind,
    topic: id,
    pricesOnly,
    createdAt: asDate(clock.now()),
  });

  /** One at a time for a subscriber: what they follow cannot pass its limit. */
  const holdingOf = async (tx: Tx, turn: Turn): Promise<Subscription[]> => {
    const { person, conversation } = turn;
    const whose = conversation.kind === 'personal' ? [person.tenantId, person.objectId] : [conversation.id];
    await serialize(tx, 'subscriptions', ...whose);
    return tx.select().from(subscriptions).where(subscriber(turn));
  };

  const refuseBeyond = (count: number): void => {
    if (count > MOST)
      throw new CourtierError(
        'refused',
        `Vous pouvez suivre ${MOST} sujets au plus : retirez-en avec « abonnements ».`,
      );
  };

  return {
    /** Follows a topic; a second time changes nothing. */
    async subscribe(turn: Turn, topic: Followed): Promise<void> {
      await mustTakePart(turn);
      await db.transaction(async (tx) => {
        const held = await holdingOf(tx, turn);
        if (held.some((row) => row.topicKind === topic.kind && row.topic === topic.id)) return;
        refuseBeyond(held.length + 1);
        const pricesOnly = held.length > 0 && held.every((row) => row.pricesOnly);
        await tx.insert(subscriptions).values(rowOf(turn, topic, pricesOnly));
      });
    },

    /** Follows and ends several at once: what others changed meanwhile stays. */
    async choose(turn: Turn, { add, end, pricesOnly }: Choosing): Promise<void> {
      await mustTakePart(turn);
      await db.transaction(async (tx) => {
        const held = await holdingOf(tx, turn);
        const ended = new Set(end.map(({ kind, id }) => topicKeyOf(kind, id)));
        const gone = held.filter((row) => ended.has(topicKeyOf(row.topicKind, row.topic)));
        const known = new Set(held.map((row) => topicKeyOf(row.topicKind, row.topic)));
        const added = add.filter(({ kind, id }) => !known.has(topicKeyOf(kind, id)));
        refuseBeyond(held.length - gone.length + added.length);
        if (gone.length > 0)
          await tx.delete(subscriptions).where(
            inArray(
              subscriptions.id,
              gone.map(({ id }) => id),
            ),
          );
        if (added.length > 0)
          await tx.insert(subscriptions).values(added.map((topic) => rowOf(turn, topic, pricesOnly)));
        await tx
          .update(subscriptions)
          .set({ pricesOnly })
          .where(and(subscriber(turn), ne(subscriptions.pricesOnly, pricesOnly)));
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

    ...reading(db),
  };
}

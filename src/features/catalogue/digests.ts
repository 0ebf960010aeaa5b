import { and, asc, eq } from 'drizzle-orm';
import { brokerDate } from '../../core/business-days.ts';
import type { Clock } from '../../core/clock.ts';
import type { Db, Deliveries, Recipient } from '../../core/ports.ts';
import { subscribersAudience } from './audience.ts';
import { categoriesOf, type Difference, differenceOf } from './difference.ts';
import type { Fiche } from './fiche.ts';
import type { InForce } from './schema.ts';
import * as store from './store.ts';
import { digestChanges, subscriptions } from './tables.ts';

/** What one supplier's fiche changed on a day. */
export interface DayChange {
  readonly fiche: Fiche;
  /** Absent for a new supplier. */
  readonly difference: Difference | undefined;
}

/** Changes of one moment are told together. */
const GRACE_MINUTES = 10;

export const digestKey = (day: string): string => `digest:${day}`;

/** What a change is about: the categories that it touches, all of the fiche's for a new supplier. */
const topicsOf = ({ fiche, difference }: DayChange): readonly string[] =>
  difference?.categories ?? [...new Set(fiche.offers.flatMap(categoriesOf))];

/** The daily notice of what changed, for those who follow it (guide 3.2): one a day, whatever the number of fiches. */
export function buildDigests(db: Db, clock: Clock, deliveries: Deliveries) {
  async function changeOf(
    supplier: string,
    version: string,
    previous: string | null,
  ): Promise<DayChange | undefined> {
    const found = await store.versionAndBasis(db, supplier, version, previous);
    return found && { fiche: found.fiche, difference: found.basis && differenceOf(found.basis, found.fiche) };
  }

  return {
    /** A version took effect: it joins the notice of its day, which those who already have it see change. */
    async add({ supplier, version, previous }: InForce): Promise<void> {
      const change = await changeOf(supplier, version, previous);
      if (!change) return;
      const day = brokerDate(clock.now()).toString();
      const key = digestKey(day);
      const notice = { kind: 'catalogue.digest', key, about: key, subject: { day } };
      await db.transaction(async (tx) => {
        await tx
          .insert(digestChanges)
          .values({ day, supplierId: supplier, previous, version })
          .onConflictDoUpdate({ target: [digestChanges.day, digestChanges.supplierId], set: { version } });
        await deliveries.address(
          tx,
          { ...notice, at: clock.now().add({ minutes: GRACE_MINUTES }) },
          subscribersAudience({ categories: topicsOf(change), suppliers: [supplier] }),
        );
        await deliveries.correct(tx, { ...notice, key: `${key}/${supplier}/${version}` }, key, 'edit');
      });
    },

    /** The changes of a day that concern a recipient, by supplier; none when they follow nothing of it any more. */
    async of(day: string, to: Recipient): Promise<DayChange[]> {
      const followed = await db
        .select({ kind: subscriptions.topicKind, topic: subscriptions.topic })
        .from(subscriptions)
        .where(
          to.kind === 'person'
            ? and(
                eq(subscriptions.kind, 'person'),
                eq(subscriptions.tenantId, to.tenantId),
                eq(subscriptions.objectId, to.objectId),
              )
            : and(eq(subscriptions.kind, 'channel'), eq(subscriptions.conversationId, to.conversationId)),
        );
      const rows = await db
        .select()
        .from(digestChanges)
        .where(eq(digestChanges.day, day))
        .orderBy(asc(digestChanges.supplierId));
      const changes = await Promise.all(
        rows.map(({ supplierId, version, previous }) => changeOf(supplierId, version, previous)),
      );
      return changes
        .flatMap((change) => change ?? [])
        .filter((change) =>
          followed.some(
            ({ kind, topic }) =>
              kind === 'all' ||
              (kind === 'supplier' && topic === change.fiche.supplier.id) ||
              (kind === 'category' && topicsOf(change).includes(topic)),
          ),
        );
    },
  };
}

export type Digests = ReturnType<typeof buildDigests>;

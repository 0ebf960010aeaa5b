import { and, desc, eq, inArray, isNull, ne, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import type { Turn } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import { followingProblems, neighbours } from '../../fiche/rules/publication.ts';
import { lockSuppliers, releaseOffers, standingVersions } from '../../fiche/store/publishing.ts';
import { cancelledVersions, ficheVersions, offers } from '../../tables.ts';
import { contextOf } from './publication-context.ts';

export type Cancelled = typeof cancelledVersions.$inferSelect;

export interface VersionToCancel {
  readonly supplier: string;
  readonly version: string;
  readonly reason: string;
}

/** What became of it. */
export type Cancellation =
  | { readonly kind: 'cancelled' }
  /** It took effect meanwhile: what was in force is history. */
  | { readonly kind: 'inForce' }
  /** Somebody else took it back first. */
  | { readonly kind: 'gone' }
  /** A later one to come was written after it, and would break a rule without it. */
  | { readonly kind: 'needed'; readonly by: string };

/** Offer ids of a version that no other one of its supplier has: nobody ever saw them, and they are free again. */
async function releaseUnseen(tx: Tx, { supplier, offers: listed, version }: Fiche): Promise<void> {
  const other = alias(ficheVersions, 'other');
  const ids = listed.map(({ id }) => id);
  const elsewhere = tx
    .select({ one: sql`1` })
    .from(other)
    .where(
      and(
        eq(other.supplierId, supplier.id),
        ne(other.version, version),
        sql`${other.content} -> 'offers' @> jsonb_build_array(jsonb_build_object('id', ${offers.id}))`,
      ),
    );
  const unseen = await tx
    .select({ id: offers.id })
    .from(offers)
    .where(and(inArray(offers.id, ids), eq(offers.supplierId, supplier.id), notExists(elsewhere)));
  await releaseOffers(
    tx,
    unseen.map(({ id }) => id),
  );
}

/** Versions that are taken back before they take effect (guide 3.2): kept apart with the reason, their date free again. */
export function buildCancelling(db: Db, clock: Clock, days: BusinessDays, audit: Audit) {
  return {
    /** A supplier's version in force and those to come, the oldest first. */
    standing: (supplier: string): Promise<Fiche[]> => standingVersions(db, asDate(clock.now()), [supplier]),

    /** How many versions of a supplier were taken back. */
    cancelledCount: (supplier: string): Promise<number> =>
      db.$count(cancelledVersions, eq(cancelledVersions.supplierId, supplier)),

    /** Some of them, the newest first. */
    cancelledOf: (supplier: string, skip: number, take: number): Promise<Cancelled[]> =>
      db
        .select()
        .from(cancelledVersions)
        .where(eq(cancelledVersions.supplierId, supplier))
        .orderBy(desc(cancelledVersions.cancelledAt), desc(cancelledVersions.id))
        .limit(take)
        .offset(skip),

    cancel: (turn: Turn, { supplier, version, reason }: VersionToCancel): Promise<Cancellation> =>
      db.transaction(async (tx) => {
        await lockSuppliers(tx, [supplier]);
        const theirs = and(
          eq(ficheVersions.supplierId, supplier),
          eq(ficheVersions.version, version),
          isNull(ficheVersions.removedAt),
        );
        const [found] = await tx.select().from(ficheVersions).where(theirs);
        if (!found) {
          const again = and(
            eq(cancelledVersions.supplierId, supplier),
            eq(cancelledVersions.version, version),
          );
          const [before] = await tx.select().from(cancelledVersions).where(again).limit(1);
          if (!before) throw notFound();
          return { kind: 'gone' };
        }
        const now = asDate(clock.now());
        if (found.effectiveAt <= now) return { kind: 'inForce' };
        const standing = await standingVersions(tx, now, [supplier]);
        const { before, after } = neighbours(standing, version);
        const context = await contextOf(tx, clock, [supplier]);
        if (before && after && followingProblems(before, after, context, days).length > 0)
          return { kind: 'needed', by: after.version };
        await tx.insert(cancelledVersions).values({
          id: turn.effect,
          supplierId: supplier,
          version,
          content: found.content,
          publishedAt: found.publishedAt,
          cancelledAt: now,
          reason,
        });
        await tx.delete(ficheVersions).where(theirs);
        await releaseUnseen(tx, found.content);
        await audit.record(tx, turn.person, 'fiche.cancel', `${supplier} ${version}`);
        return { kind: 'cancelled' };
      }),
  };
}

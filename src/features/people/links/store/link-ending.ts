import { and, eq, not, sql } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { pageLinks as table } from '../../tables.ts';
import { hold, type LinkRows, newest, type PageLink, same } from './link-rows.ts';

/** Whose link it must be, if it must be somebody's; until when the one in its place is good, if it is not as long. */
interface Terms {
  readonly whose?: PersonKey;
  readonly until?: Temporal.Instant;
}

/** Somebody whose own link the staff revoked is told: their calendar would follow nothing any more, and not say so. */
async function tellHolder(tx: Tx, deliveries: Deliveries, by: PersonKey, link: PageLink): Promise<void> {
  const { id, tenantId, objectId } = link;
  if (objectId === '' || (objectId === by.objectId && tenantId === by.tenantId)) return;
  await deliveries.address(
    tx,
    { kind: 'people.linkRevoked', key: `link:${id}/revoked`, about: `link:${id}`, subject: { link: id } },
    [recipientOf(link)],
  );
}

const madeFor = (maker: PersonKey) =>
  and(
    isPerson({ tenantId: table.madeTenant, objectId: table.madeId }, maker),
    not(isPerson(table, maker) ?? sql`false`),
  );

/** How links end, and are replaced. */
export const buildLinkEnding = (db: Db, deliveries: Deliveries, { now, alive, insert, end }: LinkRows) => ({
  /** Ends a link: `stale` when it held no more. `whose`: only one of theirs, any other is not there. */
  revoke: (by: Person, id: string, whose?: PersonKey): Promise<'done' | 'stale'> =>
    db.transaction(async (tx) => {
      const [row] = await tx
        .select()
        .from(table)
        .where(and(eq(table.id, id), whose && isPerson(table, whose)))
        .for('update');
      if (!row) throw notFound();
      if (row.revokedAt || row.until <= now()) return 'stale';
      await end(tx, by, row);
      await tellHolder(tx, deliveries, by, row);
      return 'done';
    }),

  /** Ends what somebody made for others, who does not make any more: whoever follows one is told as for any other. */
  async endMadeBy(tx: Tx, by: Person, maker: PersonKey): Promise<void> {
    const rows = await tx
      .select()
      .from(table)
      .where(and(madeFor(maker), alive()))
      .for('update');
    for (const row of rows) {
      await end(tx, by, row);
      await tellHolder(tx, deliveries, by, row);
    }
  },

  /** How many links somebody made for others hold. */
  madeCount: (maker: PersonKey): Promise<number> => db.$count(table, and(madeFor(maker), alive())),

  /**
   * A new link in the place of one, which holds no more; asked for twice, it is one. Undefined when the one that was
   * seen held no more and nothing is in its place.
   */
  replace: (by: Person, id: string, { whose, until }: Terms = {}): Promise<PageLink | undefined> =>
    db.transaction(async (tx) => {
      const seen = await newest(tx, and(eq(table.id, id), whose && isPerson(table, whose)));
      if (!seen) throw notFound();
      await hold(tx, seen);
      const [held] = await tx
        .select()
        .from(table)
        .where(and(same(seen), alive()))
        .for('update');
      if (held?.id !== id) return held;
      await end(tx, by, held);
      return insert(tx, held, until ? asDate(until) : held.until, by);
    }),
});

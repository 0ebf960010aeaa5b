import { and, desc, eq, or } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import { isSame } from '../../../core/people/chosen-person.ts';
import { recipientOf } from '../../../core/people/recipient.ts';
import type { Tx } from '../../../core/ports/db.ts';
import type { Deliveries } from '../../../core/ports/delivery.ts';
import { serialize } from '../../../core/rows/serialize.ts';
import type { Person } from '../../../core/turn.ts';
import type { Audit, PersonKey } from '../../people/index.ts';
import { officeActs as table } from '../tables.ts';
import { type ActRow, ownerOf } from './reading.ts';

/** What is done with something that waits. */
export type Act =
  | { readonly what: 'take' }
  | { readonly what: 'handBack' }
  | { readonly what: 'assign'; readonly to: PersonKey }
  | { readonly what: 'putOff'; readonly until: Temporal.PlainDate };

interface Named {
  readonly kind: string;
  readonly id: string;
}

export const nameOf = ({ kind, id }: Named): string => `${kind}/${id}`;

/** An act that was written, and which of its thing it is. */
export interface Written {
  readonly item: Named;
  readonly revision: number;
}

interface WritingParts {
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
}

/** The acts of the office, each the next of its thing. */
export function buildWriting({ clock, audit, deliveries }: WritingParts) {
  return {
    /** Whoever was given something is told: of one thing by its card, of several by one list. */
    async tell(tx: Tx, given: readonly Written[], to: PersonKey): Promise<void> {
      const [first, ...others] = given;
      if (!first) return;
      const { item, revision } = first;
      const key = `office:${nameOf(item)}/${revision}`;
      await deliveries.address(
        tx,
        others.length === 0
          ? {
              kind: 'office.assigned',
              key,
              about: `office:${nameOf(item)}`,
              subject: { of: item.kind, id: item.id },
            }
          : {
              kind: 'office.assignedTogether',
              key,
              about: `${key}+${others.length}`,
              subject: { items: given.map(({ item: each }) => ({ of: each.kind, id: each.id })) },
            },
        [recipientOf(to)],
      );
    },

    /** How some things were left, with the whole office held: nobody acts there until the transaction ends. */
    async heldActs(tx: Tx, items: readonly Named[]): Promise<ReadonlyMap<string, ActRow>> {
      await serialize(tx, 'office');
      const rows = await tx
        .selectDistinctOn([table.kind, table.item])
        .from(table)
        .where(or(...items.map(({ kind, id }) => and(eq(table.kind, kind), eq(table.item, id)))))
        .orderBy(table.kind, table.item, desc(table.revision));
      return new Map(rows.map((row) => [nameOf({ kind: row.kind, id: row.item }), row]));
    },

    /** Writes an act, unless it is how things were left already; which of its thing it is. */
    async write(
      tx: Tx,
      by: Person,
      act: Act,
      item: Named,
      owner: Person | undefined,
      last?: ActRow,
    ): Promise<number | undefined> {
      const until = act.what === 'putOff' ? act.until.toString() : null;
      if (last?.act === act.what && isSame(ownerOf(last), owner) && last.until === until) return undefined;
      const revision = (last?.revision ?? 0) + 1;
      await tx.insert(table).values({
        kind: item.kind,
        item: item.id,
        revision,
        act: act.what,
        ownerTenant: owner?.tenantId ?? null,
        ownerId: owner?.objectId ?? null,
        until,
        byTenant: by.tenantId,
        byId: by.objectId,
        at: asDate(clock.now()),
      });
      await audit.record(tx, by, `office.${act.what}`, nameOf(item));
      return revision;
    },
  };
}

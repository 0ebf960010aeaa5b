import { and, eq, ne, or } from 'drizzle-orm';
import { byName } from '../../../../core/columns.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { memberships, organizations, people } from '../../tables.ts';

export interface Body {
  readonly id: string;
  readonly name: string;
  /** Its kind for the right to buy (guide 2.4), when a member has said. */
  readonly kind: string | null;
}

/** Who works together: the confirmed members of one public body. */
export function buildBelonging(db: Db) {
  const confirmed = eq(memberships.state, 'confirmed');

  /** The body for which a person acts, once it is confirmed. */
  async function bodyOf({ tenantId, objectId }: PersonKey, handle: Db = db): Promise<Body | undefined> {
    const [row] = await handle
      .select({ id: organizations.id, name: organizations.name, kind: organizations.kind })
      .from(memberships)
      .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
      .where(and(confirmed, eq(memberships.tenantId, tenantId), eq(memberships.objectId, objectId)));
    return row;
  }

  return {
    /** Within a transaction, pass it on. */
    bodyOf: (person: PersonKey, from: Db = db) => bodyOf(person, from),

    /** Keeps a body's kind and whether the RCTI applies to it; nothing for a person without a confirmed body. */
    async setKind(tx: Tx, person: PersonKey, kind: string, rcti: boolean): Promise<void> {
      const body = await bodyOf(person, tx);
      if (body) await tx.update(organizations).set({ kind, rcti }).where(eq(organizations.id, body.id));
    },

    /** The other confirmed members of a person's body, by name. */
    async colleagues(person: PersonKey): Promise<Person[]> {
      const body = await bodyOf(person);
      if (!body) return [];
      return db
        .select({ tenantId: people.tenantId, objectId: people.objectId, name: people.name })
        .from(memberships)
        .innerJoin(
          people,
          and(eq(people.tenantId, memberships.tenantId), eq(people.objectId, memberships.objectId)),
        )
        .where(
          and(
            confirmed,
            eq(memberships.organizationId, body.id),
            or(ne(people.objectId, person.objectId), ne(people.tenantId, person.tenantId)),
          ),
        )
        .orderBy(byName(people.name))
        .limit(500);
    },
  };
}

export type Belonging = ReturnType<typeof buildBelonging>;

import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import { personKeyOf } from '../../../../core/people/person-key.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { byName } from '../../../../core/rows/columns.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { acting, memberships, organizations, people } from '../../tables.ts';

export interface Body {
  readonly id: string;
  readonly name: string;
  /** Its kind for the right to buy (guide 2.4), when a member has said. */
  readonly kind: string | null;
  /** Whether the RCTI applies to it, when a member has said. */
  readonly rcti: boolean | null;
  /** The broker's staff said so themselves. */
  readonly confirmed: boolean;
}

/** Which body is a person's now, and who works together there: its confirmed members. */
export function buildBelonging(db: Db) {
  /** The body for which a person acts, once it is confirmed. Within a transaction, pass it on. */
  async function bodyOf(person: PersonKey, from: Db = db): Promise<Body | undefined> {
    const [row] = await from
      .select({
        id: organizations.id,
        name: organizations.name,
        kind: organizations.kind,
        rcti: organizations.rcti,
        confirmed: sql<boolean>`${organizations.kindConfirmedAt} is not null`,
      })
      .from(acting)
      .innerJoin(organizations, eq(organizations.id, acting.organizationId))
      .where(isPerson(acting, person));
    return row;
  }

  /** The same, for what is written there: nobody leaves a body between the question and the end of the transaction. */
  async function heldBodyOf(tx: Tx, person: PersonKey): Promise<Body | undefined> {
    await tx
      .select({ id: memberships.id })
      .from(memberships)
      .where(isPerson(memberships, person))
      .for('share');
    return bodyOf(person, tx);
  }

  return {
    bodyOf,
    heldBodyOf,

    /** The names of the bodies for which some people act, by « tenant/object »; those who act for none are absent. */
    async bodyNames(people: readonly PersonKey[]): Promise<ReadonlyMap<string, string>> {
      if (people.length === 0) return new Map();
      const rows = await db
        .select({ tenantId: acting.tenantId, objectId: acting.objectId, name: organizations.name })
        .from(acting)
        .innerJoin(organizations, eq(organizations.id, acting.organizationId))
        .where(inArray(acting.objectId, [...new Set(people.map(({ objectId }) => objectId))]));
      return new Map(rows.map(({ name, ...person }) => [personKeyOf(person), name]));
    },

    /** Whether both act for the same body now. */
    async together(one: PersonKey, other: PersonKey, from: Db = db): Promise<boolean> {
      const body = await bodyOf(one, from);
      return body !== undefined && body.id === (await bodyOf(other, from))?.id;
    },

    /**
     * Keeps what somebody changed of a body: its kind, whether the RCTI applies to it, null while that is not known;
     * nothing for a person without a confirmed body, nor where the broker's staff have said it.
     */
    async setKind(
      tx: Tx,
      person: PersonKey,
      changed: { readonly kind?: string; readonly rcti?: boolean | null },
    ): Promise<void> {
      const body = await heldBodyOf(tx, person);
      if (body && Object.keys(changed).length > 0)
        await tx
          .update(organizations)
          .set(changed)
          .where(and(eq(organizations.id, body.id), isNull(organizations.kindConfirmedAt)));
    },

    /** The other confirmed members of a person's body, by name. Within a transaction, pass it on. */
    async colleagues(person: PersonKey, from: Db = db): Promise<Person[]> {
      const body = await bodyOf(person, from);
      if (!body) return [];
      return from
        .select({ tenantId: people.tenantId, objectId: people.objectId, name: people.name })
        .from(acting)
        .innerJoin(people, and(eq(people.tenantId, acting.tenantId), eq(people.objectId, acting.objectId)))
        .where(
          and(
            eq(acting.organizationId, body.id),
            or(ne(people.objectId, person.objectId), ne(people.tenantId, person.tenantId)),
          ),
        )
        .orderBy(byName(people.name), people.objectId)
        .limit(500);
    },
  };
}

export type Belonging = ReturnType<typeof buildBelonging>;

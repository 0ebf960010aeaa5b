import { and, desc, eq, gt, inArray, like, lt, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { beginning } from '../../../../core/rows/columns.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { audit, auditChain } from '../../tables.ts';
import { PURGE, purged } from '../rules/chain.ts';

/** As long as the longest duty of the guide's first edition (section 4.12). Our own: the database lets nothing younger than six years go. */
export const RETENTION_HOURS = 24 * 365 * 7;

/** What the assistant does by itself. */
export const ITSELF: PersonKey = { tenantId: '', objectId: '' };

/** The last time that something was done to an object, by its id: by whom, and what follows the id; undefined where it never was. */
async function lastDone(from: Db, object: string, action: string) {
  const [row] = await from
    .select()
    .from(audit)
    .where(and(eq(audit.action, action), like(audit.object, beginning(object))))
    .orderBy(desc(audit.id))
    .limit(1);
  return row && { ...row, of: row.object.split(' ')[1] ?? '' };
}

/** Who did what to which object. Nothing is ever changed, and each row is linked to the one before it: the database sees to both. */
export function buildAudit(db: Db, clock: Clock) {
  async function record(
    tx: Tx,
    { tenantId, objectId }: PersonKey,
    action: string,
    object: string,
  ): Promise<void> {
    await tx.insert(audit).values({ at: asDate(clock.now()), tenantId, objectId, action, object });
  }

  return {
    record,
    lastDone,

    /** Records the same act to several objects, in their order. */
    async recordAll(tx: Tx, person: PersonKey, action: string, objects: readonly string[]): Promise<void> {
      const { tenantId, objectId } = person;
      const at = asDate(clock.now());
      if (objects.length > 0)
        await tx.insert(audit).values(objects.map((object) => ({ at, tenantId, objectId, action, object })));
    },

    /** Records what is done once, and is no row of its own, under the id of its effect. False when it was done already. */
    async once(tx: Tx, person: PersonKey, action: string, object: string): Promise<boolean> {
      const { tenantId, objectId } = person;
      await serialize(tx, 'audit', tenantId, objectId, action, object);
      const [done] = await tx
        .select({ id: audit.id })
        .from(audit)
        .where(and(isPerson(audit, person), eq(audit.action, action), eq(audit.object, object)))
        .limit(1);
      if (done) return false;
      await record(tx, person, action, object);
      return true;
    },

    /** All that a person did and that is still noted, newest first. */
    auditOf: (person: PersonKey) =>
      db
        .select({ at: audit.at, action: audit.action, object: audit.object })
        .from(audit)
        .where(isPerson(audit, person))
        .orderBy(desc(audit.id)),

    /** The objects to which a person did something, by their ids. */
    async objectsOf(from: Db, person: PersonKey, action: string): Promise<string[]> {
      const rows = await from
        .selectDistinct({ object: audit.object })
        .from(audit)
        .where(and(isPerson(audit, person), eq(audit.action, action)));
      return rows.map(({ object }) => object.split(' ')[0] ?? '');
    },

    /** Who did any of these acts to an object, each person once; of `since`, after the last act of those. */
    async doersOf(
      from: Db,
      object: string,
      actions: readonly string[],
      since: readonly string[] = [],
    ): Promise<PersonKey[]> {
      const these = (acts: readonly string[]) =>
        and(eq(audit.object, object), inArray(audit.action, [...acts]));
      const [last] =
        since.length === 0
          ? []
          : await from
              .select({ id: audit.id })
              .from(audit)
              .where(these(since))
              .orderBy(desc(audit.id))
              .limit(1);
      return from
        .selectDistinct({ tenantId: audit.tenantId, objectId: audit.objectId })
        .from(audit)
        .where(and(these(actions), last && gt(audit.id, last.id)));
    },

    /** Forgets what is kept no longer: the beginning of the chain, whose end is written in what stays. */
    async purge(): Promise<void> {
      const before = asDate(clock.now().subtract({ hours: RETENTION_HOURS }));
      await db.transaction(async (tx) => {
        await serialize(tx, 'audit', 'purge');
        const kept = await firstKept(tx, before);
        const [last] = await tx
          .select()
          .from(auditChain)
          .where(eq(auditChain.position, kept - 1));
        if (!last) return;
        await tx.delete(auditChain).where(lt(auditChain.position, kept));
        await tx
          .delete(audit)
          .where(
            and(
              lt(audit.at, before),
              sql`not exists (select from ${auditChain} where ${auditChain.auditId} = ${audit.id})`,
            ),
          );
        await record(tx, ITSELF, PURGE, purged(last));
      });
    },
  };
}

/** The place of the first row that is young enough to stay; of the last of all, where none is. */
async function firstKept(tx: Tx, before: Date): Promise<number> {
  const [row] = await tx
    .select({
      young: sql<string | null>`min(${auditChain.position}) filter (where ${audit.at} >= ${before})`,
      last: sql<string | null>`max(${auditChain.position})`,
    })
    .from(auditChain)
    .innerJoin(audit, eq(audit.id, auditChain.auditId));
  return Number(row?.young ?? row?.last ?? 0);
}

export type Audit = ReturnType<typeof buildAudit>;

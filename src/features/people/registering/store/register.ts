import { and, eq, inArray } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { newId } from '../../../../core/id.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person, Turn } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { nameKeyOf } from '../../organizations/rules/names.ts';
import { confirmWaiting } from '../../organizations/store/mapping.ts';
import type { Quotas } from '../../quotas/store/quotas.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { organizations, registerImports } from '../../tables.ts';
import { type Plan, type PlannedRow, planOf } from '../rules/plan.ts';
import type { ReadRegister } from '../rules/reading.ts';
import { batches, knownBodies, writeAliases, writeContacts, writeTenants } from './bodies.ts';

export type RegisterImport = typeof registerImports.$inferSelect;

/** What became of a confirmation: `changed` when it would not do any more what was shown. */
export type Confirmed = 'done' | 'changed' | 'closed';

interface RegisterParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/** New bodies of a plan, each with the id that it receives. */
async function writeBodies(tx: Tx, rows: readonly PlannedRow[], now: Date): Promise<Map<PlannedRow, string>> {
  const ids = new Map(rows.map((planned) => [planned, planned.body?.id ?? newId()]));
  const added = rows.filter(({ body }) => !body);
  for (const batch of batches(added))
    await tx.insert(organizations).values(
      batch.map((planned) => ({
        id: ids.get(planned) ?? newId(),
        key: nameKeyOf(planned.row.name),
        name: planned.row.name,
        kind: planned.row.kind,
        rcti: planned.row.rcti,
        kindConfirmedAt: planned.says ? now : null,
        registeredAt: now,
        createdAt: now,
      })),
    );
  const known = rows.flatMap(({ body }) => (body ? [body.id] : []));
  if (known.length > 0)
    await tx.update(organizations).set({ registeredAt: now }).where(inArray(organizations.id, known));
  await confirmKinds(tx, rows, now);
  return ids;
}

/** What a register says of the kind of known bodies: all that it says the same of at once. */
async function confirmKinds(tx: Tx, rows: readonly PlannedRow[], now: Date): Promise<void> {
  const said = rows.flatMap(({ body, says, row }) => (body && says ? [{ id: body.id, row }] : []));
  for (const same of Map.groupBy(said, ({ row }) => `${row.kind} ${row.rcti}`).values()) {
    const [{ row } = { row: undefined }] = same;
    await tx
      .update(organizations)
      .set({
        ...(row?.kind && { kind: row.kind }),
        ...(typeof row?.rcti === 'boolean' && { rcti: row.rcti }),
        kindConfirmedAt: now,
      })
      .where(
        inArray(
          organizations.id,
          same.map(({ id }) => id),
        ),
      );
  }
}

/** Writes what a plan says: nothing is taken away, and a name that is there stays. The tenants that it maps. */
export async function applyPlan(tx: Tx, { rows }: Plan, now: Date): Promise<string[]> {
  const ids = await writeBodies(tx, rows, now);
  const of = <T>(each: (row: PlannedRow) => readonly T[]) =>
    rows.flatMap((row) => each(row).map((value) => ({ organizationId: ids.get(row) ?? '', value })));
  await writeAliases(
    tx,
    of(({ aliases }) => aliases),
    now,
  );
  const mapped = await writeTenants(
    tx,
    of(({ tenants }) => tenants),
    now,
  );
  // Those that the register says again are as fresh as the new ones.
  await writeContacts(
    tx,
    of(({ row }) => row.contacts),
    now,
  );
  return mapped;
}

/** A register of bodies, from the file that the staff drop to its confirmation. */
export function buildRegister({ db, clock, audit, deliveries, quotas }: RegisterParts) {
  const find = async (id: string, person: PersonKey, from: Db = db): Promise<RegisterImport> => {
    const [row] = await from
      .select()
      .from(registerImports)
      .where(and(eq(registerImports.id, id), isPerson(registerImports, person)))
      .for('no key update');
    if (!row) throw notFound();
    return row;
  };

  /** What an import would do as things stand. */
  const planned = async (rows: RegisterImport['rows'], from: Db = db): Promise<Plan> =>
    planOf(rows, await knownBodies(from));

  return {
    find,
    planned,

    /** Keeps what was dropped, until it is confirmed. Dropped once and delivered twice, it is one import. */
    async keep(turn: Turn, fileName: string, { rows, problems }: ReadRegister): Promise<RegisterImport> {
      const { tenantId, objectId } = turn.person;
      await db.transaction(async (tx) => {
        const [added] = await tx
          .insert(registerImports)
          .values({
            id: turn.effect,
            tenantId,
            objectId,
            fileName: fileName.slice(0, 200),
            rows,
            problems,
            createdAt: asDate(clock.now()),
          })
          .onConflictDoNothing()
          .returning({ id: registerImports.id });
        if (added) await quotas.spend(tx, turn.person, 'people.files');
      });
      return find(turn.effect, turn.person);
    },

    /**
     * Writes an import, once, if it still does what was shown: `mark` is the plan's. Those who wait for the body to which
     * their tenant leads from now on are confirmed, and told.
     */
    confirm: (staff: Person, id: string, mark: string): Promise<Confirmed> =>
      db.transaction(async (tx) => {
        await serialize(tx, 'organization names');
        await serialize(tx, 'tenant mappings');
        const found = await find(id, staff, tx);
        if (found.state !== 'waiting' || found.problems.length > 0) return 'closed';
        const plan = await planned(found.rows, tx);
        if (plan.mark !== mark || plan.problems.length > 0) return 'changed';
        const now = asDate(clock.now());
        const mapped = await applyPlan(tx, plan, now);
        for (const tenants of batches(mapped))
          await confirmWaiting(tx, { audit, deliveries }, staff, tenants, now);
        await tx.update(registerImports).set({ state: 'done' }).where(eq(registerImports.id, id));
        await audit.record(tx, staff, 'register.import', id);
        return 'done';
      }),

    /** Gives up an import that waits. */
    async discard(person: PersonKey, id: string): Promise<void> {
      await db
        .update(registerImports)
        .set({ state: 'discarded' })
        .where(
          and(
            eq(registerImports.id, id),
            isPerson(registerImports, person),
            eq(registerImports.state, 'waiting'),
          ),
        );
    },

    heldOf: (person: PersonKey) =>
      db
        .select({
          file: registerImports.fileName,
          state: registerImports.state,
          createdAt: registerImports.createdAt,
        })
        .from(registerImports)
        .where(isPerson(registerImports, person)),

    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx.delete(registerImports).where(isPerson(registerImports, person));
    },
  };
}

export type Register = ReturnType<typeof buildRegister>;

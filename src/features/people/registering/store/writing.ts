import { inArray } from 'drizzle-orm';
import { newId } from '../../../../core/id.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { nameKeyOf } from '../../organizations/rules/names.ts';
import { confirmWaiting, type MappingParts } from '../../organizations/store/mapping.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { organizations } from '../../tables.ts';
import { countsOf, type Plan, type PlannedRow } from '../rules/plan.ts';
import { keptOf } from '../rules/trail.ts';
import { batches, writeAliases, writeContacts, writeTenants } from './bodies.ts';

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
async function applyPlan(tx: Tx, { rows }: Plan, now: Date): Promise<string[]> {
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

/**
 * Writes a register, from a conversation or from a terminal alike: those who wait for the body to which their tenant
 * leads from now on are confirmed, and told; what it changed is kept in the trail. How many were confirmed. Its caller
 * holds « organization names » and « tenant mappings ».
 */
export async function writeRegister(
  tx: Tx,
  parts: MappingParts,
  by: PersonKey,
  plan: Plan,
  { act, id, now }: { readonly act: 'import' | 'terminal'; readonly id: string; readonly now: Date },
): Promise<number> {
  const mapped = await applyPlan(tx, plan, now);
  let confirmed = 0;
  for (const tenants of batches(mapped)) confirmed += await confirmWaiting(tx, parts, by, tenants, now);
  const { same: _unchanged, ...figures } = countsOf(plan);
  await parts.audit.record(tx, by, `register.${act}`, keptOf(id, { ...figures, confirmed }));
  return confirmed;
}

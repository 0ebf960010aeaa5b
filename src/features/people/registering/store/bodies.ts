import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { nameKeyOf } from '../../organizations/rules/names.ts';
import { organizationAliases, organizationContacts, organizations, tenantMappings } from '../../tables.ts';
import type { KnownBody } from '../rules/plan.ts';
import type { RegisterRow } from '../rules/row.ts';

const BATCH = 500;

/** Every body, with all that a register says of it. */
export async function knownBodies(from: Db): Promise<KnownBody[]> {
  const bodies = await from.select().from(organizations);
  const aliases = Map.groupBy(await from.select().from(organizationAliases), (row) => row.organizationId);
  const tenants = Map.groupBy(await from.select().from(tenantMappings), (row) => row.organizationId);
  const contacts = Map.groupBy(await from.select().from(organizationContacts), (row) => row.organizationId);
  return bodies.map(({ id, name, key, kind, rcti, kindConfirmedAt }) => ({
    id,
    name,
    key,
    kind,
    rcti,
    confirmed: kindConfirmedAt !== null,
    aliasKeys: new Set((aliases.get(id) ?? []).map((row) => row.key)),
    tenants: new Set((tenants.get(id) ?? []).map((row) => row.tenantId)),
    contacts: new Map((contacts.get(id) ?? []).map((row) => [row.email, row.name])),
  }));
}

interface Of<T> {
  readonly organizationId: string;
  readonly value: T;
}

/** What one statement writes at most. */
export const batches = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, at) => rows.slice(at * BATCH, (at + 1) * BATCH));

export async function writeAliases(tx: Tx, rows: readonly Of<string>[], createdAt: Date): Promise<void> {
  for (const batch of batches(rows))
    await tx
      .insert(organizationAliases)
      .values(
        batch.map(({ organizationId, value }) => ({
          organizationId,
          key: nameKeyOf(value),
          name: value,
          createdAt,
        })),
      )
      .onConflictDoNothing();
}

/** Maps tenants to their bodies; those that led nowhere before. */
export async function writeTenants(tx: Tx, rows: readonly Of<string>[], mappedAt: Date): Promise<string[]> {
  const mapped: string[] = [];
  for (const batch of batches(rows))
    mapped.push(
      ...(
        await tx
          .insert(tenantMappings)
          .values(batch.map(({ organizationId, value }) => ({ organizationId, tenantId: value, mappedAt })))
          .onConflictDoNothing()
          .returning({ tenantId: tenantMappings.tenantId })
      ).map(({ tenantId }) => tenantId),
    );
  return mapped;
}

export async function writeContacts(
  tx: Tx,
  rows: readonly Of<RegisterRow['contacts'][number]>[],
  createdAt: Date,
): Promise<void> {
  // The last line that names an address has its say.
  const each = [...new Map(rows.map((row) => [`${row.organizationId} ${row.value.email}`, row])).values()];
  for (const batch of batches(each))
    await tx
      .insert(organizationContacts)
      .values(batch.map(({ organizationId, value }) => ({ organizationId, ...value, createdAt })))
      .onConflictDoUpdate({
        target: [organizationContacts.organizationId, organizationContacts.email],
        set: { name: sql`excluded.name`, createdAt },
      });
}

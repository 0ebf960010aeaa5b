import { eq } from 'drizzle-orm';
import type { Tx } from '../../../../core/ports/db.ts';
import { contracts } from '../../tables.ts';

/** The contracts of one body become another's. */
export async function moveContracts(tx: Tx, from: string, into: string): Promise<void> {
  await tx.update(contracts).set({ organizationId: into }).where(eq(contracts.organizationId, from));
}

import { eq } from 'drizzle-orm';
import type { Tx } from '../../../core/ports/db.ts';
import { acquisitions } from '../tables.ts';

/** The files of one body become another's. */
export async function moveFiles(tx: Tx, from: string, into: string): Promise<void> {
  await tx.update(acquisitions).set({ organizationId: into }).where(eq(acquisitions.organizationId, from));
}

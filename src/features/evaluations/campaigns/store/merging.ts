import { eq } from 'drizzle-orm';
import type { Tx } from '../../../../core/ports.ts';
import { channels, evaluations } from '../../tables.ts';

/** The evaluations of one body, and the channels of its reminders, become another's. */
export async function moveEvaluations(tx: Tx, from: string, into: string): Promise<void> {
  await tx.update(evaluations).set({ organizationId: into }).where(eq(evaluations.organizationId, from));
  await tx.update(channels).set({ organizationId: into }).where(eq(channels.organizationId, from));
}

import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../../core/ports/db.ts';
import { campaigns, channels, evaluations } from '../../tables.ts';

/** The evaluations of one body, the channels of its reminders and the campaigns about it become another's. */
export async function moveEvaluations(tx: Tx, from: string, into: string): Promise<void> {
  await tx.update(evaluations).set({ organizationId: into }).where(eq(evaluations.organizationId, from));
  await tx
    .update(campaigns)
    .set({ scope: sql`replace(${campaigns.scope}::text, ${from}, ${into})::jsonb` })
    .where(sql`${campaigns.scope} -> 'bodies' @> ${JSON.stringify([from])}::jsonb`);
  await tx.update(channels).set({ organizationId: into }).where(eq(channels.organizationId, from));
}

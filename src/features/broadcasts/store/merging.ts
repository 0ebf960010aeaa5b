import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../core/ports/db.ts';
import { broadcasts } from '../tables.ts';

/** What is being written for one body is for another; what was cleared, or left, stays as it was. */
export async function moveDrafts(tx: Tx, from: string, into: string): Promise<void> {
  const rows = await tx
    .select({ id: broadcasts.id, audience: broadcasts.audience })
    .from(broadcasts)
    .where(
      sql`${broadcasts.state} = 'draft' and ${broadcasts.audience} -> 'organizations' @> ${JSON.stringify([from])}::jsonb`,
    )
    .for('update');
  for (const { id, audience } of rows) {
    const kept = audience.organizations.filter((body) => body !== from && body !== into);
    await tx
      .update(broadcasts)
      .set({ audience: { ...audience, organizations: [...kept, into] } })
      .where(eq(broadcasts.id, id));
  }
}

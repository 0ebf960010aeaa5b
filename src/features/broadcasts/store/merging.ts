import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../../core/ports/db.ts';
import type { AudienceChoice } from '../rules/audience.ts';
import { broadcasts, templates } from '../tables.ts';

/**
 * What is being written, or waits for a second person, for one body is for another; what left stays as it was. Whoever
 * looked at what waits sees it anew before they approve it.
 */
export async function moveDrafts(tx: Tx, from: string, into: string): Promise<void> {
  const isFor = JSON.stringify([from]);
  const moved = (audience: AudienceChoice): AudienceChoice => ({
    ...audience,
    organizations: [...audience.organizations.filter((body) => body !== from && body !== into), into],
  });
  const rows = await tx
    .select({ id: broadcasts.id, audience: broadcasts.audience })
    .from(broadcasts)
    .where(
      and(
        inArray(broadcasts.state, ['draft', 'awaiting']),
        sql`${broadcasts.audience} -> 'organizations' @> ${isFor}::jsonb`,
      ),
    )
    .for('update');
  for (const { id, audience } of rows)
    await tx
      .update(broadcasts)
      .set({
        audience: moved(audience),
        revision: sql`${broadcasts.revision} + (${broadcasts.state} = 'awaiting')::int`,
      })
      .where(eq(broadcasts.id, id));
  const begun = await tx
    .select({ id: templates.id, content: templates.content })
    .from(templates)
    .where(sql`${templates.content} -> 'audience' -> 'organizations' @> ${isFor}::jsonb`)
    .for('update');
  for (const { id, content } of begun)
    await tx
      .update(templates)
      .set({ content: { ...content, audience: moved(content.audience) } })
      .where(eq(templates.id, id));
}

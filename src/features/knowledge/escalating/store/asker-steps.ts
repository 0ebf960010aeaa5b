import { and, eq } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { revisedRows } from '../../../../core/rows/revised.ts';
import type { Turn } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import {
  escalationAskers as askers,
  escalationComplements as complements,
  escalations as table,
} from '../../tables.ts';
import { isWaiting } from '../rules.ts';
import { askedBy } from './escalation-records.ts';
import type { EscalationParts } from './escalation-steps.ts';
import { closeIfNobodyWaits } from './waiting.ts';

/** `late`: the staff had answered, or closed it, before. */
export type AskerOutcome = 'done' | 'late';

/** What whoever asked does with their question while the staff have not answered. For anyone else it does not exist. */
export function buildAskerSteps({ db, clock, audit, quotas, telling }: EscalationParts) {
  const rows = revisedRows(table, clock);

  async function askerIn(tx: Tx, id: string, person: PersonKey) {
    const [asker] = await tx
      .select()
      .from(askers)
      .where(and(eq(askers.escalationId, id), askedBy(person)));
    if (!asker) throw notFound();
    return asker;
  }

  return {
    /**
     * A person waits for the answer no more. The others who asked the same do; when there is none, the question is
     * closed, whoever of the staff had taken it. Doing it twice is doing it once.
     */
    cancelAs: ({ person }: Pick<Turn, 'person'>, id: string): Promise<AskerOutcome> =>
      db.transaction(async (tx) => {
        const row = await rows.hold(tx, id);
        const { leftAt } = await askerIn(tx, id, person);
        if (leftAt) return 'done';
        if (!isWaiting(row.status)) return 'late';
        await tx
          .update(askers)
          .set({ leftAt: asDate(clock.now()) })
          .where(and(eq(askers.escalationId, id), askedBy(person)));
        await audit.record(tx, person, 'escalation.cancel', id);
        await telling.card(tx, await closeIfNobodyWaits(tx, clock, row));
        return 'done';
      }),

    /** Says more of a question: the staff see it beside what was asked. */
    complementAs: ({ person, effect }: Pick<Turn, 'person' | 'effect'>, id: string, text: string) =>
      db.transaction(async (tx): Promise<AskerOutcome> => {
        const row = await rows.hold(tx, id);
        const { leftAt, tenantId, objectId } = await askerIn(tx, id, person);
        const [already] = await tx
          .select({ id: complements.id })
          .from(complements)
          .where(eq(complements.id, effect));
        if (already) return 'done';
        if (leftAt || !isWaiting(row.status)) return 'late';
        await quotas.spend(tx, person, 'knowledge.complement');
        await tx.insert(complements).values({
          id: effect,
          escalationId: id,
          tenantId,
          objectId,
          text,
          writtenAt: asDate(clock.now()),
        });
        await audit.record(tx, person, 'escalation.complement', id);
        // Whoever of the staff was writing an answer sees it first.
        await telling.card(tx, await rows.write(tx, row, {}));
        return 'done';
      }),
  };
}

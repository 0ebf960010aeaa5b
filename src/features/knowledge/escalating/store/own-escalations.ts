import { and, eq } from 'drizzle-orm';
import { isPerson } from '../../../../core/is-person.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { escalationAskers as askers, escalations as table } from '../../tables.ts';
import { askedBy, takenBy, UNTAKEN } from './escalation-records.ts';
import type { Telling } from './telling.ts';

const taker = { tenantId: table.takenByTenant, objectId: table.takenById };

/** What a person asked the staff, or took of it: shown to them, and forgotten. */
export function buildOwnEscalations(db: Db, telling: Telling) {
  return {
    async heldOf(person: PersonKey) {
      return db
        .select({
          number: table.number,
          text: askers.text,
          askedAt: askers.askedAt,
          status: table.status,
          answer: table.answer,
        })
        .from(askers)
        .innerJoin(table, eq(table.id, askers.escalationId))
        .where(askedBy(person));
    },

    /** How many of them wait for their answer. */
    takenCount: (person: PersonKey): Promise<number> =>
      db.$count(table, and(isPerson(taker, person), eq(table.status, 'taken'))),

    /** The questions that a member of the staff has taken. */
    takenBy: (person: PersonKey) =>
      db
        .select({ number: table.number, text: table.text, status: table.status })
        .from(table)
        .where(isPerson(taker, person)),

    /** Forgets who asked; a question that nobody else asked goes with them. What they had taken waits for another. */
    async erase(tx: Tx, person: PersonKey): Promise<void> {
      const left = await tx.delete(askers).where(askedBy(person)).returning({ id: askers.escalationId });
      for (const { id } of left) {
        // Whoever joins it at this moment is waited for.
        await tx.select({ id: table.id }).from(table).where(eq(table.id, id)).for('update');
        const [other] = await tx
          .select({ id: askers.escalationId, text: askers.text })
          .from(askers)
          .where(eq(askers.escalationId, id))
          .orderBy(askers.askedAt)
          .limit(1);
        if (!other) await tx.delete(table).where(eq(table.id, id));
        // What the first asker wrote was the question's text: those of who still waits take their place.
        else {
          const [row] = await tx.update(table).set({ text: other.text }).where(eq(table.id, id)).returning();
          if (row && (row.status === 'open' || row.status === 'taken')) await telling.card(tx, row);
        }
      }
      await giveBack(tx, person, undefined, telling);
    },

    /** What a member of the staff had taken is a colleague's, or nobody's. */
    hand: (tx: Tx, person: PersonKey, heir: Person | undefined) => giveBack(tx, person, heir, telling),
  };
}

/** A question that somebody had taken is a colleague's, or open again, and the staff's card shows it. */
async function giveBack(
  tx: Tx,
  person: PersonKey,
  heir: Person | undefined,
  telling: Telling,
): Promise<void> {
  const taken = await tx.select().from(table).where(isPerson(taker, person)).for('no key update');
  for (const row of taken) {
    const alive = row.status === 'taken';
    const [handed] = await tx
      .update(table)
      .set({
        ...(heir && alive ? takenBy(heir) : UNTAKEN),
        ...(alive && !heir ? { status: 'open' as const } : {}),
        revision: row.revision + 1,
      })
      .where(eq(table.id, row.id))
      .returning();
    if (handed) await telling.card(tx, handed);
  }
}

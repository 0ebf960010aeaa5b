import { and, asc, eq, inArray, notExists, sql } from 'drizzle-orm';
import type { Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import {
  escalationAskers as askers,
  escalationComplements as complements,
  escalations as table,
} from '../../tables.ts';
import { isWaiting } from '../rules.ts';
import { askedBy, takenBy, UNTAKEN } from './escalation-records.ts';
import type { Telling } from './telling.ts';
import { closeIfNobodyWaits } from './waiting.ts';

const taker = { tenantId: table.takenByTenant, objectId: table.takenById };

/** What a person asked the staff, or took of it: shown to them, and forgotten. */
export function buildOwnEscalations(db: Db, clock: Clock, telling: Telling) {
  return {
    /** Their requests, with what went along and what they added. */
    async heldOf(person: PersonKey) {
      const rows = await db
        .select({
          id: table.id,
          number: table.number,
          text: askers.text,
          askedAt: askers.askedAt,
          status: table.status,
          answer: table.answer,
          annuleeLe: askers.leftAt,
          question: askers.question,
          suite: askers.follows,
          outcome: askers.outcome,
          montre: askers.shown,
          dossier: askers.fileId,
          organisme: askers.withBody,
        })
        .from(askers)
        .innerJoin(table, eq(table.id, askers.escalationId))
        .where(askedBy(person));
      const added = await db
        .select()
        .from(complements)
        .where(isPerson(complements, person))
        .orderBy(asc(complements.writtenAt));
      return rows.map(({ id, answer, annuleeLe, ...row }) => ({
        ...row,
        annuleeLe,
        // Whoever cancelled is not told the answer that others have.
        answer: annuleeLe ? null : answer,
        precisions: added
          .filter(({ escalationId }) => escalationId === id)
          .map(({ text, writtenAt }) => ({ text, writtenAt })),
      }));
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
      const asked = tx.select({ id: askers.escalationId }).from(askers).where(askedBy(person));
      // The questions before those who asked them, as everybody who writes there. Whoever joins one is waited for.
      const rows = await tx
        .select({ id: table.id })
        .from(table)
        .where(inArray(table.id, asked))
        .orderBy(asc(table.id))
        .for('update');
      await tx.delete(complements).where(isPerson(complements, person));
      await tx.delete(askers).where(askedBy(person));
      const those = rows.map(({ id }) => id);
      await tx
        .delete(table)
        .where(
          and(
            inArray(table.id, those),
            notExists(tx.select().from(askers).where(eq(askers.escalationId, table.id))),
          ),
        );
      const left = await tx
        .selectDistinctOn([askers.escalationId], { id: askers.escalationId, text: askers.text })
        .from(askers)
        .where(inArray(askers.escalationId, those))
        .orderBy(askers.escalationId, sql`${askers.leftAt} is not null`, askers.askedAt);
      for (const { id, text } of left) await keepFor(tx, id, text);
      await giveBack(tx, person, undefined, telling);
    },

    /** What a member of the staff had taken is a colleague's, or nobody's. */
    hand: (tx: Tx, person: PersonKey, heir: Person | undefined) => giveBack(tx, person, heir, telling),
  };

  /** What the first asker wrote was the question's text: those of who still waits take their place. */
  async function keepFor(tx: Tx, id: string, text: string): Promise<void> {
    const [row] = await tx.update(table).set({ text }).where(eq(table.id, id)).returning();
    if (row && isWaiting(row.status)) await telling.card(tx, await closeIfNobodyWaits(tx, clock, row));
  }
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

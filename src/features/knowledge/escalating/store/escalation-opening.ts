import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { serialize } from '../../../../core/serialize.ts';
import { fold } from '../../../../core/text.ts';
import type { Turn } from '../../../../core/turn.ts';
import { fingerprint } from '../../search/index.ts';
import { escalationAskers as askers, escalations as table } from '../../tables.ts';
import { type Escalation, joined, STATUSES } from './escalation-records.ts';
import { type EscalationParts, holdWords } from './escalation-steps.ts';

/** How a person's words come to the staff. */
export function buildEscalationOpening({ db, clock, audit, quotas, telling }: EscalationParts) {
  return {
    /**
     * Hands a person's words to the staff. The same words from several people are one question; the same person
     * pressing twice changes nothing. Returns the question with its number.
     */
    async openEscalation({ person, conversation, effect }: Turn, text: string): Promise<Escalation> {
      return db.transaction(async (tx) => {
        const key = fingerprint(text) || fold(text);
        await serialize(tx, 'escalations', person.tenantId, person.objectId);
        await holdWords(tx, key);
        const live = and(eq(table.fingerprint, key), inArray(table.status, STATUSES.live));
        const already = await joined(tx, person, or(eq(table.id, effect), live));
        if (already) return already;
        const told = await quotas.spend(tx, person, 'knowledge.escalate');
        const at = asDate(clock.now());
        const [shared] = await tx
          .update(table)
          .set({ revision: sql`${table.revision} + 1` })
          .where(live)
          .returning();
        const [opened] = shared
          ? [shared]
          : await tx
              .insert(table)
              .values({ id: effect, fingerprint: key, text, createdAt: at, updatedAt: at })
              .onConflictDoNothing()
              .returning();
        if (!opened)
          throw new CourtierError(
            'unavailable',
            "Votre question vient de changer d'état. Veuillez réessayer.",
          );
        await tx.insert(askers).values({
          escalationId: opened.id,
          ...person,
          conversationId: conversation.id,
          text,
          askedAt: at,
        });
        await audit.record(tx, person, 'escalation.open', opened.id);
        // What others asked too has a card already.
        if (told === 'apart' || shared) await telling.card(tx, opened);
        return opened;
      });
    },
  };
}

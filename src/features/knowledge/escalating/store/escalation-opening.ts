import { and, eq, inArray, sql } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import { fold } from '../../../../core/text/text.ts';
import type { Turn } from '../../../../core/turn.ts';
import { fingerprint } from '../../search/index.ts';
import { escalationAskers as askers, escalations as table } from '../../tables.ts';
import { type Escalation, joined, STATUSES } from './escalation-records.ts';
import { type EscalationParts, holdWords } from './escalation-steps.ts';

/** What goes along with a person's words: what they were told would. */
export type Along = Pick<
  typeof askers.$inferInsert,
  'question' | 'follows' | 'outcome' | 'shown' | 'fileId' | 'withBody'
>;

export const NOTHING: Along = {
  question: null,
  follows: null,
  outcome: null,
  shown: null,
  fileId: null,
  withBody: false,
};

/** How a person's words come to the staff. */
export function buildEscalationOpening({ db, clock, audit, quotas, telling }: EscalationParts) {
  return {
    /**
     * Hands a person's words to the staff. The same words from several people are one question; the same person
     * pressing twice changes nothing; one who had cancelled waits again. Returns the question with its number.
     */
    async openEscalation(
      { person, conversation, effect }: Turn,
      text: string,
      along: Along = NOTHING,
    ): Promise<Escalation> {
      return db.transaction(async (tx) => {
        const key = fingerprint(text) || fold(text);
        await serialize(tx, 'escalations', person.tenantId, person.objectId);
        await holdWords(tx, key);
        const live = and(eq(table.fingerprint, key), inArray(table.status, STATUSES.live));
        const already =
          (await joined(tx, person, eq(table.id, effect), 'ever')) ?? (await joined(tx, person, live));
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
        const asking = { ...along, name: person.name, conversationId: conversation.id, text, askedAt: at };
        const { tenantId, objectId } = person;
        await tx
          .insert(askers)
          .values({ escalationId: opened.id, tenantId, objectId, ...asking })
          .onConflictDoUpdate({
            target: [askers.escalationId, askers.tenantId, askers.objectId],
            set: { ...asking, leftAt: null },
          });
        await audit.record(tx, person, 'escalation.open', opened.id);
        // What others asked too has a card already.
        if (told === 'apart' || shared) await telling.card(tx, opened);
        return opened;
      });
    },
  };
}

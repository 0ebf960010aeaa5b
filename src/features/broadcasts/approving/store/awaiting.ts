import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../../../../core/ports/db.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import { earlierOf } from '../../../../core/time/days.ts';
import { byBroker, type Due } from '../../../../core/time/due.ts';
import { broadcasts, corrections, reviews } from '../../tables.ts';
import { fingerprintOf, wordsOf } from '../rules/approval.ts';

/** Business days in which a second person means to read what is to leave: a mark of the broker's. */
const APPROVAL_DAYS = 1;

/** A business day after it was asked, or the day when it is to leave, whichever comes first. */
function approvalDue(asked: Date, scheduled: Date | null, days: BusinessDays): Due {
  const usual = days.office.add(brokerDate(asked), APPROVAL_DAYS);
  const leaves = scheduled && brokerDate(scheduled);
  return {
    ...byBroker('APPROVAL_DAYS, dans le code'),
    on: leaves ? earlierOf(leaves, usual) : usual,
  };
}

interface Proposed {
  readonly broadcast: typeof broadcasts.$inferSelect;
  readonly correction: typeof corrections.$inferSelect;
}

/** Those that were not given back as they are since they were proposed: these wait for whoever wrote them. */
async function withoutReturned(db: Db, proposed: readonly Proposed[]): Promise<Proposed[]> {
  if (proposed.length === 0) return [];
  const ids = proposed.map(({ broadcast }) => broadcast.id);
  const said = await db
    .select({
      id: reviews.broadcastId,
      fingerprint: reviews.fingerprint,
      verdict: reviews.verdict,
      at: reviews.at,
    })
    .from(reviews)
    .where(inArray(reviews.broadcastId, ids))
    .orderBy(asc(reviews.id));
  return proposed.filter(({ broadcast, correction }) => {
    const fingerprint = fingerprintOf({ ...broadcast, ...wordsOf(correction) });
    const last = said.findLast(
      (each) => each.id === broadcast.id && each.fingerprint === fingerprint && each.at >= correction.at,
    );
    return last?.verdict !== 'returned';
  });
}

/** What waits for a second person: notices to leave, and corrections of those that left. */
export const buildAwaiting = (db: Db, days: BusinessDays) => ({
  /** All of it, or that of some notices. */
  async waits(only?: readonly string[]): Promise<Wait[]> {
    const some = only && inArray(broadcasts.id, [...only]);
    const drafts = await db
      .select()
      .from(broadcasts)
      .where(and(eq(broadcasts.state, 'awaiting'), some));
    const proposed = await db
      .select({ broadcast: broadcasts, correction: corrections })
      .from(corrections)
      .innerJoin(broadcasts, eq(broadcasts.id, corrections.broadcastId))
      .where(and(eq(broadcasts.state, 'released'), some));
    return [
      ...drafts.map(({ id, number, title, authorName, updatedAt, scheduledAt }) => ({
        id,
        title: `Avis nº ${number} à approuver`,
        text: title,
        person: authorName,
        since: updatedAt,
        due: approvalDue(updatedAt, scheduledAt, days),
      })),
      ...(await withoutReturned(db, proposed)).map(
        ({ broadcast: { id, number }, correction: { title, name, at } }) => ({
          id,
          title: `Correction de l’avis nº ${number}`,
          text: title,
          person: name,
          since: at,
          due: approvalDue(at, null, days),
        }),
      ),
    ];
  },
});

import { and, desc, eq, gte } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import { usualDays } from '../../../../core/time/usual-delay.ts';
import { escalations as table } from '../../tables.ts';

const DAYS = 90;
/** More answers than these say nothing else. */
const MOST = 1_000;

/** How long the staff take to answer, by what they answered lately. */
export const buildUsualDelay = (db: Db, clock: Clock, days: BusinessDays) => ({
  /** In business days; 0 is the same day. Undefined when too few questions were answered lately. */
  async usualDelay(): Promise<number | undefined> {
    const rows = await db
      .select({ createdAt: table.createdAt, answeredAt: table.answeredAt })
      .from(table)
      .where(
        and(
          eq(table.status, 'answered'),
          gte(table.answeredAt, asDate(clock.now().subtract({ hours: 24 * DAYS }))),
        ),
      )
      .orderBy(desc(table.answeredAt))
      .limit(MOST);
    return usualDays(
      rows.flatMap(({ createdAt, answeredAt }) =>
        answeredAt ? [days.between(brokerDate(createdAt), brokerDate(answeredAt))] : [],
      ),
    );
  },
});

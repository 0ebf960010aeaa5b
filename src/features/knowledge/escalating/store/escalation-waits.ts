import { and, asc, eq, inArray } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { handOver } from '../../../../core/people/handing-over.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import { revisedRows } from '../../../../core/rows/revised.ts';
import { shorten } from '../../../../core/text/text.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit, PersonKey } from '../../../people/index.ts';
import { escalationAskers as askers, escalations as table } from '../../tables.ts';
import { answerDue, isWaiting } from '../rules.ts';
import { type Escalation, STATUSES, STAYED, takenBy, UNTAKEN } from './escalation-records.ts';
import type { Telling } from './telling.ts';

const SHOWN = 140;

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly days: BusinessDays;
  readonly audit: Audit;
  readonly telling: Telling;
}

const takerOf = ({ takenByTenant, takenById }: Escalation): PersonKey | undefined =>
  takenByTenant !== null && takenById !== null ? { tenantId: takenByTenant, objectId: takenById } : undefined;

/** The questions that wait for the staff, and in whose hands they are. */
export function buildEscalationWaits({ db, clock, days, audit, telling }: Parts) {
  const rows = revisedRows(table, clock);

  return {
    /** All that wait, or those of some ids, with whoever asked first and waits still; their body where they let it be known. */
    async waits(only?: readonly string[]): Promise<Wait[]> {
      const live = and(inArray(table.status, STATUSES.live), only && inArray(table.id, [...only]));
      const waiting = await db.select().from(table).where(live);
      const asked = await db
        .selectDistinctOn([askers.escalationId], {
          id: askers.escalationId,
          tenantId: askers.tenantId,
          objectId: askers.objectId,
          name: askers.name,
          withBody: askers.withBody,
        })
        .from(askers)
        .innerJoin(table, eq(table.id, askers.escalationId))
        .where(and(live, STAYED))
        .orderBy(asc(askers.escalationId), asc(askers.askedAt), asc(askers.objectId));
      const first = new Map(asked.map((each) => [each.id, each]));
      return waiting.map((row) => {
        const asker = first.get(row.id);
        return {
          id: row.id,
          title: `Question nº ${row.number}`,
          text: shorten(row.text, SHOWN),
          person: asker?.name ?? '',
          actsFor: asker?.withBody ? asker : undefined,
          since: row.createdAt,
          due: answerDue(row.createdAt, days),
          touched: row.updatedAt,
          owner: takerOf(row),
        };
      });
    },

    /** A question is in somebody's hands, or nobody's, unless it is not in those of `seen` any more. */
    async assign(
      tx: Tx,
      by: Person,
      id: string,
      seen: PersonKey | undefined,
      owner: Person | undefined,
    ): Promise<boolean> {
      const row = await rows.hold(tx, id);
      const standing = { waits: isWaiting(row.status), taker: takerOf(row), seen, owner };
      return handOver(by, standing, async (step) => {
        const changed = await rows.write(tx, row, {
          ...(owner ? { ...takenBy(owner), takenAt: asDate(clock.now()) } : UNTAKEN),
          status: owner ? 'taken' : 'open',
        });
        await audit.record(tx, by, `escalation.${step}`, id);
        await telling.card(tx, changed);
      });
    },
  };
}

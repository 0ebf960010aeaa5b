import { recipientOf } from '../../../core/people/recipient.ts';
import type { Deliveries } from '../../../core/ports/delivery.ts';
import { type Audit, staffAudience } from '../../people/index.ts';
import { buildAbsences } from './absences.ts';
import { buildActing } from './acting.ts';
import { buildCases, type CaseParts } from './cases.ts';
import { buildOwnActs } from './own-acts.ts';
import { buildReading, type ReadingParts } from './reading.ts';

type OfficeParts = Omit<ReadingParts, 'absences'> &
  CaseParts & {
    readonly audit: Audit;
    readonly deliveries: Deliveries;
    readonly timeZone: string;
  };

/** When reminders leave, once the morning's list had its time. */
const REMINDS_FROM = 13;
const OPENS = 8;
const CLOSES = 18;

export type Office = ReturnType<typeof buildOffice>;

/** The broker's office: all that waits, who has it, and who is told each morning. */
export function buildOffice(given: OfficeParts) {
  const { db, clock, audit, days, deliveries, people, timeZone } = given;
  const absences = buildAbsences(db, clock, audit);
  const parts = { ...given, absences };
  const reading = buildReading(parts);

  /** Each of the staff, and their channel, are told once a day. */
  const address = (kind: string, day: string): Promise<void> =>
    db.transaction(async (tx) => {
      const notice = { kind, key: `${kind}:${day}`, about: `${kind}:${day}`, subject: { day } };
      const members = await people.staffNow(tx);
      await deliveries.address(tx, notice, members.map(recipientOf));
      await deliveries.address(tx, notice, staffAudience(deliveries));
    });

  return {
    ...absences,
    ...reading,
    ...buildActing(parts, reading),
    ...buildCases(given, reading),
    ...buildOwnActs(parts, reading),

    /** Has the list of the day told on the morning of a business day, and what did not move in the afternoon. */
    async tellDay(): Promise<void> {
      await given.closedDays.refresh();
      const now = clock.now().toZonedDateTimeISO(timeZone);
      const day = now.toPlainDate();
      if (!days.office.isBusinessDay(day) || now.hour < OPENS || now.hour >= CLOSES) return;
      await address('office.digest', day.toString());
      if (now.hour >= REMINDS_FROM) await address('office.reminder', day.toString());
    },
  };
}

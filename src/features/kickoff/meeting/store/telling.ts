import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import { Id } from '../../../../core/id.ts';
import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Addressed, Audience, Deliveries, Recipient } from '../../../../core/ports/delivery.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { dateIn } from '../../../../core/time/days.ts';
import type { DecentHours } from '../../../../core/time/decent-hours.ts';
import type { Files } from '../../../acquisitions/index.ts';
import { type PersonKey, staffAudience } from '../../../people/index.ts';
import type { Kickoff } from '../../tables.ts';

/** What a client is told of their kickoff. */
export const CLIENT_NEWS = [
  'asked',
  'choose',
  'moved',
  'expired',
  'booked',
  'cancelled',
  'turn',
  'undone',
  'unmissed',
  'handed',
] as const;
/** What the staff's channel is told. */
export const STAFF_NEWS = [
  'requested',
  'answered',
  'booked',
  'moved',
  'unbooked',
  'missed',
  'noMoment',
  'expired',
  'cancelled',
  'turn',
  'undone',
  'unmissed',
  'signed',
  'dayBefore',
  'after',
  'handed',
  'left',
  'untaken',
  'archived',
] as const;
export type ClientNews = (typeof CLIENT_NEWS)[number];
export type StaffNews = (typeof STAFF_NEWS)[number];

/**
 * `slot` is that of the meeting that a notice is about: it is not sent once the meeting moved. `step`: the one that was
 * taken back.
 */
export const Subject = z.strictObject({
  kickoff: Id,
  what: z.enum([...new Set([...CLIENT_NEWS, 'hourBefore' as const, ...STAFF_NEWS])]),
  slot: Id.optional(),
  step: z.int().optional(),
});

/** What a kickoff's notices are about; the meeting's own apart, since they move with it. */
export const aboutOf = ({ id }: Pick<Kickoff, 'id'>): string => `kickoff:${id}`;
export const meetingOf = ({ id }: Pick<Kickoff, 'id'>): string => `kickoff:${id}:meeting`;

export interface NoticeParts {
  readonly clock: Clock;
  readonly days: BusinessDays;
  readonly deliveries: Deliveries;
  readonly files: Files;
  readonly hours: DecentHours;
  readonly timeZone: string;
}

const but = (people: readonly Recipient[], by: PersonKey | undefined): readonly Recipient[] =>
  people.filter(
    (each) => each.kind !== 'person' || each.tenantId !== by?.tenantId || each.objectId !== by?.objectId,
  );

/** A kickoff that others go on with. */
export interface HandedOver {
  readonly row: Kickoff;
  readonly heirs: readonly PersonKey[];
}

export type Notices = ReturnType<typeof buildNotices>;

/** Who is told of a kickoff, and when: the members of its file, and the staff's channel. */
export function buildNotices(parts: NoticeParts) {
  const { clock, days, deliveries, files, hours, timeZone } = parts;

  const members = async (db: Db, { acquisitionId }: Kickoff): Promise<Recipient[]> =>
    (await files.members(acquisitionId, db)).map(recipientOf);

  const staffRoom = staffAudience(deliveries);

  /** `mark` makes a piece of news unique: told once, whatever is retried. */
  function told(
    row: Kickoff,
    kind: string,
    what: string,
    mark: string,
    to: readonly Recipient[] | Audience,
    at?: Temporal.Instant,
  ): Addressed {
    const meeting = mark === `slot:${row.slotId}`;
    const notice = {
      kind,
      key: `${aboutOf(row)}/${kind}/${what}/${mark}`,
      about: meeting ? meetingOf(row) : aboutOf(row),
      subject: { kickoff: row.id, what, ...(meeting && { slot: row.slotId }) },
      ...(at && { at }),
    };
    return { notice, to };
  }

  /** That the hour is found, and that it comes: in its time, and only while that is ahead. */
  function ofMeeting(row: Kickoff, clients: readonly Recipient[], by?: PersonKey): Addressed[] {
    if (!row.startsAt || !row.endsAt) return [];
    const mark = `slot:${row.slotId}`;
    const start = Temporal.Instant.fromEpochMilliseconds(row.startsAt.getTime());
    const end = Temporal.Instant.fromEpochMilliseconds(row.endsAt.getTime());
    const date = dateIn(start, timeZone);
    const dayBefore = hours.opening(days.add(date, -1));
    const hourBefore = start.subtract({ hours: 1 });
    const ahead = (at: Temporal.Instant) => at.epochMilliseconds > clock.now().epochMilliseconds;
    return [
      told(row, 'kickoff.client', 'booked', mark, but(clients, by)),
      told(row, 'kickoff.staff', 'booked', mark, staffRoom),
      ...(ahead(dayBefore) ? [told(row, 'kickoff.staff', 'dayBefore', mark, staffRoom, dayBefore)] : []),
      ...(ahead(hourBefore) ? [told(row, 'kickoff.soon', 'hourBefore', mark, clients, hourBefore)] : []),
      told(row, 'kickoff.staff', 'after', mark, staffRoom, end),
    ];
  }

  /** Others go on with it: they are told, and that the meeting comes in an hour comes to them too. */
  function ofHandingOver({ row, heirs }: HandedOver): Addressed[] {
    const mark = `handed:${row.revision}`;
    const clients = heirs.map(recipientOf);
    return [
      told(row, 'kickoff.client', 'handed', mark, clients),
      told(row, 'kickoff.staff', 'handed', mark, staffRoom),
      ...(row.state === 'booked' ? ofMeeting(row, clients) : []),
    ];
  }

  return {
    /** Everybody who shares the file, but whoever did it: they see it on the card that they pressed. */
    client: async (tx: Tx, row: Kickoff, what: ClientNews, mark: string, by?: PersonKey): Promise<void> =>
      deliveries.addressEach(tx, [told(row, 'kickoff.client', what, mark, but(await members(tx, row), by))]),

    staff: (tx: Tx, row: Kickoff, what: StaffNews, mark: string): Promise<void> =>
      deliveries.addressEach(tx, [told(row, 'kickoff.staff', what, mark, staffRoom)]),

    /**
     * Something that was said by mistake was taken back, a step, or that the meeting did not take place: those who share
     * the file are told, but whoever did it, and the staff.
     */
    async takenBack(tx: Tx, row: Kickoff, by: PersonKey, step?: number): Promise<void> {
      const what = step === undefined ? 'unmissed' : 'undone';
      const mark = `${what}:${row.revision}`;
      const which = step === undefined ? { slot: row.slotId } : { step };
      const about = ({ notice, to }: Addressed): Addressed => ({
        notice: { ...notice, subject: { ...notice.subject, ...which } },
        to,
      });
      const clients = told(row, 'kickoff.client', what, mark, but(await members(tx, row), by));
      await deliveries.addressEach(
        tx,
        [clients, told(row, 'kickoff.staff', what, mark, staffRoom)].map(about),
      );
    },

    /** The same news of several. */
    staffOfEach: (
      tx: Tx,
      rows: readonly Kickoff[],
      what: StaffNews,
      markOf: (row: Kickoff) => string,
    ): Promise<void> =>
      deliveries.addressEach(
        tx,
        rows.map((row) => told(row, 'kickoff.staff', what, markOf(row), staffRoom)),
      ),

    handed: (tx: Tx, each: readonly HandedOver[]): Promise<void> =>
      deliveries.addressEach(tx, each.flatMap(ofHandingOver)),

    /** The hour is found: says so, and that it comes in an hour, in its time; the rest is recalled with what else is. */
    booked: async (tx: Tx, row: Kickoff, by?: PersonKey): Promise<void> =>
      deliveries.addressEach(tx, ofMeeting(row, await members(tx, row), by)),
  };
}

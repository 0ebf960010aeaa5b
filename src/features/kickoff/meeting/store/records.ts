import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Calendar } from '../../../../core/ports/calendar.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import { batched } from '../../../../core/rows/batched.ts';
import { revisedRows } from '../../../../core/rows/revised.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { dateIn } from '../../../../core/time/days.ts';
import type { DecentHours } from '../../../../core/time/decent-hours.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Files } from '../../../acquisitions/index.ts';
import type { Contracts } from '../../../contracts/index.ts';
import type { Audit, PersonKey, Quotas } from '../../../people/index.ts';
import { type Kickoff, kickoffs } from '../../tables.ts';
import type { MeetingRules } from '../rules/meeting-rules.ts';
import { after, type Event } from '../rules/states.ts';
import type { Notices } from './telling.ts';

export interface KickoffParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly audit: Audit;
  readonly calendar: Calendar;
  readonly contracts: Contracts;
  readonly days: BusinessDays;
  readonly deliveries: Deliveries;
  readonly files: Files;
  readonly hours: DecentHours;
  readonly notices: Notices;
  readonly quotas: Pick<Quotas, 'spend'>;
  readonly rules: MeetingRules;
  readonly timeZone: string;
}

/** A step by somebody who saw the current card, or an older one. */
export interface KickoffOutcome {
  readonly kind: 'done' | 'stale';
  readonly kickoff: Kickoff;
  /** What the client has still to settle before a moment that suits all is booked. */
  readonly left?: string | undefined;
}

/** What a kickoff holds of its meeting while none is booked. */
export const NO_MEETING = { slotId: null, startsAt: null, endsAt: null, event: null, joinUrl: null } as const;

const kickoffsOfFiles = batched(
  (from, files) =>
    from
      .select()
      .from(kickoffs)
      .where(and(inArray(kickoffs.acquisitionId, files), ne(kickoffs.state, 'cancelled'))),
  ({ acquisitionId }) => acquisitionId,
);

export type Records = ReturnType<typeof buildRecords>;

/** The rows of kickoffs, changed only as their states allow. */
export function buildRecords({ db, clock, audit, files, timeZone }: KickoffParts) {
  const rows = revisedRows(kickoffs, clock);

  /** Writes a row that is locked, after an event that must apply to its state. */
  async function write(
    tx: Tx,
    row: Kickoff,
    event: Event | undefined,
    set: Partial<typeof kickoffs.$inferInsert>,
  ): Promise<Kickoff> {
    const state = event ? after(row.state, event) : row.state;
    if (!state) throw new CourtierError('refused', 'Cette étape est déjà passée. Rouvrez la rencontre.');
    return rows.write(tx, row, { ...set, state });
  }

  return {
    now: () => asDate(clock.now()),
    today: () => dateIn(clock.now(), timeZone),
    find: rows.find,
    lock: rows.hold,
    lockAll: rows.holdAll,
    write,
    writeAll: rows.writeAll,

    /** A kickoff, for a member of its file; for anyone else it does not exist. */
    async forClient(id: string, person: PersonKey): Promise<Kickoff> {
      const row = await rows.find(db, id);
      await files.findFile(row.acquisitionId, person);
      return row;
    },

    /**
     * Lets a client act on a kickoff: their right to its file lasts until the transaction ends, and to who lost it, it does
     * not exist. The file is held before the kickoff is locked, always in this order.
     */
    async holdAsClient(tx: Tx, id: string, client: PersonKey): Promise<void> {
      await files.lock(tx, (await rows.find(tx, id)).acquisitionId, client);
    },

    /** The kickoff under way, or done, of a file. */
    async ofFile(from: Db, file: string): Promise<Kickoff | undefined> {
      return (await kickoffsOfFiles(from, file))[0];
    },

    /** The latest request of a file that was cancelled. */
    async cancelledOf(from: Db, file: string): Promise<Kickoff | undefined> {
      const [row] = await from
        .select()
        .from(kickoffs)
        .where(and(eq(kickoffs.acquisitionId, file), eq(kickoffs.state, 'cancelled')))
        .orderBy(desc(kickoffs.createdAt), desc(kickoffs.number))
        .limit(1);
      return row;
    },

    /** Changes a kickoff that is still as it was seen, and notes who did. */
    async change(
      tx: Tx,
      person: Person,
      id: string,
      revision: number,
      event: Event,
      work: (row: Kickoff) => Promise<Kickoff>,
    ): Promise<KickoffOutcome> {
      const { kind, row: kickoff } = await rows.change(tx, id, revision, async (row) => {
        if (!after(row.state, event)) return undefined;
        const changed = await work(row);
        await audit.record(tx, person, `kickoff.${event}`, id);
        return changed;
      });
      return { kind, kickoff };
    },
  };
}

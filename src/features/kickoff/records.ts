import { and, asc, eq } from 'drizzle-orm';
import type { BusinessDays } from '../../core/business-days.ts';
import { asDate, type Clock } from '../../core/clock.ts';
import { CourtierError } from '../../core/errors.ts';
import type { Db, Tx } from '../../core/ports.ts';
import { revisedRows } from '../../core/revised.ts';
import type { Person } from '../../core/turn.ts';
import type { Files } from '../acquisitions/index.ts';
import type { PersonKey } from '../people/index.ts';
import type { MeetingRules } from './meeting-rules.ts';
import { after, type Event } from './states.ts';
import { type Party, STEPS, type StepStanding, standingOf } from './steps.ts';
import { confirmations, type Kickoff, kickoffs, type Slot, slots } from './tables.ts';

export interface RecordParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly days: BusinessDays;
  readonly files: Files;
  readonly rules: MeetingRules;
  readonly timeZone: string;
}

export type Records = ReturnType<typeof buildRecords>;

/** The rows of kickoffs, and of what was confirmed of their steps. */
export function buildRecords({ db, clock, days, files, rules, timeZone }: RecordParts) {
  const now = () => asDate(clock.now());
  const today = () => clock.now().toZonedDateTimeISO(timeZone).toPlainDate();

  const rows = revisedRows(kickoffs, clock);

  /** A kickoff, for a member of its file; for anyone else it does not exist. */
  async function forClient(id: string, person: PersonKey): Promise<Kickoff> {
    const row = await rows.find(db, id);
    await files.find(row.acquisitionId, person);
    return row;
  }

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

  const confirmed = (db: Db, id: string) =>
    db.select().from(confirmations).where(eq(confirmations.kickoffId, id)).orderBy(asc(confirmations.step));

  const standing = async (db: Db, id: string): Promise<StepStanding[]> =>
    standingOf(await confirmed(db, id), today(), { rules, days, timeZone });

  async function confirmIn(
    tx: Tx,
    row: Kickoff,
    step: number,
    party: Party,
    by: Person | string,
  ): Promise<void> {
    const who =
      typeof by === 'string' ? { by } : { by: by.name, tenantId: by.tenantId, objectId: by.objectId };
    await tx
      .insert(confirmations)
      .values({ kickoffId: row.id, step, party, at: now(), ...who })
      .onConflictDoNothing();
    await report(tx, row);
  }

  /** Says how far the file's last step is. */
  async function report(tx: Tx, row: Kickoff): Promise<void> {
    const steps = await standing(tx, row.id);
    const current = steps.find(({ state }) => state === 'current');
    await files.report(tx, row.acquisitionId, 'contract', {
      done: current === undefined,
      missing: current ? [`Étape ${current.step.number} sur ${STEPS.length} : ${current.step.title}.`] : [],
    });
  }

  return {
    now,
    today,
    find: rows.find,
    lock: rows.hold,
    change: rows.change,
    forClient,
    write,
    confirmed,
    standing,
    confirmIn,

    /** The moments of a round, in order. */
    roundOf: (db: Db, { id, round }: Pick<Kickoff, 'id' | 'round'>): Promise<Slot[]> =>
      db
        .select()
        .from(slots)
        .where(and(eq(slots.kickoffId, id), eq(slots.round, round)))
        .orderBy(asc(slots.startsAt)),
  };
}

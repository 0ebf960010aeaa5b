import { and, asc, eq } from 'drizzle-orm';
import type { BusinessDays } from '../../../../core/business-days.ts';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Db, Tx } from '../../../../core/ports.ts';
import { revisedRows } from '../../../../core/revised.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Files } from '../../../acquisitions/index.ts';
import type { Contracts } from '../../../contracts/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Party, type StepStanding, standingOf } from '../../steps/rules.ts';
import { confirmations, type Kickoff, kickoffs, type Slot, slots } from '../../tables.ts';
import type { MeetingRules } from '../rules/meeting-rules.ts';
import { after, type Event } from '../rules/states.ts';

export interface RecordParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly contracts: Pick<Contracts, 'ofFile'>;
  readonly days: BusinessDays;
  readonly files: Files;
  readonly rules: MeetingRules;
  readonly timeZone: string;
}

export type Records = ReturnType<typeof buildRecords>;

/** The rows of kickoffs, and of what was confirmed of their steps. */
export function buildRecords({ db, clock, contracts, days, files, rules, timeZone }: RecordParts) {
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

  async function standing(db: Db, id: string): Promise<StepStanding[]> {
    const { acquisitionId } = await rows.find(db, id);
    const contract = await contracts.ofFile(acquisitionId, db);
    const signedOn = contract && Temporal.PlainDate.from(contract.signedOn);
    return standingOf(await confirmed(db, id), today(), { rules, days, timeZone, signedOn });
  }

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
  }

  /**
   * Why the meeting cannot be held on the choice of its file as it is now (guide 3.4.3 and 3.5). The file is held until
   * the transaction ends: before the kickoff is locked, always in this order.
   */
  async function refusalOf(tx: Tx, id: string): Promise<string | undefined> {
    const { acquisitionId, supplierId, supplierName } = await rows.find(tx, id);
    await files.hold(tx, acquisitionId);
    const { refusal, choice } = await files.conclusion('choice', acquisitionId, tx);
    if (refusal) return refusal;
    return choice?.supplier === supplierId
      ? undefined
      : `Cette rencontre est pour ${supplierName}, qui n’est plus le fournisseur choisi.`;
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
    refusalOf,

    /** The moments of a round, in order. */
    roundOf: (db: Db, { id, round }: Pick<Kickoff, 'id' | 'round'>): Promise<Slot[]> =>
      db
        .select()
        .from(slots)
        .where(and(eq(slots.kickoffId, id), eq(slots.round, round)))
        .orderBy(asc(slots.startsAt)),
  };
}

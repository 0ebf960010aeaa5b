import { and, eq, inArray } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { type Changed, revisedRows } from '../../../../core/rows/revised.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit, Quotas } from '../../../people/index.ts';
import { escalationAskers as askers, escalations as table } from '../../tables.ts';
import * as texts from '../../texts.ts';
import { after, type EscalationStep } from '../rules.ts';
import {
  type Escalation,
  joined,
  STATUSES,
  type StepOutcome,
  takenBy,
  UNTAKEN,
} from './escalation-records.ts';
import type { Telling } from './telling.ts';

export interface EscalationParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly quotas: Pick<Quotas, 'spend'>;
  readonly telling: Telling;
}

/** Of the same words there is one live question: whoever opens or reopens one holds its words until it is written. */
export const holdWords = (tx: Tx, words: string) => serialize(tx, 'escalation', words);

async function refuseTwin(tx: Tx, row: Escalation): Promise<void> {
  await holdWords(tx, row.fingerprint);
  const [twin] = await tx
    .select({ number: table.number })
    .from(table)
    .where(and(eq(table.fingerprint, row.fingerprint), inArray(table.status, STATUSES.live)));
  if (twin) throw new CourtierError('refused', texts.alreadyOpen(twin.number));
}

const isTakenBy = (row: Escalation, { tenantId, objectId }: Person): boolean =>
  row.takenByTenant === tenantId && row.takenById === objectId;

/** What the staff do with a question, and whoever asked it when the answer did not help. */
export function buildEscalationSteps({ db, clock, audit, quotas, telling }: EscalationParts) {
  const rows = revisedRows(table, clock);
  const now = () => asDate(clock.now());

  /** Applies a change if the revision is still the one seen, writes the trail and redraws the staff's card. */
  async function step(
    person: Person,
    id: string,
    revision: number | 'any',
    name: EscalationStep,
    change: (row: Escalation) => Partial<Escalation>,
    then?: (tx: Tx, row: Escalation) => Promise<void>,
  ): Promise<StepOutcome> {
    const { kind, row: escalation } = await db.transaction((tx) =>
      rows.change(tx, id, revision, async (row) => {
        const status = after(row, name);
        if (!status) return undefined;
        if (name === 'take' && row.status === 'taken' && isTakenBy(row, person)) return row;
        if (name === 'reopen') await refuseTwin(tx, row);
        const changed = await rows.write(tx, row, { ...change(row), status });
        if (name === 'reopen') await telling.takeBackClosing(tx, id);
        await then?.(tx, changed);
        await audit.record(tx, person, `escalation.${name}`, id);
        await telling.card(tx, changed);
        return changed;
      }),
    );
    return { kind, escalation };
  }

  return {
    take: (staff: Person, id: string, revision: number) =>
      step(staff, id, revision, 'take', () => ({ ...takenBy(staff), takenAt: now() })),

    release: (staff: Person, id: string, revision: number) =>
      step(staff, id, revision, 'release', () => UNTAKEN),

    /** Answers everyone who asked. */
    answer: (staff: Person, id: string, revision: number, answer: string) =>
      step(
        staff,
        id,
        revision,
        'answer',
        (row) => ({
          answer,
          answeredRevision: row.revision + 1,
          answeredAt: now(),
          ...takenBy(staff),
        }),
        async (tx, row) => {
          await tx.update(askers).set({ delivery: 'waiting' }).where(eq(askers.escalationId, id));
          await telling.answer(tx, id, row.revision);
        },
      ),

    /** Closes it without an answer, and tells everyone who waits. */
    close: (staff: Person, id: string, revision: number) =>
      step(
        staff,
        id,
        revision,
        'close',
        () => ({}),
        (tx, row) => telling.closing(tx, id, row.revision),
      ),

    reopen: (staff: Person, id: string, revision: number) =>
      step(staff, id, revision, 'reopen', () => UNTAKEN),

    /** An asker whom the answer did not help; for anyone else the question does not exist. */
    async reopenAs(person: Person, id: string): Promise<Escalation> {
      if (!(await joined(db, person, eq(table.id, id)))) throw notFound();
      const count = async (tx: Tx) => void (await quotas.spend(tx, person, 'knowledge.insist'));
      return (await step(person, id, 'any', 'reopen', () => UNTAKEN, count)).escalation;
    },

    /** Marks the entry drawn from a question, in the transaction that publishes it. */
    markPublished: (tx: Tx, id: string, revision: number, entryId: string): Promise<Changed<Escalation>> =>
      rows.change(tx, id, revision, async (row) => {
        if (row.status !== 'answered' || row.entryId !== null) return undefined;
        const changed = await rows.write(tx, row, { entryId });
        await telling.card(tx, changed);
        return changed;
      }),
  };
}

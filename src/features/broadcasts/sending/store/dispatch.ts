import { eq } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { DeliveryState } from '../../../../core/ports/delivery.ts';
import type { Directory } from '../../../../core/ports/directory.ts';
import type { DecentHours } from '../../../../core/time/decent-hours.ts';
import type { Person } from '../../../../core/turn.ts';
import { fingerprintOf, isCleared } from '../../approving/rules/approval.ts';
import type { Reviewing } from '../../approving/store/reviewing.ts';
import type { Lists } from '../../lists/store/lists.ts';
import { isNobody } from '../../rules/audience.ts';
import { type Broadcast, broadcastKeyOf, type Records } from '../../store/records.ts';
import { broadcasts } from '../../tables.ts';
import { type Departs, departsOf } from '../rules/departure.ts';
import { buildConcerned } from './concerned.ts';

/** Whom a notice concerns is read again so long before its hour: nobody else has it by then. */
const READ_BEFORE = { minutes: 1 };

/** What may be sent again: failures, or what may already have been received. */
export const RESENDABLE: Record<'failed' | 'unknown', readonly DeliveryState[]> = {
  failed: ['unreachable', 'dead'],
  unknown: ['unknown'],
};

/** What is told of a broadcast at a moment. */
const noticeOf = (row: Broadcast, at: Temporal.Instant) => ({
  kind: row.urgent ? 'broadcasts.urgent' : 'broadcasts.message',
  key: broadcastKeyOf(row),
  about: broadcastKeyOf(row),
  subject: { broadcast: row.id },
  at,
});

export type Dispatch = ReturnType<typeof buildDispatch>;

/** How broadcasts are handed to what sends them. */
export function buildDispatch(
  records: Records,
  hours: DecentHours,
  /** Where a second person must approve. */
  approved: Reviewing['isApproved'] | undefined,
  lists: Lists,
  directory: Directory | undefined,
) {
  const { db, clock, queue, audit, deliveries, quotas, now, hold, find } = records;
  const { everyoneOf, concerned, keepConcerned } = buildConcerned(records);

  /** When a broadcast would go: its hour, or now; a decent one unless it is urgent. */
  function departure({ urgent, scheduledAt }: Pick<Broadcast, 'urgent' | 'scheduledAt'>): Temporal.Instant {
    const wanted =
      scheduledAt && scheduledAt > now()
        ? Temporal.Instant.fromEpochMilliseconds(scheduledAt.getTime())
        : clock.now();
    return urgent ? wanted : hours.onOrAfter(wanted);
  }

  /** The same, as a card says it. */
  const departs = (row: Pick<Broadcast, 'urgent' | 'scheduledAt'>): Departs =>
    departsOf(departure(row), clock.now());

  /** Refuses a notice for nobody: whoever chooses one by one may have taken away the last. */
  function address(tx: Tx, row: Broadcast, at: Temporal.Instant, state: 'held' | 'pending'): Promise<void> {
    if (isNobody(row.audience))
      throw new CourtierError('invalid', 'Choisissez au moins un groupe de destinataires.');
    return deliveries.address(tx, noticeOf(row, at), everyoneOf(row), state);
  }

  /** Has those whom it concerns read again just before an hour. */
  const readBefore = (tx: Tx, { id }: Pick<Broadcast, 'id'>, at: Temporal.Instant): Promise<void> =>
    queue.enqueue(tx, 'broadcasts.newcomers', { broadcast: id }, at.subtract(READ_BEFORE));

  /** Whether the directory says when it leaves who is in its lists: until then nobody of them is told. */
  const isReadAgain = ({ audience }: Pick<Broadcast, 'audience'>): boolean =>
    directory !== undefined && (audience.lists ?? []).length > 0;

  /** Sends what was approved, as it is at this moment, to those for whom it is now, and follows it. */
  async function depart(tx: Tx, row: Broadcast): Promise<void> {
    if (approved && !(await approved(tx, row.id, row)))
      throw new CourtierError('refused', 'Cet avis n’est pas approuvé tel qu’il est maintenant.');
    const at = departure(row);
    await deliveries.unhold(tx, broadcastKeyOf(row));
    const readLater = isReadAgain(row);
    const { lists: _lists, ...others } = row.audience;
    if (!readLater || !isNobody(others))
      await address(tx, readLater ? { ...row, audience: others } : row, at, 'pending');
    await tx
      .update(broadcasts)
      .set({ sendAt: asDate(at), cleared: fingerprintOf(row) })
      .where(eq(broadcasts.id, row.id));
    if (readLater || at.epochMilliseconds > clock.now().epochMilliseconds) await readBefore(tx, row, at);
    await queue.enqueue(tx, 'broadcasts.follow', { broadcast: row.id });
  }

  /** The people of its lists, as the directory has them when it leaves. */
  async function readLists(row: Broadcast): Promise<void> {
    if (isReadAgain(row)) for (const list of row.audience.lists ?? []) await lists.readAgain(list);
  }

  /**
   * Whom it concerns at its hour: those who came to be since the approval are told too, those whom it concerns no more
   * are not. Nothing before the hour, where it was put off.
   */
  async function newcomers(id: string): Promise<void> {
    const isTime = (row: Broadcast) =>
      row.state === 'released' &&
      isCleared(row) &&
      row.sendAt !== null &&
      row.sendAt <= asDate(clock.now().add(READ_BEFORE));
    const seen = await find(db, id);
    if (isTime(seen)) await readLists(seen);
    await db.transaction(async (tx) => {
      const row = await hold(tx, id);
      if (!isTime(row)) return;
      const at = row.sendAt && row.sendAt > now() ? row.sendAt.toTemporalInstant() : clock.now();
      await keepConcerned(tx, row);
      await address(tx, row, at, 'pending');
      if (isReadAgain(row)) await queue.enqueue(tx, 'broadcasts.follow', { broadcast: id });
    });
  }

  /** Sends again to those who received nothing, or perhaps nothing; false when this very wish was granted already. */
  async function resend(
    staff: Person,
    id: string,
    which: keyof typeof RESENDABLE,
    effect: Id,
  ): Promise<boolean> {
    return db.transaction(async (tx) => {
      const row = await hold(tx, id);
      if (row.state !== 'released' || !isCleared(row))
        throw new CourtierError('refused', 'Cet avis n’est plus en cours d’envoi.');
      if (!(await audit.once(tx, staff, `broadcast.resend.${which}`, `${id} ${effect}`))) return false;
      await quotas.spend(tx, staff, 'broadcasts.resend');
      if ((await deliveries.retry(tx, broadcastKeyOf(row), RESENDABLE[which], concerned(row))) === 0)
        throw new CourtierError('refused', 'Il n’y a personne à qui le renvoyer.');
      await queue.enqueue(tx, 'broadcasts.follow', { broadcast: id });
      return true;
    });
  }

  return {
    departure,
    departs,
    noticeOf,
    address,
    depart,
    newcomers,
    keepConcerned,
    readBefore,
    resend,
    isReadAgain,
  };
}

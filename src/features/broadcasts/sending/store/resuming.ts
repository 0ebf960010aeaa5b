import { wrongField } from '../../../../core/cards/refused.ts';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Person } from '../../../../core/turn.ts';
import { isCleared } from '../../approving/rules/approval.ts';
import { type Broadcast, type BroadcastOutcome, broadcastKeyOf, type Records } from '../../store/records.ts';
import { type Departs, departsOf } from '../rules/departure.ts';
import type { Dispatch } from './dispatch.ts';

/** A sending that was stopped goes on, for those whom it did not reach. */
export function buildResuming(
  { clock, queue, deliveries, change }: Records,
  { departure, isReadAgain, keepConcerned, readBefore }: Dispatch,
  /** Whether a second person approves: what leaves then is what was approved, no earlier than was. */
  approval: boolean,
) {
  /** When the rest would leave, for an hour that somebody chose; at once for undefined. */
  function departureOfRest(row: Broadcast, chosen: Temporal.Instant | undefined): Temporal.Instant {
    const at = departure({ urgent: row.urgent, scheduledAt: chosen ? asDate(chosen) : null });
    if (approval && row.scheduledAt && asDate(at) < row.scheduledAt)
      throw wrongField(
        'date',
        'L’heure approuvée n’est pas venue : l’envoi ne peut pas reprendre avant elle.',
      );
    return at;
  }

  return {
    departureOfRest,

    /** Goes on when the card that was pressed says; where that cannot be any more, nothing changes. */
    resume: (staff: Person, id: string, revision: number, promised: Departs): Promise<BroadcastOutcome> => {
      let wasToLeave = false;
      return change(
        staff,
        id,
        revision,
        'resume',
        (row) => {
          // A draft that was given up was never sent.
          if (!row.sendAt) throw notFound();
          if (!isCleared(row)) throw new CourtierError('refused', 'Cet avis n’est plus en cours d’envoi.');
          const chosen = promised === 'now' ? undefined : Temporal.Instant.from(promised);
          const at = departureOfRest(row, chosen);
          if (departsOf(at, clock.now()) !== promised) return undefined;
          wasToLeave = row.sendAt > row.updatedAt;
          return { sendAt: asDate(at) };
        },
        async (tx, row) => {
          const at = row.sendAt?.toTemporalInstant() ?? clock.now();
          await deliveries.revive(tx, broadcastKeyOf(row));
          // The people of lists are read anew first.
          if (!isReadAgain(row)) await keepConcerned(tx, row);
          await deliveries.move(tx, broadcastKeyOf(row), at);
          // Stopped before its hour: whoever is concerned by then is told too.
          if (wasToLeave || isReadAgain(row)) await readBefore(tx, row, at);
          await queue.enqueue(tx, 'broadcasts.follow', { broadcast: id });
        },
      );
    },
  };
}

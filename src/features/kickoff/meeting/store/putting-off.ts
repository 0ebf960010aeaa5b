import { brokerDate } from '../../../../core/business-days.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports.ts';
import { type DaysLater, laterAt } from '../../../../core/putting-off.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Kickoff } from '../../tables.ts';
import { type Deferrable, staysTrue } from '../rules/putting-off.ts';
import type { Basis } from './basis.ts';
import type { Outcome } from './records.ts';
import { aboutOf, meetingOf } from './telling.ts';

/** A reminder of a meeting, as it was received. */
export interface Received {
  readonly kickoff: string;
  readonly what: Deferrable;
  /** The moment that it was about. */
  readonly slot: string;
}

/** What became of it: until which day it is put off. */
export interface PutOff extends Outcome {
  readonly until?: Temporal.PlainDate;
}

const keyOf = (row: Kickoff, { what, slot }: Received, until: Temporal.PlainDate): string =>
  `${aboutOf(row)}/kickoff.reminder/${what}/later:${slot}:${until}`;

/** Reminders of a meeting that somebody received, and wants again later. */
export function buildPuttingOff(parts: Basis) {
  const { db, deliveries, find, holdAsClient } = parts;

  /** Does something of a reminder whose meeting is still at that moment, for somebody who takes part in it. */
  const ofReminder = (
    person: Person,
    received: Received,
    work: (tx: Tx, row: Kickoff) => Promise<PutOff>,
  ): Promise<PutOff> =>
    db.transaction(async (tx) => {
      await holdAsClient(tx, received.kickoff, person);
      const row = await find(tx, received.kickoff);
      return row.state === 'booked' && row.slotId === received.slot
        ? work(tx, row)
        : { kind: 'stale', kickoff: row };
    });

  return {
    /** Reminds a person once more, so many days from now. Refused where the meeting comes before. */
    remindLater: (person: Person, received: Received, days: DaysLater): Promise<PutOff> =>
      ofReminder(person, received, async (tx, row) => {
        const { kickoff, what, slot } = received;
        const at = laterAt(days, parts);
        if (!staysTrue(what, at, row.startsAt))
          throw new CourtierError('refused', 'La rencontre a lieu avant : ce rappel ne peut pas attendre.');
        const until = brokerDate(at);
        await deliveries.again(tx, person, {
          kind: 'kickoff.reminder',
          key: keyOf(row, received, until),
          about: meetingOf(row),
          subject: { kickoff, what, slot },
          at,
        });
        return { kind: 'done', kickoff: row, until };
      }),

    /** It does not come again that day. */
    takeBack: (person: Person, received: Received, until: Temporal.PlainDate): Promise<PutOff> =>
      ofReminder(person, received, async (tx, row) => {
        const taken = await deliveries.takeBack(tx, person, keyOf(row, received, until));
        return { kind: taken ? 'done' : 'stale', kickoff: row };
      }),
  };
}

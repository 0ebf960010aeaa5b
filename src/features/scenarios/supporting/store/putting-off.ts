import { brokerDate } from '../../../../core/business-days.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports.ts';
import { type DaysLater, laterAt } from '../../../../core/putting-off.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Reminder } from '../rules/reminders.ts';
import type { DossierPorts, SupportRecords } from './support-records.ts';

/** A reminder of a file, as it was received: of a question, or of a trial. */
export interface Received {
  readonly file: string;
  readonly what: Reminder;
  readonly item: string;
}

const sortOf = (what: Reminder) => (what === 'answerLate' ? 'clarification' : 'trial');
const aboutOf = ({ what, item }: Received): string => `${sortOf(what)}:${item}`;
const keyOf = (received: Received, on: Temporal.PlainDate): string =>
  `${aboutOf(received)}:${received.what}:later:${on}`;

/** Reminders that somebody received, and wants again later. */
export function buildPuttingOff(parts: DossierPorts, { supportOf }: SupportRecords) {
  const { db, files, deliveries } = parts;

  /** Does something of a reminder of a file, for somebody who takes part in it. */
  async function ofReminder<T>(
    person: Person,
    { file, what, item }: Received,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const { clarifications, trials } = await supportOf(file, person);
    const known = sortOf(what) === 'trial' ? trials : clarifications;
    if (!known.some(({ id }) => id === item)) throw notFound();
    return db.transaction(async (tx) => {
      await files.lock(tx, file, person);
      return work(tx);
    });
  }

  return {
    /** Reminds a person once more, so many days from now: the day. What is answered meanwhile is not recalled. */
    remindLater: (person: Person, received: Received, days: DaysLater): Promise<Temporal.PlainDate> =>
      ofReminder(person, received, async (tx) => {
        const { file, what, item } = received;
        const at = laterAt(days, parts);
        const on = brokerDate(at);
        const notice = { kind: `scenarios.${what}`, key: keyOf(received, on), about: aboutOf(received), at };
        await deliveries.again(tx, person, { ...notice, subject: { file, [sortOf(what)]: item } });
        return on;
      }),

    /** It does not come again that day. */
    takeBack: (person: Person, received: Received, on: Temporal.PlainDate): Promise<boolean> =>
      ofReminder(person, received, (tx) => deliveries.takeBack(tx, person, keyOf(received, on))),
  };
}

import type { SQL } from 'drizzle-orm';
import { stepOf, thingOf } from '../../../../core/recalls.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { type AcquisitionFile, type DueOfFile, membersToRecall } from '../../../acquisitions/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Support, supportFact } from '../../rules/facts.ts';
import { type Awaited, awaitedIn } from '../rules/recalling.ts';
import type { DossierPorts } from './support-records.ts';

/** What is waited for is called so among all that is recalled. */
export const awaitedThing = (file: string, { what, item }: Awaited): string =>
  thingOf('scenarios', `${file}:${what}:${item.id}`);

/** Something that is waited for in a file of a person. */
export interface AwaitedOf {
  readonly file: AcquisitionFile;
  readonly awaited: Awaited;
}

/** What is recalled of what supports a choice, and to whom: those who take part in its file. */
export function buildReminding({ db, clock, files, days }: DossierPorts) {
  const today = () => brokerDate(clock.now());

  const dueOf = (file: string, support: Support): DueOfFile[] =>
    awaitedIn(support, today(), days).flatMap((awaited) => {
      const on = awaited.done ? undefined : stepOf(awaited.days, today());
      return on ? [{ file, thing: awaitedThing(file, awaited), step_on: on.toString(), urgent: false }] : [];
    });

  return {
    today,

    /** What is to be recalled now: nothing of it is written here, and nobody is read. */
    async *dueReminders(): AsyncGenerator<SQL> {
      for await (const rows of files.eachOpenWith(supportFact)) {
        const due = rows.flatMap(({ file, value }) => dueOf(file, value));
        if (due.length > 0) yield membersToRecall(due);
      }
    },

    /** What is waited for in a person's open files. */
    async awaitedOf(person: PersonKey): Promise<AwaitedOf[]> {
      const open = await files.remindedOf(person);
      const read = await Promise.all(
        open.map(async (file) => ({ file, ...(await files.readFact(db, file.id, supportFact)) })),
      );
      return read.flatMap(({ file, value }) =>
        value ? awaitedIn(value, today(), days).map((awaited) => ({ file, awaited })) : [],
      );
    },
  };
}

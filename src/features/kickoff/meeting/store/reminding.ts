import { and, asc, eq, gt, type SQL } from 'drizzle-orm';
import { stepOf, thingOf } from '../../../../core/recalls.ts';
import { type AcquisitionFile, type DueOfFile, membersToRecall } from '../../../acquisitions/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Kickoff, kickoffs } from '../../tables.ts';
import { type Recalled, recalledOf } from '../rules/recalling.ts';
import type { Basis } from './basis.ts';

/** Meetings read at once, of all that are booked. */
const BATCH = 500;
/** Before all others. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** What is recalled of a meeting is called so; moved, it is another one. */
export const meetingThing = ({ id, slotId }: Kickoff, { what }: Recalled): string =>
  thingOf('kickoff', `${id}:${slotId}:${what}`);

/** Something that is recalled of the meeting of a file. */
export interface RecalledOf {
  readonly file: AcquisitionFile;
  readonly kickoff: Kickoff;
  readonly recalled: Recalled;
}

/** What is recalled of a meeting, and to whom: those who take part in its file. */
export function buildReminding({ db, clock, days, files, today, ofFile }: Basis) {
  const dueOf = (row: Kickoff): DueOfFile[] =>
    recalledOf(row, clock.now(), days).flatMap((recalled) => {
      const on = stepOf(recalled.days, today());
      const { acquisitionId: file } = row;
      const { urgent } = recalled;
      return on ? [{ file, thing: meetingThing(row, recalled), step_on: on.toString(), urgent }] : [];
    });

  const bookedAfter = (id: string): Promise<Kickoff[]> =>
    db
      .select()
      .from(kickoffs)
      .where(and(gt(kickoffs.id, id), eq(kickoffs.state, 'booked')))
      .orderBy(asc(kickoffs.id))
      .limit(BATCH);

  return {
    /** What is to be recalled now: nothing of it is written here, and nobody is read. */
    async *dueMeetings(): AsyncGenerator<SQL> {
      let rows = await bookedAfter(NO_ID);
      for (let last = rows.at(-1); last; last = rows.at(-1)) {
        const due = rows.flatMap(dueOf);
        if (due.length > 0) yield membersToRecall(due);
        rows = await bookedAfter(last.id);
      }
    },

    /** What is recalled of the meetings of a person's open files. */
    async recalledTo(person: PersonKey): Promise<RecalledOf[]> {
      const open = await files.remindedOf(person);
      const read = await Promise.all(
        open.map(async (file) => ({ file, kickoff: await ofFile(db, file.id) })),
      );
      return read.flatMap(({ file, kickoff }) =>
        kickoff
          ? recalledOf(kickoff, clock.now(), days).map((recalled) => ({ file, kickoff, recalled }))
          : [],
      );
    },
  };
}

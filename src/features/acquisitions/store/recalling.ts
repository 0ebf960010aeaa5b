import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../../core/ports/db.ts';
import { batchedByPerson } from '../../../core/rows/batched.ts';
import { ANYBODY, prepared } from '../../../core/rows/prepared.ts';
import type { PersonKey } from '../../people/index.ts';
import type { FactKind } from '../rules/fact.ts';
import { acquisitionFacts, acquisitions, membersNow } from '../tables.ts';
import { type AcquisitionFile, isMember, ofPerson } from './records.ts';

/** Facts read at once, of all the open files. */
const BATCH = 500;
/** Before all others. */
const NO_ID = '00000000-0000-0000-0000-000000000000';
/** Files of one person of which they are reminded. */
const MOST_OF_ONE = 200;

/** Something of a file that is to be recalled, as the database reads it. */
export interface DueOfFile {
  readonly file: string;
  readonly thing: string;
  /** ISO date. */
  readonly step_on: string;
  readonly urgent: boolean;
}

/** Those who take part in the open files of what is due, a row a person and thing. */
export const membersToRecall = (due: readonly DueOfFile[]): SQL => sql`
  select m.tenant_id, m.object_id, d.thing, d.step_on, d.urgent
  from jsonb_to_recordset(${JSON.stringify(due)}::jsonb)
    as d(file uuid, thing text, step_on date, urgent boolean)
  join ${acquisitions} a on a.id = d.file and a.state = 'open'
  join ${membersNow} m on m.acquisition_id = d.file`;

const openOfAnybody = prepared((from) =>
  ofPerson(from, ANYBODY)
    .where(and(isMember(ANYBODY), eq(acquisitions.state, 'open')))
    .limit(MOST_OF_ONE),
);

/** What two features ask of somebody at the same time is read once. */
const openFilesOf = batchedByPerson(async (from, people) => {
  const each = await Promise.all(
    people.map(async (person) => {
      const rows = await openOfAnybody(from).execute({ ...person });
      return rows.map(({ file, role }) => ({ ...person, file: { ...file, role } }));
    }),
  );
  return each.flat();
});

/** What is known of the open files, for those who are reminded of something in it. */
export function buildRecalling(db: Db) {
  const after = (id: string, key: string) =>
    db
      .select({ file: acquisitions.id, value: acquisitionFacts.value })
      .from(acquisitionFacts)
      .innerJoin(acquisitions, eq(acquisitions.id, acquisitionFacts.acquisitionId))
      .where(and(gt(acquisitions.id, id), eq(acquisitionFacts.key, key), eq(acquisitions.state, 'open')))
      .orderBy(asc(acquisitions.id))
      .limit(BATCH);

  return {
    /** A fact of every open file, some at a time; one that cannot be read holds up none of the others. */
    async *eachOpenWith<T extends object>({
      key,
      schema,
    }: FactKind<T>): AsyncGenerator<{ readonly file: string; readonly value: T }[]> {
      let rows = await after(NO_ID, key);
      for (let last = rows.at(-1); last; last = rows.at(-1)) {
        yield rows.flatMap(({ file, value }) => {
          const read = schema.safeParse(value);
          return read.success ? [{ file, value: read.data }] : [];
        });
        rows = await after(last.file, key);
      }
    },

    /** The open files of a person of which they may be reminded, the latest first. */
    async remindedOf(person: PersonKey): Promise<AcquisitionFile[]> {
      return (await openFilesOf(db, person)).map(({ file }) => file);
    },
  };
}

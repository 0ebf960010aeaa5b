import { and, asc, desc, eq, exists, gt, gte, inArray, type SQL, sql } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import { ANYBODY, prepared } from '../../../../core/rows/prepared.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Followed, notedOn, type Records } from '../../recording/store/records.ts';
import { type Contract, contractsNow, followersNow } from '../../tables.ts';
import { type Nearing, nearFees, nearingOn } from '../rules/nearing.ts';
import { isFarFrom, isRecalled, isUrgent, type Recalling, recallOn } from '../rules/recalling.ts';
import { dutyThing, feesToRecall, isNear } from './nearing.ts';

/** Contracts read at once, of all those that ask for something. */
const BATCH = 2_000;
/** Before all others. */
const NO_ID = '00000000-0000-0000-0000-000000000000';
/** Contracts of one person of which they are reminded. */
const MOST_OF_ONE = 200;

/** When a contract ended, or when that was noted where it came later. */
const END = sql`greatest(${contractsNow.endsOn}, ${contractsNow.terminationNotedOn})`;

/** A duty that is to be recalled, as the database reads it. */
interface Due {
  readonly contract: string;
  readonly thing: string;
  readonly step_on: string;
  readonly urgent: boolean;
}

/** Those who follow the contracts of what is due, a row a person and thing. */
const followersOf = (due: readonly Due[]): SQL => sql`
  select f.tenant_id, f.object_id, d.thing, d.step_on, d.urgent
  from jsonb_to_recordset(${JSON.stringify(due)}::jsonb)
    as d(contract uuid, thing text, step_on date, urgent boolean)
  join ${followersNow} f on f.contract_id = d.contract`;

/** Which duties come or are late, and whose they are. */
export function buildReminding({ db, days, rules, today, visible, followedOf }: Records) {
  const recalling = ({ contract }: Followed): Recalling => ({ rules, days, notedOn: notedOn(contract) });

  /** What is due of contracts on a day, but for the fees that `feesToRecall` says: of most of their duties, nothing is. */
  function dueOn(on: Temporal.PlainDate, { noted }: Nearing) {
    const isFar = isFarFrom(on, rules);
    return (followed: Followed): Due[] => {
      const { contract, done } = followed;
      const how = recalling(followed);
      const isNew = Temporal.PlainDate.compare(how.notedOn, noted) >= 0;
      return followed.duties.flatMap((duty) => {
        const isSaid = duty.kind === 'fees' && !duty.since && !isNew;
        if (isSaid || !isRecalled(duty) || done.has(duty.id) || isFar(duty, how.notedOn)) return [];
        const step = recallOn(duty, on, how);
        const thing = dutyThing(contract.id, duty.id);
        const urgent = isUrgent(duty, on, days);
        return step ? [{ contract: contract.id, thing, step_on: step.toString(), urgent }] : [];
      });
    };
  }

  /** Contracts that ended long ago, before the day that this gives, have nothing more to say. */
  const lastsFrom = (on: Temporal.PlainDate): string => on.subtract({ years: 1 }).toString();
  const lasting = (on: Temporal.PlainDate) => gte(END, lastsFrom(on));

  /** Contracts of which something may be due, and somebody to remind of it, the next ones after an id. */
  const nearAfter = (id: string, on: Temporal.PlainDate, nearing: Nearing): Promise<Contract[]> =>
    db
      .select()
      .from(contractsNow)
      .where(
        and(
          gt(contractsNow.id, id),
          isNear(db, nearing),
          lasting(on),
          exists(db.select().from(followersNow).where(eq(followersNow.contractId, contractsNow.id))),
        ),
      )
      .orderBy(asc(contractsNow.id))
      .limit(BATCH);

  const ofAnybody = prepared((from) => {
    const followed = from
      .select({ id: followersNow.contractId })
      .from(followersNow)
      .where(isPerson(followersNow, ANYBODY));
    return from
      .select()
      .from(contractsNow)
      .where(and(inArray(contractsNow.id, followed), visible(ANYBODY), gte(END, sql.placeholder('since'))))
      .orderBy(desc(END), asc(contractsNow.number))
      .limit(MOST_OF_ONE);
  });

  return {
    recalling,

    /** What is to be recalled now, and to whom: nothing of it is written here, and nobody is read. */
    async *dueDuties(): AsyncGenerator<SQL> {
      const on = today();
      const nearing = nearingOn(on, rules, days);
      const fees = nearFees(on, rules, days);
      if (fees.length > 0) yield feesToRecall(fees, nearing, lasting(on));
      const dueOf = dueOn(on, nearing);
      let rows: readonly Contract[];
      let after = NO_ID;
      do {
        rows = await nearAfter(after, on, nearing);
        const due = (await followedOf(db, rows)).flatMap(dueOf);
        if (due.length > 0) yield followersOf(due);
        after = rows.at(-1)?.id ?? after;
      } while (rows.length === BATCH);
    },

    /** The contracts of which a person is reminded, those that they see, the last to end first. */
    async remindedOf(person: PersonKey): Promise<Followed[]> {
      const { tenantId, objectId } = person;
      const since = lastsFrom(today());
      return followedOf(db, await ofAnybody(db).execute({ tenantId, objectId, since }));
    },
  };
}

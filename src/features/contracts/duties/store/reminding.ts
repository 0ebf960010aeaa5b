import { and, asc, eq, exists, gt, gte, sql } from 'drizzle-orm';
import type { Deliveries, Tx } from '../../../../core/ports.ts';
import { type Followed, notedOn, type Records } from '../../recording/store/records.ts';
import { type Contract, contractsNow, followersNow } from '../../tables.ts';
import type { ContractRules } from '../rules/contract-rules.ts';
import { reminderOf } from '../rules/duties.ts';
import { dutyKey } from './completing.ts';

/** Contracts read at once by the job that reminds. */
const BATCH = 200;
/** Before all others. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

export type Reminding = ReturnType<typeof buildReminding>;

/** Tells of duties that come or are late. */
export function buildReminding(
  { db, today, followedOf }: Records,
  deliveries: Deliveries,
  rules: ContractRules,
) {
  async function remindIn(tx: Tx, { contract, duties, done }: Followed): Promise<void> {
    const audience = sql`select ${followersNow.tenantId}, ${followersNow.objectId}, '' as conversation_id from ${followersNow}
      where ${followersNow.contractId} = ${contract.id}`;
    for (const duty of duties) {
      // The broker asks for the yearly evaluation by a campaign, which reminds of it (guide 4.9).
      if (done.has(duty.id) || duty.kind === 'yearly') continue;
      const week = reminderOf(duty, today(), rules, notedOn(contract));
      if (week === undefined) continue;
      const about = dutyKey(contract.id, duty.id);
      const subject = { contract: contract.id, duty: duty.id, week };
      await deliveries.address(
        tx,
        { kind: 'contracts.duty', key: `${about}:${duty.due.on}:${week}`, about, subject },
        audience,
      );
    }
  }

  /** Contracts with somebody to remind, the next ones after an id; those that ended long ago have nothing more to say. */
  const followedAfter = (id: string): Promise<Contract[]> =>
    db
      .select()
      .from(contractsNow)
      .where(
        and(
          gt(contractsNow.id, id),
          gte(
            sql`greatest(${contractsNow.endsOn}, ${contractsNow.terminationNotedOn})`,
            today().subtract({ years: 1 }).toString(),
          ),
          exists(db.select().from(followersNow).where(eq(followersNow.contractId, contractsNow.id))),
        ),
      )
      .orderBy(asc(contractsNow.id))
      .limit(BATCH);

  return {
    /** Tells at once what is due of one contract, within the transaction of what makes it so. */
    remindIn,

    /**
     * Tells, of each duty that comes or is late, those who follow its contract: once a week, until it is done. It may
     * run at any time: what was told stays told.
     */
    async remind(): Promise<void> {
      let rows = await followedAfter(NO_ID);
      for (let last = rows.at(-1); last; last = rows.at(-1)) {
        for (const each of await followedOf(db, rows)) await db.transaction((tx) => remindIn(tx, each));
        rows = await followedAfter(last.id);
      }
    },
  };
}

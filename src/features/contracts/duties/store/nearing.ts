import { and, between, gte, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { type PgColumn, union } from 'drizzle-orm/pg-core';
import { asDate } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { thingOf } from '../../../../core/recalls.ts';
import { startOfDay } from '../../../../core/time/business-days.ts';
import {
  amendments,
  contracts,
  contractsNow,
  dutiesDone,
  dutiesWanted,
  followersNow,
  terminations,
} from '../../tables.ts';
import type { NearFees, Nearing } from '../rules/nearing.ts';
import type { Days } from '../rules/recalling.ts';

const NAME = thingOf('contracts', '');

/** What a duty is called among all that is recalled. */
export const dutyThing = (contract: string, duty: string): string => `${NAME}${contract}:${duty}`;

const within = (column: PgColumn, { from, to }: Days): SQL => between(column, from.toString(), to.toString());

/** A contract of which something may be recalled, but for the fees of one that was noted before: its own dates say so. */
export function isNear(db: Db, { noted, itself, signed, copied, ends }: Nearing): SQL {
  const since = noted.toString();
  const own = db
    .select({ id: contracts.id })
    .from(contracts)
    .where(
      or(
        gte(contracts.createdAt, asDate(startOfDay(noted))),
        within(contracts.signedOn, signed),
        within(contracts.startsOn, itself),
        within(contracts.endsOn, ends),
        within(contracts.finalSignedOn, copied),
      ),
    );
  const amended = db
    .select({ id: amendments.contractId })
    .from(amendments)
    .where(
      and(
        isNotNull(amendments.signedOn),
        or(within(amendments.signedOn, copied), within(amendments.newEnd, ends)),
      ),
    );
  const ended = db
    .select({ id: terminations.contractId })
    .from(terminations)
    .where(
      or(
        gte(terminations.notedOn, since),
        within(terminations.noticeOn, itself),
        within(terminations.effectiveOn, itself),
      ),
    );
  const wanted = db
    .select({ id: dutiesWanted.contractId })
    .from(dutiesWanted)
    .where(gte(dutiesWanted.since, since));
  return inArray(contractsNow.id, union(own, amended, ended, wanted));
}

/**
 * Some fees, of all the contracts that ask for them, that are not done, and that were noted before a day: rows of
 * tenant_id, object_id, thing, step_on, urgent, one for whoever follows them. The database tells all of it by itself.
 */
export function feesToRecall(fees: readonly NearFees[], { noted }: Nearing, where: SQL): SQL {
  const given = fees.map(({ duty, step, signedBy, endsFrom }) => ({
    duty,
    step_on: step.toString(),
    signed_by: signedBy.toString(),
    ends_from: endsFrom.toString(),
  }));
  return sql`
    select f.tenant_id, f.object_id, ${NAME} || ${contractsNow.id} || ':' || d.duty as thing, d.step_on, false as urgent
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as d(duty text, step_on date, signed_by date, ends_from date)
    join ${contractsNow} on ${contractsNow.signedOn} <= d.signed_by and ${contractsNow.endsOn} >= d.ends_from
      and ${contractsNow.createdAt} < ${asDate(startOfDay(noted)).toISOString()}::timestamptz
    join ${followersNow} f on f.contract_id = ${contractsNow.id}
    where ${where} and not exists (select from ${dutiesDone} o where o.contract_id = ${contractsNow.id} and o.duty = d.duty)`;
}

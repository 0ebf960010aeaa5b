import { type SQL, sql } from 'drizzle-orm';
import { guide } from '../../../../core/guide/index.ts';
import { BROKER_ZONE } from '../../../../core/time/business-days.ts';
import { plainDate } from '../../../../core/time/days.ts';
import { copyDue } from '../../duties/rules/duties.ts';
import type { Records } from '../../recording/store/records.ts';
import { amendments, contracts, contractsNow, dutiesDone, dutiesWanted } from '../../tables.ts';

/** The documents that the end of a contract before its term asks for at once (guide 4.12). */
const endingDocuments = (): SQL => {
  const ids = guide().documents.flatMap(({ id, sent }) => (sent === 'atOnce' ? [id] : []));
  return sql`jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)`;
};

/**
 * The duties of all contracts whose date of the guide has passed: rows of contract_id, duty, kind, due_on. What is due
 * some business days after a signature is told by `dues`, each signature with its date. They are those that `stateOf`
 * calls late; no other place concludes it for many contracts at once.
 */
const lateRows = (dues: Readonly<Record<string, string>>, today: string): SQL => {
  const due = (signed: SQL) => sql`(${JSON.stringify(dues)}::jsonb ->> ${signed}::text)::date`;
  return sql`(
    select d.contract_id, d.duty, d.kind, d.due_on from (
      select c.id as contract_id, 'copy' as duty, 'copy' as kind, ${due(sql`c.signed_on`)} as due_on, c.created_at
        from ${contracts} c
      union all
      select c.id, 'amendment:' || a.id, 'amendment', ${due(sql`a.signed_on`)}, c.created_at
        from ${amendments} a join ${contracts} c on c.id = a.contract_id where a.signed_on is not null
      union all
      select c.id, 'finalCopy', 'finalCopy', ${due(sql`c.final_signed_on`)}, c.created_at
        from ${contracts} c where c.rcti and c.final_signed_on is not null
      union all
      select c.id, 'termination:' || document, 'termination', c.ends_on, null
        from ${contractsNow} c cross join ${endingDocuments()} as document where c.terminated_on is not null
    ) d
    where d.due_on < ${today}::date
      and not exists (select from ${dutiesDone} o where o.contract_id = d.contract_id and o.duty = d.duty)
      and (d.created_at is null or d.due_on >= (d.created_at at time zone ${BROKER_ZONE})::date
        or exists (select from ${dutiesWanted} w where w.contract_id = d.contract_id and w.duty = d.duty)))`;
};

/** The late duties of all contracts, as of now: a subquery, and one query before it however many contracts there are. */
export const buildLateDuties =
  ({ db, days, today }: Pick<Records, 'db' | 'days' | 'today'>) =>
  async (): Promise<SQL> => {
    const signed = await db.select({ on: sql<string>`s.signed_on::text` }).from(sql`(
      select c.signed_on from ${contracts} c
        where not exists (select from ${dutiesDone} o where o.contract_id = c.id and o.duty = 'copy')
      union select a.signed_on from ${amendments} a
      union select c.final_signed_on from ${contracts} c where c.rcti) s
      where s.signed_on < ${today().toString()}::date`);
    const dues = Object.fromEntries(signed.map(({ on }) => [on, copyDue(plainDate(on), days).on.toString()]));
    return lateRows(dues, today().toString());
  };

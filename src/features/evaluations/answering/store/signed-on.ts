import { type SQL, sql } from 'drizzle-orm';
import { contractTable } from '../../../contracts/index.ts';
import { evaluations, signatures, submissions } from '../../tables.ts';

/**
 * The day on which the head signed an evaluation, beside its contract: as it was noted last of what was submitted. A
 * day that is noted of the contract alone signs nothing that is submitted later; it is taken for what was submitted
 * before signatures were kept.
 */
export const signedOn: SQL<string | null> = sql<
  string | null
>`case when ${evaluations.state} = 'submitted' then coalesce(
  (select s.signed_on::text from ${signatures} s where s.evaluation_id = ${evaluations.id}
    order by s.number desc limit 1),
  case when ${evaluations.final} and not exists (select 1 from ${submissions} x
    where x.evaluation_id = ${evaluations.id} and x.ground is not null) then ${contractTable.finalSignedOn}::text end) end`;

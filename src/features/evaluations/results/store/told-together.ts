import { type SQL, sql } from 'drizzle-orm';
import { evaluations, scores, submissions } from '../../tables.ts';

/** Below so many public bodies, nothing is shown: one could tell whose the answers are, however many one body gave. */
export const LEAST_BODIES = 3;

const SAME = sql`supplier_id, year, criterion`;

/**
 * The scores that are told, by whole groups of bodies in the order in which they answered first: between what was seen
 * yesterday and what is seen today there are no answers, or those of three bodies at least. `of` says which scores are
 * looked at (`s`, of an evaluation `e`), `until` which answers there were at a moment.
 */
export const toldTogether = (of: SQL, until?: Date): SQL => sql`(
  with given as (
    select s.evaluation_id, s.criterion, s.supplier_id, s.year, e.organization_id as body,
      coalesce(first.at, e.submitted_at, e.created_at) as at
    from ${scores} s
    join ${evaluations} e on e.id = s.evaluation_id
    left join ${submissions} first on first.evaluation_id = e.id and first.number = 1
    where ${of}
  ), known as (
    select * from given ${until ? sql`where at <= ${until.toISOString()}::timestamptz` : sql``}
  ), bodies as (
    select ${SAME}, body, min(at) as at,
      row_number() over (partition by ${SAME} order by min(at), body) as rank,
      count(*) over (partition by ${SAME}) as total
    from known where body is not null group by ${SAME}, body
  ), edges as (
    select ${SAME}, max(at) as at from bodies where rank <= total - total % ${LEAST_BODIES} group by ${SAME}
  )
  select known.evaluation_id, known.criterion
  from known join edges using (${SAME}) left join bodies using (${SAME}, body)
  where known.at <= edges.at and (known.body is null or rank <= total - total % ${LEAST_BODIES})
)`;

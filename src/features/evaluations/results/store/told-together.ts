import { type SQL, sql } from 'drizzle-orm';
import { evaluations, scores, submissions } from '../../tables.ts';

/** Below so many public bodies, nothing is shown: one could tell whose the answers are, however many one body gave. */
export const LEAST_BODIES = 3;

const SAME = sql`supplier_id, year, criterion`;

/**
 * The scores that are told, by whole groups of bodies in the order in which they answered first: between what was seen
 * yesterday and what is seen today there are no answers, or those of three bodies at least. One look over the answers,
 * however many: nothing of it is joined with itself, nor done again for each row that it is joined to. `of` says which scores are
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
    select *, min(at) over (partition by ${SAME}, body) as body_at from known
  ), ranked as (
    select *, case when body is not null
      then dense_rank() over (partition by ${SAME}, body is null order by body_at, body) end as rank
    from bodies
  ), counted as (
    select *, (max(rank) over (partition by ${SAME}) / ${LEAST_BODIES}) * ${LEAST_BODIES} as whole from ranked
  ), edged as (
    select *, max(body_at) filter (where rank <= whole) over (partition by ${SAME}) as edge from counted
  ), told as materialized (
    select evaluation_id, criterion from edged where at <= edge and (body is null or rank <= whole)
  )
  select evaluation_id, criterion from told
)`;

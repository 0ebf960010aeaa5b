import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { readCount, readRows } from '../../../../core/rows/raw.ts';
import { contractTable, followerTable } from '../../../contracts/index.ts';
import { campaigns, evaluations } from '../../tables.ts';
import type { CampaignKind } from '../rules/states.ts';

/** What a campaign asks about depends on these alone. */
type Asking = Pick<typeof campaigns.$inferSelect, 'kind' | 'year' | 'opensOn' | 'closesOn' | 'scope'>;
type Campaign = Asking & Pick<typeof campaigns.$inferSelect, 'id' | 'form'>;

/** Days before the anniversary, or the end of a contract, when its evaluation opens. */
const OPENS_BEFORE_DAYS = 30;

/**
 * Asks about the contracts that a campaign is about: the rows go from table to table, none is read. Those that it has
 * already, or that another campaign asked about this year, stay as they are: it may run at any time. How many are new.
 */
export async function ask(tx: Tx, campaign: Campaign, today: Temporal.PlainDate, now: Date): Promise<number> {
  const { id, kind, form } = campaign;
  return readCount(
    tx,
    sql`
    with asked as (insert into ${evaluations}
      (id, campaign_id, contract_id, supplier_id, organization_id, year, final, form, opens_on, closes_on,
       responsible_tenant, responsible_id, created_at)
    select gen_random_uuid(), ${id}::uuid, c.id, c.supplier_id, c.organization_id, asked.year::smallint,
      ${kind === 'final'}, ${form}, asked.opens_on, asked.closes_on, c.created_tenant, c.created_id,
      ${now.toISOString()}::timestamptz
    from ${contractTable} c cross join lateral (${WHEN[kind](campaign, today)}) asked
    where ${isWithin(campaign)}
    on conflict do nothing
    returning 1)
    select count(*)::int as n from asked`,
  );
}

/** That a contract `c` is of the campaign's scope. */
function isWithin({ scope: { suppliers = [], bodies = [], endsFrom, endsTo } }: Asking): SQL {
  const among = (values: readonly string[]) =>
    sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;
  const conditions = [
    ...(suppliers.length > 0 ? [sql`c.supplier_id in ${among(suppliers)}`] : []),
    ...(bodies.length > 0 ? [sql`c.organization_id::text in ${among(bodies)}`] : []),
    ...(endsFrom ? [sql`c.ends_on >= ${endsFrom}::date`] : []),
    ...(endsTo ? [sql`c.ends_on <= ${endsTo}::date`] : []),
  ];
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}

/** How many contracts a campaign would ask about now, and how many people look after them. */
export async function wouldAsk(
  db: Db,
  campaign: Asking,
  today: Temporal.PlainDate,
): Promise<{ contracts: number; people: number }> {
  const [found] = await readRows(
    db,
    sql`
    select count(distinct c.id)::int as contracts, count(distinct (f.tenant_id, f.object_id))::int as people
    from ${contractTable} c cross join lateral (${WHEN[campaign.kind](campaign, today)}) asked
    left join ${followerTable} f on f.contract_id = c.id
    where ${isWithin(campaign)} and not exists (
      select 1 from ${evaluations} e
      where e.contract_id = c.id and e.year = asked.year and e.final = ${campaign.kind === 'final'}
        and e.state <> 'excluded')`,
    z.object({ contracts: z.int(), people: z.int() }),
  );
  return found ?? { contracts: 0, people: 0 };
}

/** When a contract ends that is to be evaluated now: a stop of the assistant is caught up for as long as the notice. */
const soon = (today: Temporal.PlainDate) => ({
  from: today.subtract({ days: OPENS_BEFORE_DAYS }).toString(),
  to: today.add({ days: OPENS_BEFORE_DAYS }).toString(),
});

/** When the end of a contract `c` is known: one that is terminated may be noted after it. */
const END_KNOWN = sql`greatest(c.ends_on, c.termination_noted_on)`;
/** The window of a contract's final evaluation; after a termination there is as much time as for the others. */
const FINAL_OPENS = sql`c.ends_on - ${OPENS_BEFORE_DAYS}::int`;
const FINAL_CLOSES = sql`greatest(c.ends_on, c.termination_noted_on + ${OPENS_BEFORE_DAYS}::int)`;

/** The anniversaries of the signature of a contract `c`: it lasts three years at most. */
const ANNIVERSARIES = sql`
  select (c.signed_on + make_interval(years => n))::date as day from generate_series(1, 3) n`;

/** Why an evaluation was set apart by the end of its contract; it comes back with the end. */
const ENDED_OTHERWISE = 'Le contrat ne se termine plus à la même date.';
/** The same, by what was corrected of its contract. */
const CORRECTED = 'Les renseignements du contrat ont été corrigés.';
/** The same, by the campaign, whose period has another end. */
const OUTSIDE = 'L’anniversaire du contrat n’est pas dans la période de la campagne.';
/** That an evaluation goes with its contract: neither answered nor set apart by somebody. */
const FOLLOWS = (alias: 'e' | 'other'): SQL => sql`${sql.raw(alias)}.state = 'open'
  or ${sql.raw(alias)}.state = 'excluded' and ${sql.raw(alias)}.excluded_why in (${ENDED_OTHERWISE}, ${CORRECTED}, ${OUTSIDE})`;

/** Of an evaluation that nobody submitted: its year and its window now, and why the contract does not ask for it. */
const Standing = z.object({
  id: z.string(),
  year: z.number(),
  opens_on: z.string(),
  closes_on: z.string(),
  why: z.string().nullable(),
});

/** Nobody else changes the evaluations of these contracts until the transaction ends; held in one order, whoever does. */
export const holdOf = (tx: Tx, contracts: SQL): Promise<unknown> =>
  tx.execute(
    sql`select 1 from ${evaluations} where ${evaluations.contractId} in (${contracts}) order by ${evaluations.id} for update`,
  );

/**
 * Evaluations that were set apart by somebody, and are not any more: each goes with its contract as it is now, which may
 * have moved or ended meanwhile. The ids of those that it asks for, open again; it keeps the others apart.
 */
export async function giveBack(
  tx: Tx,
  rows: readonly { readonly id: string; readonly contractId: string }[],
): Promise<string[]> {
  const those = inArray(
    evaluations.id,
    rows.map(({ id }) => id),
  );
  await tx.update(evaluations).set({ apartBy: null, excludedWhy: CORRECTED }).where(those);
  await followContracts(tx, [...new Set(rows.map(({ contractId }) => contractId))]);
  const open = await tx
    .select({ id: evaluations.id })
    .from(evaluations)
    .where(and(those, eq(evaluations.state, 'open')));
  return open.map(({ id }) => id);
}

/**
 * Contracts end on another day than before, or were corrected: of the evaluations that nobody submitted, those that
 * would come due after a termination, or that the contract as corrected does not ask for, are set apart; the final one
 * goes with the real end, the others with their anniversary, all with their supplier. What was set apart so comes back
 * when the contract asks for it again. What was answered is kept. However many they are, it is as many statements.
 */
export async function followContracts(tx: Tx, contracts: readonly string[]): Promise<void> {
  if (contracts.length === 0) return;
  const those = sql`any(${sql.param([...contracts])}::uuid[])`;
  await holdOf(tx, sql`select unnest(${sql.param([...contracts])}::uuid[])`);
  const found = await readRows(tx, standingOf(those), Standing);
  // All apart first: of a year there is one, and their years may follow each other.
  await tx.execute(sql`
    update ${evaluations} e set state = 'excluded', excluded_why = ${CORRECTED}
    where e.contract_id = ${those} and (${FOLLOWS('e')})`);
  await tx.execute(sql`
    update ${evaluations} e set excluded_why = r.why,
      state = case when r.why is null then 'open' else 'excluded' end,
      year = case when r.why is null then r.year else e.year end,
      opens_on = case when r.why is null then r.opens_on else e.opens_on end,
      closes_on = case when r.why is null then r.closes_on else e.closes_on end
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
      as r(id uuid, year smallint, opens_on date, closes_on date, why text)
    where e.id = r.id`);
  await tx.execute(sql`
    update ${evaluations} e set supplier_id = c.supplier_id from ${contractTable} c
    where c.id = ${those} and e.contract_id = c.id and e.state <> 'submitted'
      and e.supplier_id <> c.supplier_id`);
}

/**
 * Those that follow their contract: open, or set apart by it. One stands where the contract lasts until then and what was
 * noted of it asks for it, and where no other stands for the same year.
 */
const standingOf = (those: SQL): SQL => sql`
  select w.id, w.year, w.opens_on::text as opens_on, w.closes_on::text as closes_on,
    case when w.outside then ${OUTSIDE} when not w.holds then ${CORRECTED} when not w.lasts then ${ENDED_OTHERWISE}
      when w.place > 1 or exists (select 1 from ${evaluations} other
        where other.contract_id = w.contract_id and other.year = w.year and other.final = w.final
          and other.state <> 'excluded' and not (${FOLLOWS('other')})) then ${CORRECTED} end as why
  from (
    select *, row_number() over (partition by contract_id, holds and lasts, final, year
      order by state = 'open' desc, created_at) as place
    from (
      select v.*,
        case when v.final then v.year = extract(year from v.ends_on)
          when v.terminated_on is not null then v.closes_on <= v.terminated_on
          else v.opens_on <= v.ends_on end as lasts,
        not v.final and v.kind = 'anniversary' and v.day is null as outside,
        v.concerned and case when v.final then v.rcti
          when v.kind = 'anniversary' then v.day is not null
          else v.signed_on < v.opened_on end as holds
      from (
        select e.id, e.contract_id, e.state, e.created_at, e.final, k.kind, k.opens_on as opened_on,
          c.signed_on, c.ends_on, c.terminated_on, c.rcti, a.day, coalesce(extract(year from a.day)::int, e.year) as year,
          coalesce(jsonb_array_length(k.scope -> 'suppliers'), 0) = 0
            or jsonb_exists(k.scope -> 'suppliers', c.supplier_id) as concerned,
          case when e.final then ${FINAL_OPENS}
            when a.day is not null then greatest(a.day - ${OPENS_BEFORE_DAYS}::int, k.opens_on)
            else e.opens_on end as opens_on,
          case when e.final then ${FINAL_CLOSES} else coalesce(a.day, e.closes_on) end as closes_on
        from ${evaluations} e
        join ${contractTable} c on c.id = e.contract_id
        join ${campaigns} k on k.id = e.campaign_id
        left join lateral (select min(n.day) as day from (${ANNIVERSARIES}) n
          where k.kind = 'anniversary' and n.day between k.opens_on and k.closes_on) a on true
        where c.id = ${those} and (${FOLLOWS('e')})) v) h) w`;

/** For a contract `c`, its year and its window: no row when it is not asked about. */
const WHEN: Record<CampaignKind, (campaign: Asking, today: Temporal.PlainDate) => SQL> = {
  // In force on the day of opening.
  window: ({ year, opensOn, closesOn }) => sql`
    select ${year}::int as year, ${opensOn}::date as opens_on, ${closesOn}::date as closes_on
    where c.signed_on < ${opensOn}::date and c.ends_on >= ${opensOn}::date`,

  anniversary: ({ opensOn, closesOn }, today) => sql`
    select extract(year from a.day) as year, greatest(a.day - ${OPENS_BEFORE_DAYS}::int, ${opensOn}::date) as opens_on,
      a.day as closes_on
    from (${ANNIVERSARIES}) a
    where a.day between ${opensOn}::date and ${closesOn}::date and a.day >= ${today.toString()}::date and a.day <= c.ends_on`,

  final({ year }, today) {
    const { from, to } = soon(today);
    return sql`
      select ${year}::int as year, ${FINAL_OPENS} as opens_on, ${FINAL_CLOSES} as closes_on
      where c.rcti and extract(year from c.ends_on) = ${year}
        and ${END_KNOWN} between ${from}::date and ${to}::date`;
  },
};

/** The years in which contracts that are subject to the RCTI end, now or soon. */
export async function endingYears(db: Db, today: Temporal.PlainDate): Promise<number[]> {
  const { from, to } = soon(today);
  const rows = await readRows(
    db,
    sql`
    select distinct extract(year from c.ends_on)::int as year from ${contractTable} c
    where c.rcti and ${END_KNOWN} between ${from}::date and ${to}::date`,
    z.object({ year: z.int() }),
  );
  return rows.map(({ year }) => year);
}

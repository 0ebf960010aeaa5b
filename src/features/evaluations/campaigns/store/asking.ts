import { and, between, eq, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../../../core/ports.ts';
import { contractTable, followerTable } from '../../../contracts/index.ts';
import { type campaigns, evaluations } from '../../tables.ts';
import type { CampaignKind } from '../rules/states.ts';

/** What a campaign asks about depends on these alone. */
type Asking = Pick<typeof campaigns.$inferSelect, 'kind' | 'year' | 'opensOn' | 'closesOn'>;
type Campaign = Asking & Pick<typeof campaigns.$inferSelect, 'id' | 'form'>;

/** Days before the anniversary, or the end of a contract, when its evaluation opens. */
export const OPENS_BEFORE_DAYS = 30;

/**
 * Asks about the contracts that a campaign is about: the rows go from table to table, none is read. Those that it has
 * already, or that another campaign asked about this year, stay as they are: it may run at any time.
 */
export async function ask(tx: Tx, campaign: Campaign, today: Temporal.PlainDate, now: Date): Promise<void> {
  const { id, kind, form } = campaign;
  await tx.execute(sql`
    insert into ${evaluations}
      (id, campaign_id, contract_id, supplier_id, organization_id, year, final, form, opens_on, closes_on,
       responsible_tenant, responsible_id, created_at)
    select gen_random_uuid(), ${id}::uuid, c.id, c.supplier_id, c.organization_id, asked.year::smallint,
      ${kind === 'final'}, ${form}, asked.opens_on, asked.closes_on, c.created_tenant, c.created_id,
      ${now.toISOString()}::timestamptz
    from ${contractTable} c cross join lateral (${WHEN[kind](campaign, today)}) asked
    on conflict do nothing`);
}

/** How many contracts a campaign would ask about now, and how many people look after them. */
export async function wouldAsk(
  db: Db,
  campaign: Asking,
  today: Temporal.PlainDate,
): Promise<{ contracts: number; people: number }> {
  const { rows } = (await db.execute(sql`
    select count(distinct c.id)::int as contracts, count(distinct (f.tenant_id, f.object_id))::int as people
    from ${contractTable} c cross join lateral (${WHEN[campaign.kind](campaign, today)}) asked
    left join ${followerTable} f on f.contract_id = c.id
    where not exists (
      select 1 from ${evaluations} e
      where e.contract_id = c.id and e.year = asked.year and e.final = ${campaign.kind === 'final'}
        and e.state <> 'excluded')`)) as unknown as { rows: { contracts: number; people: number }[] };
  return rows[0] ?? { contracts: 0, people: 0 };
}

/** When a contract ends that is to be evaluated now: a stop of the assistant is caught up for as long as the notice. */
const soon = (today: Temporal.PlainDate) => ({
  from: today.subtract({ days: OPENS_BEFORE_DAYS }).toString(),
  to: today.add({ days: OPENS_BEFORE_DAYS }).toString(),
});

/** For a contract `c`, its year and its window: no row when it is not asked about. */
const WHEN: Record<CampaignKind, (campaign: Asking, today: Temporal.PlainDate) => SQL> = {
  // In force on the day of opening.
  window: ({ year, opensOn, closesOn }) => sql`
    select ${year}::int as year, ${opensOn}::date as opens_on, ${closesOn}::date as closes_on
    where c.signed_on < ${opensOn}::date and c.ends_on >= ${opensOn}::date`,

  // A contract lasts three years at most: as many anniversaries.
  anniversary: ({ opensOn, closesOn }, today) => sql`
    select extract(year from a.day) as year, greatest(a.day - ${OPENS_BEFORE_DAYS}::int, ${opensOn}::date) as opens_on,
      a.day as closes_on
    from (select (c.signed_on + make_interval(years => n))::date as day from generate_series(1, 3) n) a
    where a.day between ${opensOn}::date and ${closesOn}::date and a.day >= ${today.toString()}::date and a.day <= c.ends_on`,

  final({ year }, today) {
    const { from, to } = soon(today);
    return sql`
      select ${year}::int as year, c.ends_on - ${OPENS_BEFORE_DAYS}::int as opens_on, c.ends_on as closes_on
      where c.rcti and extract(year from c.ends_on) = ${year} and c.ends_on between ${from}::date and ${to}::date`;
  },
};

/** The years in which contracts that are subject to the RCTI end, now or soon. */
export async function endingYears(db: Db, today: Temporal.PlainDate): Promise<number[]> {
  const { from, to } = soon(today);
  const rows = await db
    .selectDistinct({ year: sql<number>`extract(year from ${contractTable.endsOn})`.mapWith(Number) })
    .from(contractTable)
    .where(and(eq(contractTable.rcti, true), between(contractTable.endsOn, from, to)));
  return rows.map(({ year }) => year);
}

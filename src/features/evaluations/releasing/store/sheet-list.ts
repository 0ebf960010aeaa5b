import { asc, desc, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { nearestPage, type Page, pageAt } from '../../../../core/cards/paging.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { readCount, readRows } from '../../../../core/rows/raw.ts';
import { contractRows } from '../../../contracts/index.ts';
import { OVERALL } from '../../answering/rules/form.ts';
import { LEAST_BODIES } from '../../results/store/told-together.ts';
import { campaigns, evaluations, releases, scores } from '../../tables.ts';
import { concerns, SHEET_STATES, type Sheet, type SheetAct, type SheetFilter } from '../rules/sheets.ts';

/** As many as are released or withdrawn at once. */
const MOST_SHEETS = 1_000;
const MOST_CHOICES = 300;

/** As many bodies as results tell of: they are told by whole groups, in the order in which they answered. */
const BODIES = sql`count(distinct e.organization_id)`;
const TOLD = sql`(${BODIES} - ${BODIES} % ${LEAST_BODIES})::int`;

/** What there is of each supplier and year that somebody evaluated. */
const SHEETS = sql`(
  select s.supplier_id as supplier, s.year, coalesce(max(c.supplier_name), s.supplier_id) as name, ${TOLD} as bodies,
    max(e.submitted_at) as answered_at
  from ${scores} s
  join ${evaluations} e on e.id = s.evaluation_id
  left join ${contractRows} c on c.id = e.contract_id
  where s.criterion = ${OVERALL}
  group by s.supplier_id, s.year)`;

/** The same, with where each stands. */
const STANDING = sql`(
  select g.*, coalesce(r.number, 0) as seen, r.at,
    case when r.active and g.answered_at > r.at then 'behind' when r.active then 'released'
      when g.bodies < ${LEAST_BODIES} then 'short' when r.number is not null then 'withdrawn' else 'ready' end as state
  from ${SHEETS} g left join ${releases} r on r.supplier_id = g.supplier and r.year = g.year)`;

function conditionOf({ campaign, supplier, year, state }: SheetFilter): SQL {
  const conditions = [
    ...(supplier === '' ? [] : [sql`l.supplier = ${supplier}`]),
    ...(year === '' ? [] : [sql`l.year = ${Number(year)}`]),
    ...(state === 'all' ? [] : [sql`l.state = ${state}`]),
    ...(campaign === ''
      ? []
      : [
          sql`exists (select 1 from ${evaluations} a where a.campaign_id = ${campaign}::uuid
            and a.supplier_id = l.supplier and a.year = l.year and a.state = 'submitted')`,
        ]),
  ];
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}

const SheetRow = z.object({
  supplier: z.string(),
  name: z.string(),
  year: z.int(),
  state: z.enum(SHEET_STATES),
  bodies: z.int(),
  seen: z.int(),
  at: z.coerce.date().nullable(),
});

/** The sheets of suppliers, as the staff list them to release or withdraw many at once. */
export function buildSheetList(db: Db) {
  const read = (from: Db, where: SQL, size: number, offset: number): Promise<Sheet[]> =>
    readRows(
      from,
      sql`
      select l.supplier, l.name, l.year, l.bodies, l.seen, l.at, l.state from ${STANDING} l where ${where}
      order by l.year desc, l.name collate "und-x-icu", l.supplier limit ${size} offset ${offset}`,
      SheetRow,
    );

  return {
    /** A page of those that a filter lets through: the latest year first, by name. */
    async sheetPage(filter: SheetFilter, wanted: number, size: number): Promise<Page<Sheet>> {
      const where = conditionOf(filter);
      const total = await readCount(db, sql`select count(*)::int as n from ${STANDING} l where ${where}`);
      const page = nearestPage(wanted, total, size);
      return pageAt(await read(db, where, size, (page - 1) * size), page, total, size);
    },

    /**
     * What an act is about: those that were chosen by their keys, or all that a filter lets through, as they stand now;
     * apart, how many of them it has nothing to do with.
     */
    async sheetsFor(
      act: SheetAct,
      chosen: readonly string[] | 'all',
      filter: SheetFilter,
      from: Db = db,
    ): Promise<{ readonly sheets: readonly Sheet[]; readonly left: number }> {
      const where =
        chosen === 'all'
          ? conditionOf(filter)
          : sql`l.supplier || ':' || l.year in (select jsonb_array_elements_text(${JSON.stringify(chosen)}::jsonb))`;
      const rows = await read(from, where, MOST_SHEETS, 0);
      const sheets = rows.filter((row) => concerns(act, row));
      return { sheets, left: rows.length - sheets.length };
    },

    /** What a filter of sheets chooses from. */
    async sheetChoices() {
      const suppliers = await readRows(
        db,
        sql`
        select g.supplier as id, max(g.name) as name from ${SHEETS} g group by g.supplier
        order by max(g.name) collate "und-x-icu" limit ${MOST_CHOICES}`,
        z.object({ id: z.string(), name: z.string() }),
      );
      const years = await db.selectDistinct({ year: scores.year }).from(scores).orderBy(desc(scores.year));
      const held = await db
        .select({ id: campaigns.id, name: campaigns.name })
        .from(campaigns)
        .orderBy(desc(campaigns.number), asc(campaigns.id))
        .limit(MOST_CHOICES);
      return { suppliers, years: years.map(({ year }) => year), campaigns: held };
    },
  };
}

export type SheetList = ReturnType<typeof buildSheetList>;

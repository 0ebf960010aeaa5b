import { and, asc, count, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import { brokerDate } from '../../core/business-days.ts';
import { asDate, type Clock } from '../../core/clock.ts';
import { CourtierError, notFound } from '../../core/errors.ts';
import { newId } from '../../core/id.ts';
import type { Db, Deliveries } from '../../core/ports.ts';
import type { Person } from '../../core/turn.ts';
import { contractTable } from '../contracts/index.ts';
import type { Audit } from '../people/index.ts';
import type { Forms } from './form.ts';
import { type CampaignEvent, campaignAfter } from './states.ts';
import { campaigns, evaluations } from './tables.ts';

export type Campaign = typeof campaigns.$inferSelect;

/** A step by somebody who saw the current card, or an older one. */
export type Outcome = { readonly kind: 'done' | 'stale'; readonly campaign: Campaign };

export interface CampaignParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly forms: Forms;
}

export interface Participation {
  readonly open: number;
  readonly submitted: number;
  readonly excluded: number;
}

const LONGEST_DAYS = 180;
const CLOSED_AFTER_DAYS = 3;

export const campaignKey = (id: string): string => `campaign:${id}`;

/** The campaigns of evaluations: every active contract, each year (guide 4.9). */
export function buildCampaigns({ db, clock, audit, deliveries, forms }: CampaignParts) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now());

  async function find(id: string, tx: Db = db): Promise<Campaign> {
    const [row] = await tx.select().from(campaigns).where(eq(campaigns.id, id));
    if (!row) throw notFound();
    return row;
  }

  /** Changes a campaign that is still as it was seen. */
  function change(
    staff: Person,
    id: string,
    revision: number,
    event: CampaignEvent,
    set: (row: Campaign) => Partial<typeof campaigns.$inferInsert> = () => ({}),
    then: (tx: Db, row: Campaign) => Promise<unknown> = async () => {},
  ): Promise<Outcome> {
    return db.transaction(async (tx) => {
      const row = await find(id, tx);
      const state = campaignAfter(row.state, event);
      if (!state || row.revision !== revision) return { kind: 'stale', campaign: row };
      const [campaign] = await tx
        .update(campaigns)
        .set({ ...set(row), state, revision: revision + 1, updatedAt: now() })
        .where(and(eq(campaigns.id, id), eq(campaigns.revision, revision)))
        .returning();
      if (!campaign) return { kind: 'stale', campaign: await find(id, tx) };
      await then(tx, campaign);
      await audit.record(tx, staff, `campaign.${event}`, id);
      return { kind: 'done', campaign };
    });
  }

  /** Asks about every contract that is active on the day of opening: the rows go from table to table, none is read. */
  const fill = (tx: Db, { id, form, year, opensOn, closesOn }: Campaign) =>
    tx.execute(sql`
      insert into ${evaluations}
        (id, campaign_id, contract_id, supplier_id, organization_id, year, form, opens_on, closes_on,
         responsible_tenant, responsible_id, created_at)
      select gen_random_uuid(), ${id}::uuid, c.id, c.supplier_id, c.organization_id, ${year}::smallint, ${form},
        ${opensOn}::date, ${closesOn}::date, c.created_tenant, c.created_id, ${now().toISOString()}::timestamptz
      from ${contractTable} c
      where c.signed_on < ${opensOn}::date and c.ends_on >= ${opensOn}::date
      on conflict do nothing`);

  return {
    find: (id: string) => find(id),

    async page(page: number, size: number): Promise<{ rows: Campaign[]; total: number }> {
      const [counted] = await db.select({ total: count() }).from(campaigns);
      const rows = await db
        .select()
        .from(campaigns)
        .orderBy(desc(campaigns.number))
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },

    async participation(id: string): Promise<Participation> {
      const rows = await db
        .select({ state: evaluations.state, n: count() })
        .from(evaluations)
        .where(eq(evaluations.campaignId, id))
        .groupBy(evaluations.state);
      const n = new Map(rows.map((row) => [row.state, row.n]));
      return {
        open: n.get('open') ?? 0,
        submitted: n.get('submitted') ?? 0,
        excluded: n.get('excluded') ?? 0,
      };
    },

    /** Starts a campaign, now or on a day to come. */
    async start(
      staff: Person,
      {
        name,
        opensOn,
        closesOn,
      }: { readonly name: string; readonly opensOn: string; readonly closesOn: string },
    ): Promise<Campaign> {
      const [opens, closes] = [Temporal.PlainDate.from(opensOn), Temporal.PlainDate.from(closesOn)];
      const days = opens.until(closes, { largestUnit: 'days' }).days;
      if (Temporal.PlainDate.compare(opens, today()) < 0)
        throw new CourtierError('refused', 'La campagne s’ouvre aujourd’hui ou plus tard.');
      if (days < 1 || days > LONGEST_DAYS)
        throw new CourtierError('refused', `Une campagne dure de 1 à ${LONGEST_DAYS} jours.`);
      const opened = Temporal.PlainDate.compare(opens, today()) === 0;
      return db.transaction(async (tx) => {
        const [row] = await tx
          .insert(campaigns)
          .values({
            id: newId(),
            name,
            year: opens.year,
            form: forms.latest.id,
            state: opened ? 'open' : 'planned',
            opensOn,
            closesOn,
            createdAt: now(),
            updatedAt: now(),
          })
          .returning();
        if (!row) throw new Error('campaign not written');
        if (opened) await fill(tx, row);
        await audit.record(tx, staff, 'campaign.start', row.id);
        return row;
      });
    },

    /** Nobody is reminded, and nothing is lost. */
    pause: (staff: Person, id: string, revision: number) =>
      change(staff, id, revision, 'pause', undefined, (tx) => deliveries.cancel(tx, campaignKey(id))),
    resume: (staff: Person, id: string, revision: number) => change(staff, id, revision, 'resume'),

    /** Ends the campaign: what was submitted stays. */
    close: (staff: Person, id: string, revision: number) =>
      change(staff, id, revision, 'close', undefined, (tx) => deliveries.cancel(tx, campaignKey(id))),

    /** Gives more time: to those who have not answered, and to those who want to change their answers. */
    extend(staff: Person, id: string, revision: number, closesOn: string): Promise<Outcome> {
      return change(
        staff,
        id,
        revision,
        'extend',
        (row) => {
          if (closesOn <= row.closesOn)
            throw new CourtierError('refused', 'Choisissez une date après la fin actuelle.');
          return { closesOn };
        },
        (tx, row) => tx.update(evaluations).set({ closesOn }).where(eq(evaluations.campaignId, row.id)),
      );
    },

    /** Opens the campaigns whose day has come. It may run at any time. */
    async openDue(): Promise<void> {
      const due = await db
        .select()
        .from(campaigns)
        .where(and(eq(campaigns.state, 'planned'), lte(campaigns.opensOn, today().toString())));
      for (const row of due)
        await db.transaction(async (tx) => {
          const [opened] = await tx
            .update(campaigns)
            .set({ state: 'open', revision: row.revision + 1, updatedAt: now() })
            .where(and(eq(campaigns.id, row.id), eq(campaigns.state, 'planned')))
            .returning();
          if (opened) await fill(tx, opened);
        });
    },

    /** Closes those that are over, once the staff were told who did not answer. */
    async closeDue(): Promise<void> {
      const before = today().subtract({ days: CLOSED_AFTER_DAYS }).toString();
      await db
        .update(campaigns)
        .set({ state: 'closed', updatedAt: now() })
        .where(and(inArray(campaigns.state, ['open', 'paused']), lte(campaigns.closesOn, before)));
    },

    /** The campaigns that go on: whom to remind. */
    open: (): Promise<Campaign[]> => db.select().from(campaigns).where(eq(campaigns.state, 'open')),

    /** A page of what a campaign asks about: those who have not answered first. */
    async asked(id: string, page: number, size: number) {
      const where = eq(evaluations.campaignId, id);
      const [counted] = await db.select({ total: count() }).from(evaluations).where(where);
      const rows = await db
        .select({
          id: evaluations.id,
          state: evaluations.state,
          excludedWhy: evaluations.excludedWhy,
          title: contractTable.title,
          supplier: contractTable.supplierName,
          organizationId: evaluations.organizationId,
        })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .where(where)
        .orderBy(asc(evaluations.state), asc(contractTable.number))
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },

    /** Sets a contract apart, with a reason; it is not asked about any more. One that was submitted stays. */
    async exclude(staff: Person, id: string, why: string): Promise<string> {
      const [row] = await db
        .update(evaluations)
        .set({ state: 'excluded', excludedWhy: why })
        .where(and(eq(evaluations.id, id), eq(evaluations.state, 'open')))
        .returning({ campaign: evaluations.campaignId });
      if (!row) throw notFound();
      await audit.record(db, staff, 'evaluation.exclude', id);
      return row.campaign;
    },
  };
}

export type Campaigns = ReturnType<typeof buildCampaigns>;

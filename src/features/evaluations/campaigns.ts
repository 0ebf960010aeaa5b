import { and, asc, count, desc, eq, gt, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import { brokerDate } from '../../core/business-days.ts';
import { asDate, type Clock } from '../../core/clock.ts';
import { CourtierError, notFound } from '../../core/errors.ts';
import { type Id, newId } from '../../core/id.ts';
import type { Audience, Db, Deliveries, Queue, Tx } from '../../core/ports.ts';
import { revisedRows } from '../../core/revised.ts';
import { serialize } from '../../core/serialize.ts';
import type { Person } from '../../core/turn.ts';
import { contractTable, followerTable } from '../contracts/index.ts';
import type { Audit } from '../people/index.ts';
import { ask, endingYears, wouldAsk } from './asking.ts';
import type { Forms } from './form.ts';
import { type CampaignEvent, campaignAfter } from './states.ts';
import { campaigns, evaluations, sections } from './tables.ts';

export type Campaign = typeof campaigns.$inferSelect;

/** A step by somebody who saw the current card, or an older one. */
export type Outcome = { readonly kind: 'done' | 'stale'; readonly campaign: Campaign };

export interface CampaignParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly queue: Queue;
  readonly forms: Forms;
}

/** The job that opens, reminds and closes what is due: every hour, and at once when staff change a campaign. */
export const TICK = 'evaluations.tick';

/** A campaign that staff want. */
export interface Wanted {
  readonly kind: 'window' | 'anniversary';
  readonly name: string;
  readonly opensOn: string;
  readonly closesOn: string;
}

/** Whom it would reach, if it were started now. */
export interface Preview extends Wanted {
  readonly opened: boolean;
  readonly contracts: number;
  readonly people: number;
}

/** How many contracts, by where their evaluation stands. */
export interface Participation {
  /** Without an answer; the late ones are among them, and those that nobody can be reached for. */
  readonly open: number;
  readonly late: number;
  readonly unreachable: number;
  readonly submitted: number;
  readonly excluded: number;
  /** Those whose day has not come. */
  readonly coming: number;
}

/** What the staff may list of a campaign. */
export const LISTS = ['all', 'open', 'late', 'unreachable', 'submitted'] as const;
export type List = (typeof LISTS)[number];

/** Those who are reminded together. */
export interface Cohort {
  readonly opensOn: string;
  readonly closesOn: string;
}

const LONGEST_DAYS = { window: 180, anniversary: 366 } as const;
/** Days after the end of a year when its final evaluations are no longer taken. */
const FINAL_DAYS = 180;
/** Late answers are taken, and the staff told, before a campaign closes by itself. */
const CLOSED_AFTER_DAYS = 7;

export const campaignKey = (id: string): string => `campaign:${id}`;

/** Those who answered, in part or in full, what was submitted. */
const contributorsAudience = (id: string): Audience => sql`
  select distinct s.tenant_id, s.object_id, '' as conversation_id from ${sections} s
  join ${evaluations} e on e.id = s.evaluation_id
  where e.campaign_id = ${id}::uuid and e.state = 'submitted' and s.object_id <> ''`;

/** The campaigns of evaluations: every active contract, each year (guide 4.9). */
export function buildCampaigns({ db, clock, audit, deliveries, queue, forms }: CampaignParts) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now());

  const rows = revisedRows(campaigns, clock);

  /** Changes a campaign that is still as it was seen. */
  async function change(
    staff: Person,
    id: string,
    revision: number,
    event: CampaignEvent,
    set: (row: Campaign) => Partial<typeof campaigns.$inferInsert> = () => ({}),
    then: (tx: Tx, row: Campaign) => Promise<unknown> = async () => {},
  ): Promise<Outcome> {
    const { kind, row: campaign } = await db.transaction((tx) =>
      rows.change(tx, id, revision, async (row) => {
        const state = campaignAfter(row.state, event);
        if (!state) return undefined;
        const changed = await rows.write(tx, row, { ...set(row), state });
        await then(tx, changed);
        await queue.enqueue(tx, TICK, {});
        await audit.record(tx, staff, `campaign.${event}`, id);
        return changed;
      }),
    );
    return { kind, campaign };
  }

  /** The campaign of the contracts that end in a year: one, whoever opens it at the same time. */
  const openFinal = (year: number): Promise<void> =>
    db.transaction(async (tx) => {
      await serialize(tx, 'campaign', 'final', String(year));
      const [held] = await tx
        .select({ id: campaigns.id })
        .from(campaigns)
        .where(and(eq(campaigns.kind, 'final'), eq(campaigns.year, year)));
      if (held) return;
      await tx.insert(campaigns).values({
        id: newId(),
        ...fresh(),
        kind: 'final',
        name: `Contrats qui se terminent en ${year}`,
        year,
        state: 'open',
        opensOn: today().toString(),
        closesOn: Temporal.PlainDate.from({ year, month: 12, day: 31 }).add({ days: FINAL_DAYS }).toString(),
      });
    });

  const open = (): Promise<Campaign[]> => db.select().from(campaigns).where(eq(campaigns.state, 'open'));

  const fresh = () => ({ form: forms.latest.id, createdAt: now(), updatedAt: now() });

  /** Refuses dates that a campaign cannot have; its year, and whether it opens at once. */
  function checked({ kind, opensOn, closesOn }: Wanted): { year: number; opened: boolean } {
    const opens = Temporal.PlainDate.from(opensOn);
    const { days } = opens.until(closesOn, { largestUnit: 'days' });
    const most = LONGEST_DAYS[kind];
    if (Temporal.PlainDate.compare(opens, today()) < 0)
      throw new CourtierError('refused', 'La campagne s’ouvre aujourd’hui ou plus tard.');
    if (days < 1 || days > most)
      throw new CourtierError('refused', `Une campagne de cette sorte dure de 1 à ${most} jours.`);
    return { year: opens.year, opened: Temporal.PlainDate.compare(opens, today()) === 0 };
  }

  /** Which evaluations are in a list of the staff's. */
  function listed(list: List): SQL[] {
    const day = today().toString();
    const waiting = [eq(evaluations.state, 'open'), lte(evaluations.opensOn, day)];
    switch (list) {
      case 'all':
        return [];
      case 'open':
        return waiting;
      case 'late':
        return [...waiting, lt(evaluations.closesOn, day)];
      case 'submitted':
        return [eq(evaluations.state, 'submitted')];
      case 'unreachable':
        return [
          ...waiting,
          sql`not exists (select 1 from ${followerTable} f join (${deliveries.people}) p
            on p.tenant_id = f.tenant_id and p.object_id = f.object_id
            where f.contract_id = ${evaluations.contractId})`,
        ];
    }
  }

  /** Nobody is reminded any more; those who answered are thanked. */
  async function ended(tx: Tx, { id }: Campaign): Promise<void> {
    await deliveries.cancel(tx, campaignKey(id));
    await deliveries.address(
      tx,
      {
        kind: 'evaluations.thanks',
        key: `${campaignKey(id)}:thanks`,
        about: `thanks:${id}`,
        subject: { campaign: id },
      },
      contributorsAudience(id),
    );
  }

  return {
    find: (id: string): Promise<Campaign> => rows.find(db, id),

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
      const n = (...conditions: (SQL | undefined)[]) =>
        sql<number>`count(*) filter (where ${and(...conditions)})`.mapWith(Number);
      const [row] = await db
        .select({
          open: n(...listed('open')),
          late: n(...listed('late')),
          unreachable: n(...listed('unreachable')),
          submitted: n(...listed('submitted')),
          excluded: n(eq(evaluations.state, 'excluded')),
          coming: n(eq(evaluations.state, 'open'), gt(evaluations.opensOn, today().toString())),
        })
        .from(evaluations)
        .where(eq(evaluations.campaignId, id));
      if (!row) throw new Error('nothing counted');
      return row;
    },

    /** What a campaign would do, before it is started. */
    async prepare(wanted: Wanted): Promise<Preview> {
      const { year, opened } = checked(wanted);
      return { ...wanted, opened, ...(await wouldAsk(db, { ...wanted, year }, today())) };
    },

    /** Starts a campaign, now or on a day to come. The same effect twice is one campaign. */
    start: (staff: Person, wanted: Wanted, effect: Id): Promise<Campaign> =>
      db.transaction(async (tx) => {
        // Looked for before it is written: a number that was taken for nothing would be missing.
        await serialize(tx, 'campaign', effect);
        const [known] = await tx.select().from(campaigns).where(eq(campaigns.id, effect));
        if (known) return known;
        const { year, opened } = checked(wanted);
        const [row] = await tx
          .insert(campaigns)
          .values({ id: effect, ...fresh(), ...wanted, year, state: opened ? 'open' : 'planned' })
          .returning();
        if (!row) throw new Error('campaign not written');
        if (opened) {
          await ask(tx, row, today(), now());
          await queue.enqueue(tx, TICK, {});
        }
        await audit.record(tx, staff, 'campaign.start', row.id);
        return row;
      }),

    /** Nobody is reminded, and nothing is lost. */
    pause: (staff: Person, id: string, revision: number) =>
      change(staff, id, revision, 'pause', undefined, (tx) => deliveries.cancel(tx, campaignKey(id))),
    /** Those who were to be reminded when it was paused still are, unless the next reminder is due. */
    resume: (staff: Person, id: string, revision: number) =>
      change(staff, id, revision, 'resume', undefined, (tx) => deliveries.revive(tx, campaignKey(id))),

    /** Ends the campaign: what was submitted stays. */
    close: (staff: Person, id: string, revision: number) =>
      change(staff, id, revision, 'close', undefined, ended),

    /**
     * Gives more time: to those who have not answered, and to those who want to change their answers. One by
     * anniversaries takes in those of the days that are added.
     */
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
        (tx, row) =>
          row.kind === 'window'
            ? tx.update(evaluations).set({ closesOn }).where(eq(evaluations.campaignId, row.id))
            : ask(tx, row, today(), now()),
      );
    },

    /**
     * Opens the campaigns whose day has come, that of the contracts that end among them, and asks about the contracts
     * that came to be concerned. It may run at any time.
     */
    async openDue(): Promise<void> {
      for (const year of await endingYears(db, today())) await openFinal(year);
      await db
        .update(campaigns)
        .set({ state: 'open', revision: sql`${campaigns.revision} + 1`, updatedAt: now() })
        .where(and(eq(campaigns.state, 'planned'), lte(campaigns.opensOn, today().toString())));
      for (const { id } of await open())
        await db.transaction(async (tx) => {
          const [row] = await tx.select().from(campaigns).where(eq(campaigns.id, id)).for('no key update');
          if (row?.state === 'open') await ask(tx, row, today(), now());
        });
    },

    /** Closes those that are over, once the staff were told who did not answer. */
    closeDue: (): Promise<void> =>
      db.transaction(async (tx) => {
        const before = today().subtract({ days: CLOSED_AFTER_DAYS }).toString();
        const closed = await tx
          .update(campaigns)
          .set({ state: 'closed', revision: sql`${campaigns.revision} + 1`, updatedAt: now() })
          .where(and(inArray(campaigns.state, ['open', 'paused']), lte(campaigns.closesOn, before)))
          .returning();
        for (const campaign of closed) await ended(tx, campaign);
      }),

    /** The campaigns that go on: whom to remind. */
    open,

    /** Those of a campaign who are reminded together, because their windows are the same. */
    cohorts: (id: string): Promise<Cohort[]> =>
      db
        .selectDistinct({ opensOn: evaluations.opensOn, closesOn: evaluations.closesOn })
        .from(evaluations)
        .where(
          and(
            eq(evaluations.campaignId, id),
            eq(evaluations.state, 'open'),
            lte(evaluations.opensOn, today().toString()),
          ),
        )
        .orderBy(asc(evaluations.closesOn)),

    /** A page of what a campaign asks about: those who have not answered first. */
    async asked(id: string, list: List, page: number, size: number) {
      const where = and(eq(evaluations.campaignId, id), ...listed(list));
      const [counted] = await db.select({ total: count() }).from(evaluations).where(where);
      const rows = await db
        .select({
          id: evaluations.id,
          state: evaluations.state,
          opensOn: evaluations.opensOn,
          closesOn: evaluations.closesOn,
          submittedAt: evaluations.submittedAt,
          excludedWhy: evaluations.excludedWhy,
          title: contractTable.title,
          supplier: contractTable.supplierName,
          organizationId: evaluations.organizationId,
          unreachable: sql<boolean>`${and(...listed('unreachable'))}`,
        })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .where(where)
        .orderBy(
          asc(sql`array_position(array['open', 'submitted', 'excluded'], ${evaluations.state})`),
          asc(evaluations.closesOn),
          asc(contractTable.number),
        )
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },

    /** Sets a contract apart, with a reason; it is not asked about any more. One that was submitted stays. */
    exclude: (staff: Person, id: string, why: string): Promise<string> =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(evaluations).where(eq(evaluations.id, id)).for('no key update');
        if (!row || row.state === 'submitted') throw notFound();
        if (row.state === 'excluded') return row.campaignId;
        await tx
          .update(evaluations)
          .set({ state: 'excluded', excludedWhy: why })
          .where(eq(evaluations.id, id));
        await audit.record(tx, staff, 'evaluation.exclude', id);
        return row.campaignId;
      }),
  };
}

export type Campaigns = ReturnType<typeof buildCampaigns>;

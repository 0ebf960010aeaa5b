import { createHash } from 'node:crypto';
import { and, eq, lt, sql } from 'drizzle-orm';
import type { Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { House } from '../../../../core/manifest.ts';
import { personKeyOf } from '../../../../core/people/person-key.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries, Notice } from '../../../../core/ports/delivery.ts';
import type { Quota, Told } from '../../../../core/routes/quota.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { staffAudience } from '../../organizations/store/audience.ts';
import type { Belonging } from '../../organizations/store/belonging.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { quotaCounts } from '../../tables.ts';
import { refusalText, type Scope } from '../texts.ts';

export interface QuotaParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly belonging: Belonging;
  /** What may be done how often, by the name of the act. */
  readonly quotas: House['quotas'];
  /** What the deployer makes of the figures: 100 leaves them as they are. */
  readonly percent: number;
}

/** Counts are of a day; they are kept some days longer, for the cards that tell of them. */
export const QUOTA_DAYS = 7;

/** Under which somebody is counted: not their id, so that what is left of the day when they erase themselves names nobody. */
const countedAs = (person: PersonKey): string =>
  createHash('sha256').update(personKeyOf(person)).digest('base64url');

const noticeOf = (kind: 'quota' | 'flood', key: string, subject: object): Notice => ({
  kind: `people.${kind}`,
  key: `${kind}:${key}`,
  about: `${kind}:${key}`,
  subject,
});

export type Quotas = ReturnType<typeof buildQuotas>;

/** How often people, bodies and tenants did something today: counted where it is written, with what is written. */
export function buildQuotas({ db, clock, deliveries, belonging, quotas, percent }: QuotaParts) {
  const today = () => brokerDate(clock.now());
  const mostOf = (figure: number): number => Math.ceil((figure * percent) / 100);

  /** One more of each, in this order for everybody; each count is held until the transaction ends. */
  async function count(tx: Tx, act: string, day: string, whose: readonly { scope: Scope; who: string }[]) {
    const rows = await tx
      .insert(quotaCounts)
      .values(whose.map((each) => ({ ...each, act, day, n: 1 })))
      .onConflictDoUpdate({
        target: [quotaCounts.act, quotaCounts.day, quotaCounts.scope, quotaCounts.who],
        set: { n: sql`${quotaCounts.n} + 1` },
      })
      .returning({ scope: quotaCounts.scope, n: quotaCounts.n });
    return new Map(rows.map(({ scope, n }) => [scope, n]));
  }

  /** Posts a card to the staff, or draws anew the one that is there. */
  async function tellStaff(tx: Tx, notice: Notice): Promise<void> {
    await deliveries.address(tx, notice, staffAudience(deliveries));
    await deliveries.redraw(tx, notice.key);
  }

  return {
    mostOf,

    /**
     * Counts an act that is being written, once what is there already was looked for. Beyond what a day takes it is
     * refused, and nothing of it is written. What is held by others is asked for before, so that nobody waits here with
     * a count in their hands.
     */
    async spend(tx: Tx, person: PersonKey, act: string): Promise<Told> {
      const quota = quotas().get(act);
      if (!quota) throw new Error(`no quota is declared for ${act}`);
      const day = today().toString();
      const them = { tenantId: person.tenantId, objectId: person.objectId };
      const body = await belonging.bodyOf(person, tx);
      const whose = [
        { scope: 'person' as const, who: countedAs(person) },
        ...(body ? [{ scope: 'body' as const, who: body.id }] : []),
        { scope: 'tenant' as const, who: person.tenantId },
      ];
      const counts = await count(tx, act, day, whose);
      for (const { scope, who } of whose) {
        const [n, most] = [counts.get(scope) ?? 0, mostOf(quota[scope])];
        if (n > most) throw new CourtierError('refused', refusalText(scope, quota, most));
        // The last that is taken: what comes after is refused, and would undo whatever it told.
        if (n === most)
          await tellStaff(
            tx,
            noticeOf('quota', `${day}:${scope}:${who}`, { day, scope, who, ...(scope === 'person' && them) }),
          );
      }
      if (!quota.told || (counts.get('person') ?? 0) <= quota.told.apart) return 'apart';
      const who = countedAs(person);
      await tellStaff(tx, noticeOf('flood', `${day}:${act}:${who}`, { day, act, who, ...them }));
      return 'together';
    },

    /** What was counted of somebody's day, by act. */
    async countsOf(day: string, scope: Scope, who: string): Promise<ReadonlyMap<string, number>> {
      const rows = await db
        .select({ act: quotaCounts.act, n: quotaCounts.n })
        .from(quotaCounts)
        .where(and(eq(quotaCounts.day, day), eq(quotaCounts.scope, scope), eq(quotaCounts.who, who)));
      return new Map(rows.map(({ act, n }) => [act, n]));
    },

    quotaOf: (act: string): Quota | undefined => quotas().get(act),

    heldOf: (person: PersonKey) =>
      db
        .select({ acte: quotaCounts.act, jour: quotaCounts.day, nombre: quotaCounts.n })
        .from(quotaCounts)
        .where(and(eq(quotaCounts.scope, 'person'), eq(quotaCounts.who, countedAs(person)))),

    /** Of the days before. That of today goes within a week: else to erase oneself would be to begin anew. */
    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx
        .delete(quotaCounts)
        .where(
          and(
            eq(quotaCounts.scope, 'person'),
            eq(quotaCounts.who, countedAs(person)),
            lt(quotaCounts.day, today().toString()),
          ),
        );
    },
  };
}

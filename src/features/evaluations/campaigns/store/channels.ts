import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Audience } from '../../../../core/ports/delivery.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Conversation, Person } from '../../../../core/turn.ts';
import { contractTable } from '../../../contracts/index.ts';
import type { Belonging } from '../../../people/index.ts';
import { signedOn } from '../../answering/store/signed-on.ts';
import type { Standings } from '../../answering/store/standings.ts';
import { campaigns, channels, evaluations } from '../../tables.ts';
import type { Cohort } from './campaign-calendar.ts';

/** What waits for an answer, as a channel may see it: no person. */
export interface Waiting {
  readonly id: string;
  readonly title: string;
  readonly supplier: string;
  readonly closesOn: string;
  /** Where it stands. */
  readonly sentence: string;
}

/** The channels of bodies whose contracts nobody evaluated yet. */
export const channelsAudience = (campaign: string, { opensOn, closesOn }: Cohort): Audience => sql`
  select distinct h.tenant_id, '' as object_id, h.conversation_id from ${channels} h
  join ${evaluations} e on e.organization_id = h.organization_id
  where e.campaign_id = ${campaign}::uuid and e.state = 'open' and e.opens_on = ${opensOn}::date
    and e.closes_on = ${closesOn}::date`;

export type EvaluationChannels = ReturnType<typeof buildEvaluationChannels>;

/** The channels that bodies designated for their reminders: a body's members do it for their own. */
export function buildEvaluationChannels(db: Db, clock: Clock, belonging: Belonging, standings: Standings) {
  const at = (conversation: string) => eq(channels.conversationId, conversation);

  return {
    /** The body whose reminders come to a channel. */
    async bodyOf(conversation: string): Promise<string | undefined> {
      const [row] = await db.select().from(channels).where(at(conversation));
      return row?.organizationId;
    },

    async designate(person: Person, { id, tenantId }: Conversation): Promise<void> {
      await db.transaction(async (tx) => {
        const body = await belonging.heldBodyOf(tx, person);
        if (!body)
          throw new CourtierError(
            'refused',
            'Votre organisation n’est pas encore confirmée. Écrivez « mon organisation » à Courtier.',
          );
        const row = { tenantId, organizationId: body.id, designatedAt: asDate(clock.now()) };
        await tx
          .insert(channels)
          .values({ conversationId: id, ...row })
          .onConflictDoNothing();
        const [held] = await tx.select().from(channels).where(at(id));
        if (held?.organizationId !== body.id)
          throw new CourtierError('refused', 'Ce canal reçoit déjà les rappels d’une autre organisation.');
      });
    },

    /** A member of the body that designated the channel ends it; to others it is unknown. */
    async stop(person: Person, { id }: Conversation): Promise<void> {
      await db.transaction(async (tx) => {
        const body = await belonging.heldBodyOf(tx, person);
        if (!body) throw notFound();
        const gone = await tx
          .delete(channels)
          .where(and(at(id), eq(channels.organizationId, body.id)))
          .returning();
        if (gone.length === 0) throw notFound();
      });
    },

    /** What the body of a channel has still to answer, the first due first. */
    async waiting(conversation: string): Promise<Waiting[]> {
      const today = brokerDate(clock.now()).toString();
      const rows = await db
        .select({
          evaluation: evaluations,
          campaign: campaigns.state,
          signedOn,
          title: contractTable.title,
          supplier: contractTable.supplierName,
        })
        .from(evaluations)
        .innerJoin(channels, eq(channels.organizationId, evaluations.organizationId))
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .innerJoin(campaigns, eq(campaigns.id, evaluations.campaignId))
        .where(
          and(
            at(conversation),
            eq(evaluations.state, 'open'),
            eq(campaigns.state, 'open'),
            lte(evaluations.opensOn, today),
          ),
        )
        .orderBy(asc(evaluations.closesOn), asc(contractTable.number));
      const where = await standings(rows);
      return rows.map(({ evaluation: { id, closesOn }, title, supplier }) => ({
        id,
        title,
        supplier,
        closesOn,
        sentence: where.get(id)?.sentence ?? '',
      }));
    },
  };
}

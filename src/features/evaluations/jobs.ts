import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { brokerDate } from '../../core/business-days.ts';
import { job, type NoticeRules, notice } from '../../core/feature.ts';
import { Id } from '../../core/id.ts';
import type { Audience, Db, Deliveries, Recipient } from '../../core/ports.ts';
import { count } from '../../core/text.ts';
import { followerTable } from '../contracts/index.ts';
import { membersOfAudience, staffAudience } from '../people/index.ts';
import { type Campaign, campaignKey } from './campaigns.ts';
import { campaignOf, type EvaluationServices, mine } from './handlers.ts';
import { dueMoment, MOMENTS, type Moment } from './schedule.ts';
import { Nothing } from './schema.ts';
import { evaluations } from './tables.ts';

export type JobServices = EvaluationServices & { readonly db: Db; readonly deliveries: Deliveries };

const OfMoment = z.strictObject({ campaign: Id, moment: z.enum(MOMENTS) });

/** Those who look after the contracts that nobody evaluated yet. */
const followersAudience = ({ id }: Campaign): Audience => sql`
  select distinct f.tenant_id, f.object_id, '' as conversation_id from ${followerTable} f
  join ${evaluations} e on e.contract_id = f.contract_id
  where e.campaign_id = ${id}::uuid and e.state = 'open'`;

/** The other members of the bodies of those contracts. */
const colleaguesAudience = ({ id }: Campaign): Audience =>
  membersOfAudience(sql`
    select e.organization_id from ${evaluations} e where e.campaign_id = ${id}::uuid and e.state = 'open'`);

const windowOf = ({ opensOn, closesOn }: Campaign) => ({
  opensOn: Temporal.PlainDate.from(opensOn),
  closesOn: Temporal.PlainDate.from(closesOn),
});

const rules: Omit<NoticeRules, 'kind'> = { policy: 'surely', hours: 'decent', pausable: true, priority: 1 };

/** What a reminder says, by its moment. */
function words(moment: Moment, pending: number): string {
  const left = count(pending, 'évaluation');
  switch (moment) {
    case 'opening':
      return `La campagne d’évaluation des fournisseurs est ouverte : ${left} à remplir.`;
    case 'members':
      return `Votre organisation a encore ${left} à remplir, et c’est le dernier jour.`;
    case 'day':
      return `Il reste un jour : ${left} à remplir.`;
    default:
      return `Rappel : ${left} à remplir.`;
  }
}

export const notices = [
  notice(
    { kind: 'evaluations.reminder', title: 'Évaluation d’un fournisseur', ...rules },
    OfMoment,
    async ({ campaign: id, moment }, recipient: Recipient, services: JobServices) => {
      const campaign = await services.campaigns.find(id).catch(() => undefined);
      if (campaign?.state !== 'open' || recipient.kind !== 'person') return undefined;
      // One that waited until the next is due is not sent beside it.
      if (dueMoment(windowOf(campaign), brokerDate(services.clock.now())) !== moment) return undefined;
      const pending = await services.evaluations.pending(recipient, id);
      return pending === 0 ? undefined : mine(recipient, 1, services, words(moment, pending));
    },
  ),
  notice(
    { kind: 'evaluations.late', ...rules, pausable: false },
    OfMoment,
    async ({ campaign: id }, _recipient: Recipient, services: JobServices) => {
      const campaign = await services.campaigns.find(id).catch(() => undefined);
      const { open } = await services.campaigns.participation(id);
      if (!campaign || open === 0) return undefined;
      return campaignOf(
        campaign,
        1,
        services,
        `${count(open, 'contrat')} sans réponse à la fin de la campagne.`,
      );
    },
  ),
];

/** Every hour: opens and closes what is due, and tells those whom it is time to tell. What was told stays told. */
export const tick = job(
  'evaluations.tick',
  Nothing,
  async (_input, { campaigns, deliveries, db, clock }: JobServices) => {
    await campaigns.openDue();
    for (const campaign of await campaigns.open()) {
      const moment = dueMoment(windowOf(campaign), brokerDate(clock.now()));
      if (!moment) continue;
      const staff = moment === 'staff';
      const audience = staff
        ? staffAudience(deliveries.channels)
        : moment === 'members'
          ? sql`${followersAudience(campaign)} union ${colleaguesAudience(campaign)}`
          : followersAudience(campaign);
      await deliveries.address(
        db,
        {
          kind: staff ? 'evaluations.late' : 'evaluations.reminder',
          key: `${campaignKey(campaign.id)}:${moment}:${campaign.closesOn}`,
          about: campaignKey(campaign.id),
          subject: { campaign: campaign.id, moment },
        },
        audience,
      );
    }
    await campaigns.closeDue();
  },
  { every: '25 * * * *' },
);

export const purge = job(
  'evaluations.purge',
  Nothing,
  (_input, { evaluations: service }: JobServices) => service.purge(),
  { every: '25 8 * * *' },
);

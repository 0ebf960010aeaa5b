import { z } from 'zod';
import { frenchDay } from '../../../core/clock.ts';
import { Id } from '../../../core/id.ts';
import type { Db } from '../../../core/ports/db.ts';
import type { Deliveries, Recipient } from '../../../core/ports/delivery.ts';
import { job } from '../../../core/routes/jobs.ts';
import { type NoticeRules, notice, teamNotice } from '../../../core/routes/notices.ts';
import { count } from '../../../core/text/text.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import { dueText } from '../../../core/time/due.ts';
import { END_MOVED } from '../../contracts/index.ts';
import { staffAudience } from '../../people/index.ts';
import { evaluationOf } from '../answering/screens/evaluation.ts';
import { myEvaluations } from '../answering/screens/list.ts';
import { nameOf, type ResultServices } from '../results/screens/actions.ts';
import { thanksCard } from '../results/screens/thanks.ts';
import { Nothing } from '../screens/schema.ts';
import type { EvaluationServices } from '../screens/services.ts';
import { closingDue, dueMoment, MOMENTS, type Moment } from './rules/schedule.ts';
import type { CampaignKind } from './rules/states.ts';
import { campaignOf, type StaffServices } from './screens/actions.ts';
import { channelCard } from './screens/channel.ts';
import type { Cohort } from './store/campaign-calendar.ts';
import { type Campaign, campaignKey, TICK } from './store/campaign-records.ts';
import { channelsAudience } from './store/channels.ts';

export type JobServices = EvaluationServices &
  StaffServices &
  ResultServices & { readonly db: Db; readonly deliveries: Deliveries };

const OfEvaluation = z.strictObject({ evaluation: Id });
const OfCampaign = z.strictObject({ campaign: Id });
const OfMoment = z.strictObject({
  campaign: Id,
  moment: z.enum(MOMENTS),
  opensOn: z.iso.date(),
  closesOn: z.iso.date(),
});
const WEEK_DAYS = 7;

const momentNow = (
  kind: CampaignKind,
  { opensOn, closesOn }: Cohort,
  { clock, catalogue }: JobServices,
): Moment | undefined =>
  dueMoment(
    kind,
    { opensOn: Temporal.PlainDate.from(opensOn), closesOn: Temporal.PlainDate.from(closesOn) },
    brokerDate(clock.now()),
    catalogue.days,
  );

const rules: Omit<NoticeRules, 'kind'> = { policy: 'surely', hours: 'decent', pausable: true, priority: 1 };

/** What a reminder says in a channel, by its moment. */
function words(kind: CampaignKind, moment: Moment, pending: number, closesOn: string): string {
  const left = count(pending, 'évaluation');
  const by = `${dueText(closingDue(closesOn))}.`;
  if (moment !== 'opening') return `Rappel : ${left} à remplir. ${by}`;
  return kind === 'final'
    ? `Un contrat se termine : il reste ${left} de fin de contrat à remplir (guide, section 4.10). ${by}`
    : `Le Courtier demande votre avis sur vos fournisseurs : ${left} à remplir. ${by}`;
}

/** What whoever was told another last day is told. */
const movedWords = (name: string, closesOn: string): string =>
  `Le Courtier a changé le dernier jour de la campagne « ${name} » : c’est maintenant le ${frenchDay(closesOn)}.`;

/** Of one evaluation. */
const ofOne = [
  notice(
    { kind: 'evaluations.opened', policy: 'surely', hours: 'any', pausable: false, priority: 0 },
    OfEvaluation,
    async ({ evaluation }, recipient: Recipient, services: JobServices) =>
      recipient.kind === 'person'
        ? evaluationOf({ person: recipient }, { evaluation, whole: false }, services, '').catch(
            () => undefined,
          )
        : undefined,
  ),
  // Each was a card of its own in the release before: what it left in the ledger is said in the card of the day.
  ...['evaluations.ready', 'evaluations.became', 'evaluations.apart'].map((kind) =>
    notice({ kind, ...rules }, z.looseObject({}), async () => undefined),
  ),
];

export const notices = [
  ...ofOne,
  notice(
    { kind: 'evaluations.reminder', ...rules },
    OfMoment,
    async ({ campaign: id, moment, ...cohort }, recipient: Recipient, services: JobServices) => {
      // People are reminded by their card of the day: what the release before left for them is not sent beside it.
      if (recipient.kind !== 'conversation') return undefined;
      const { campaigns, evaluationChannels: channels } = services;
      const campaign = await campaigns.findCampaign(id).catch(() => undefined);
      if (campaign?.state !== 'open') return undefined;
      // One that waited until the next is due is not sent beside it; nor is one for a window that was moved.
      if (momentNow(campaign.kind, cohort, services) !== moment) return undefined;
      const waiting = await channels.waiting(recipient.conversationId);
      const { length } = waiting.filter(({ closesOn }) => closesOn === cohort.closesOn);
      return length === 0
        ? undefined
        : channelCard(true, waiting, words(campaign.kind, moment, length, cohort.closesOn));
    },
  ),
  notice(
    { kind: 'evaluations.moved', ...rules, pausable: false },
    z.strictObject({ campaign: Id, closesOn: z.iso.date() }),
    async ({ campaign: id, closesOn }, recipient: Recipient, services: JobServices) => {
      const campaign = await services.campaigns.findCampaign(id).catch(() => undefined);
      // One that was moved again is told by the next notice.
      if (campaign?.state !== 'open' || campaign.closesOn !== closesOn) return undefined;
      const words = movedWords(campaign.name, closesOn);
      if (recipient.kind === 'person')
        return (await services.evaluations.isAskedUntil(recipient, id, closesOn))
          ? myEvaluations(recipient, 1, services, words)
          : undefined;
      const waiting = await services.evaluationChannels.waiting(recipient.conversationId);
      return waiting.some((each) => each.closesOn === closesOn)
        ? channelCard(true, waiting, words)
        : undefined;
    },
  ),
  teamNotice(
    { kind: 'evaluations.late', ...rules, pausable: false },
    OfCampaign,
    async ({ campaign: id }, _recipient: Recipient, services: JobServices) => {
      const campaign = await services.campaigns.findCampaign(id).catch(() => undefined);
      const { late } = await services.campaigns.participation(id);
      if (!campaign || late === 0) return undefined;
      return campaignOf(
        campaign,
        'late',
        1,
        services,
        `${count(late, 'évaluation')} sans réponse, repère passé.`,
      );
    },
  ),
  notice(
    { kind: 'evaluations.thanks', ...rules, priority: 2 },
    OfCampaign,
    async ({ campaign }, recipient: Recipient, services: JobServices) => {
      if (recipient.kind !== 'person') return undefined;
      const standings = await services.results.evaluatedBy(recipient, campaign);
      const shown = await Promise.all(
        standings.map(async (standing) => ({
          name: await nameOf(standing.supplier, services),
          overall: await services.results.ofCampaign(campaign, standing),
        })),
      );
      return shown.length === 0 ? undefined : thanksCard(shown);
    },
  ),
];

/** Every hour: opens and closes what is due, and tells those whom it is time to tell. What was told stays told. */
export const tick = job(
  TICK,
  Nothing,
  async (_input, services: JobServices) => {
    await services.campaigns.openDue();
    for (const campaign of await services.campaigns.open()) {
      const cohorts = await services.campaigns.cohorts(campaign.id);
      for (const cohort of cohorts) await remind(campaign, cohort, services);
      if (campaign.kind !== 'window') await tellLate(campaign, cohorts, services);
    }
    await services.campaigns.closeDue();
  },
  { every: '25 * * * *' },
);

/** A contract was terminated or corrected, or its end was amended. */
export const followEnd = job(
  'evaluations.followEnd',
  z.strictObject({ contract: Id }),
  ({ contract }, { campaigns }: JobServices) => campaigns.followContract(contract),
  { on: END_MOVED },
);

async function remind({ id, kind }: Campaign, cohort: Cohort, services: JobServices): Promise<void> {
  const { deliveries, db } = services;
  const moment = momentNow(kind, cohort, services);
  if (moment === 'staff') return tell(id, cohort.closesOn, services);
  if (!moment) return;
  await db.transaction((tx) =>
    deliveries.address(
      tx,
      {
        kind: 'evaluations.reminder',
        key: `${campaignKey(id)}:${moment}:${cohort.opensOn}:${cohort.closesOn}`,
        about: campaignKey(id),
        subject: { campaign: id, moment, ...cohort },
      },
      channelsAudience(id, cohort),
    ),
  );
}

/** Once a week, of what came to be late during the week before. */
async function tellLate({ id }: Campaign, cohorts: readonly Cohort[], services: JobServices): Promise<void> {
  const today = brokerDate(services.clock.now());
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const from = monday.subtract({ days: WEEK_DAYS }).toString();
  if (cohorts.some(({ closesOn }) => closesOn >= from && closesOn < monday.toString()))
    await tell(id, monday.toString(), services);
}

const tell = (id: string, when: string, { deliveries, db }: JobServices): Promise<void> =>
  db.transaction((tx) =>
    deliveries.address(
      tx,
      {
        kind: 'evaluations.late',
        key: `${campaignKey(id)}:late:${when}`,
        about: campaignKey(id),
        subject: { campaign: id },
      },
      staffAudience(deliveries),
    ),
  );

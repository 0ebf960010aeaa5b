import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { type Draw, draws, redraws } from '../../../../core/cards/redraw.ts';
import { type Clock, frenchDay } from '../../../../core/clock.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import type { Evaluations } from '../../answering/store/evaluations.ts';
import * as schema from '../../screens/schema.ts';
import { mayEnd, mayReopen } from '../rules/ending.ts';
import type { Campaign, CampaignOutcome } from '../store/campaign-records.ts';
import type { Campaigns } from '../store/campaigns.ts';
import type { List } from '../store/participation.ts';
import * as cards from './cards.ts';
import { type ScopeServices, scopeOf, scopeTyped, scopeWords, supplierChoices } from './scope.ts';

export interface StaffServices extends ScopeServices {
  readonly campaigns: Campaigns;
  readonly catalogue: Pick<CatalogueService, 'days'>;
  readonly clock: Clock;
  readonly evaluations: Pick<Evaluations, 'standings'>;
}

const CHANGED = 'La campagne a changé entre-temps. Voici où elle en est.';

async function campaignList(wanted: number, services: StaffServices, notice = '') {
  const { campaigns, catalogue, clock } = services;
  const [{ rows, page, total }, suppliers] = await Promise.all([
    campaigns.campaignsPage(wanted, cards.PAGE),
    supplierChoices(services),
  ]);
  return cards.campaignsCard(rows, total, page, brokerDate(clock.now()), catalogue.days, suppliers, notice);
}

export async function openCampaigns(turn: MessageTurn, services: StaffServices): Promise<void> {
  await turn.reply(await campaignList(1, services));
}

export const listCampaigns = action(
  'evaluations.campaigns',
  schema.Page,
  draws((_turn, { page }, services: StaffServices) => campaignList(page, services)),
  'staff',
);

/** A campaign, and a page of one of its lists. */
export async function campaignOf(
  campaign: Campaign,
  list: List,
  wanted: number,
  services: StaffServices,
  notice = '',
) {
  const { campaigns, evaluations, organizations, catalogue, clock } = services;
  const participation = await campaigns.participation(campaign.id);
  const { rows, page, total } = await campaigns.asked(campaign.id, list, wanted, cards.PAGE);
  const names = await organizations.namesOf(
    rows.flatMap(({ evaluation }) => evaluation.organizationId ?? []),
  );
  const where = await evaluations.standings(rows);
  const asked = rows.map(({ evaluation, title, supplier, unreachable, silent }) => ({
    id: evaluation.id,
    title,
    supplier,
    organization: names.get(evaluation.organizationId ?? '') ?? '',
    unreachable,
    silent,
    standing: where.get(evaluation.id),
    apartBy: evaluation.apartBy,
    excludable: evaluation.state === 'open',
  }));
  const today = brokerDate(clock.now());
  return cards.campaignCard(
    campaign,
    participation,
    {
      ...{ list, asked, total, page },
      extended: cards.laterDay(campaign.closesOn, today, catalogue.days),
      closable: campaign.state !== 'closed' && mayEnd(campaign, today),
      reopenable: campaign.state === 'closed' && mayReopen(campaign, today),
      scope: await scopeWords(campaign.scope, services),
      silent: campaign.state === 'open' ? await campaigns.silentToRemind(campaign.id) : 0,
    },
    notice,
  );
}

export const openCampaign = action(
  'evaluations.campaign',
  schema.Campaign,
  draws(async (_turn, { campaign, list, page }, services: StaffServices) =>
    campaignOf(await services.campaigns.findCampaign(campaign), list, page, services),
  ),
  'staff',
);

export const prepare = action(
  'evaluations.prepare',
  schema.Start,
  draws(async (_turn, { name, kind, opensOn, closesOn, ...typed }, services: StaffServices) => {
    const scope = await scopeOf(typed, services);
    return cards.confirmCard(await services.campaigns.prepare({ name, kind, opensOn, closesOn, scope }), {
      lines: await scopeWords(scope, services),
      typed: await scopeTyped(scope, services),
      suppliers: await supplierChoices(services),
    });
  }),
  'staff',
);

/** The list and the page from which something was pressed: they come back. */
type InCampaign = Pick<schema.Campaign, 'list' | 'page'>;

/** A campaign after a step: whoever pressed an old card is told so. */
const stepped: Draw<StaffServices, InCampaign, CampaignOutcome> = (
  _turn,
  { list, page },
  services,
  word,
  { kind, campaign },
) => campaignOf(campaign, list, page, services, kind === 'stale' ? CHANGED : word);

const done = (campaign: Campaign): CampaignOutcome => ({ kind: 'done', campaign });

export const start = creating(
  'evaluations.start',
  {
    noun: ['campagne', 'campagnes'],
    person: 60,
    body: 100,
    tenant: 200,
    why: 'One a year, and what a mistake takes to be made good.',
  },
  schema.Agreed,
  redraws(
    async ({ person, effect }, wanted, { campaigns }: StaffServices) =>
      done(await campaigns.start(person, wanted, effect)),
    (_turn, _input, services, word, { campaign }) => campaignOf(campaign, 'all', 1, services, word),
    ({ campaign }) =>
      campaign.state === 'open' ? 'La campagne est ouverte.' : 'La campagne s’ouvrira à sa date.',
  ),
  'staff',
);

const step = (
  verb: string,
  name: 'pause' | 'resume' | 'close' | 'reopen',
  word: string | ((outcome: CampaignOutcome) => string),
) =>
  action(
    verb,
    schema.Seen,
    redraws(
      ({ person }, { campaign, revision }, { campaigns }) => campaigns[name](person, campaign, revision),
      stepped,
      word,
    ),
    'staff',
  );

export const pause = step(
  'evaluations.pause',
  'pause',
  'La campagne est en pause : aucun rappel ne part et personne ne peut répondre. Les réponses sont gardées.',
);
export const resume = step('evaluations.resume', 'resume', 'La campagne reprend.');
export const close = step(
  'evaluations.close',
  'close',
  'La campagne est terminée. Ceux qui ont répondu recevront nos remerciements et l’ensemble des résultats.',
);
export const reopen = step('evaluations.reopen', 'reopen', ({ campaign }) =>
  campaign.state === 'planned'
    ? 'La campagne est rouverte : elle s’ouvrira à sa date.'
    : 'La campagne est rouverte. Les rappels reprennent ; ce qui a déjà été envoyé ne part pas de nouveau.',
);

const MOVED = 'La campagne a changé entre-temps : rien n’est changé. Voici où elle en est.';

/** What somebody who moved the last day is told. */
function movedText({ campaign: { kind, closesOn, state } }: CampaignOutcome): string {
  const told =
    kind === 'window'
      ? ` Ceux à qui l’ancienne date a été dite en sont avisés${state === 'paused' ? ' à la reprise' : ''}.`
      : '';
  return `La campagne finit maintenant le ${frenchDay(closesOn)}.${told}`;
}

export const extend = forgiving(
  comesBack(schema.Campaign, async (_turn, { campaign, list, page }, services: StaffServices) =>
    campaignOf(await services.campaigns.findCampaign(campaign), list, page, services),
  ),
  action(
    'evaluations.extend',
    schema.MovedEnd,
    redraws(
      async ({ person }, { campaign, revision, closesOn, sure }, { campaigns }: StaffServices) =>
        unlessStale(await campaigns.moveEnd(person, campaign, revision, closesOn, sure === 'yes'), MOVED),
      stepped,
      movedText,
    ),
    'staff',
  ),
);

export const exclude = action(
  'evaluations.exclude',
  schema.Exclude,
  redraws(
    async ({ person }, { apart, why }, { campaigns }) => {
      const { campaign, count } = await campaigns.exclude(person, apart, why);
      return { ...done(await campaigns.findCampaign(campaign)), count };
    },
    stepped,
    ({ count }) =>
      count === 1
        ? 'Ce contrat est mis de côté. Ceux qui le suivent en sont avisés.'
        : `${count} contrats sont mis de côté. Ceux qui les suivent en sont avisés.`,
  ),
  'staff',
);

export const include = action(
  'evaluations.include',
  schema.Include,
  redraws(
    async ({ person }, { evaluation }, { campaigns }) => {
      const { campaign, asked } = await campaigns.include(person, evaluation);
      return { ...done(await campaigns.findCampaign(campaign)), asked };
    },
    stepped,
    ({ asked }) =>
      asked
        ? 'Ce contrat est repris. Ceux qui le suivent en sont avisés.'
        : 'Ce contrat n’est plus mis de côté, mais il ne demande plus cette évaluation : ses dates ou ses renseignements ont changé entre-temps.',
  ),
  'staff',
);

import { brokerDate } from '../../../../core/business-days.ts';
import type { Clock } from '../../../../core/clock.ts';
import { action, creating } from '../../../../core/feature.ts';
import type { ActionTurn, MessageTurn } from '../../../../core/turn.ts';
import type { Organizations } from '../../../people/index.ts';
import * as schema from '../../screens/schema.ts';
import type { Campaign, Outcome } from '../store/campaign-records.ts';
import type { Campaigns } from '../store/campaigns.ts';
import type { List } from '../store/participation.ts';
import * as cards from './cards.ts';

export interface StaffServices {
  readonly campaigns: Campaigns;
  readonly clock: Clock;
  readonly organizations: Organizations;
}

const CHANGED = 'La campagne a changé entre-temps. Voici où elle en est.';

async function campaignList(page: number, { campaigns, clock }: StaffServices, notice = '') {
  const { rows, total } = await campaigns.page(page, cards.PAGE);
  const shown = await Promise.all(
    rows.map(async (campaign) => ({ campaign, participation: await campaigns.participation(campaign.id) })),
  );
  return cards.campaignsCard(shown, total, page, brokerDate(clock.now()), notice);
}

export async function openCampaigns(turn: MessageTurn, services: StaffServices): Promise<void> {
  await turn.reply(await campaignList(1, services));
}

export const listCampaigns = action(
  'evaluations.campaigns',
  schema.Page,
  async (turn, { page }, services: StaffServices) => turn.update(await campaignList(page, services)),
  'staff',
);

/** A campaign, and a page of one of its lists. */
export async function campaignOf(
  campaign: Campaign,
  list: List,
  page: number,
  { campaigns, organizations, clock }: StaffServices,
  notice = '',
) {
  const participation = await campaigns.participation(campaign.id);
  const { rows, total } = await campaigns.asked(campaign.id, list, page, cards.PAGE);
  const names = new Map((await organizations.all()).map(({ id, name }) => [id, name]));
  const asked = rows.map((row) => ({ ...row, organization: names.get(row.organizationId ?? '') ?? '' }));
  const today = brokerDate(clock.now()).toString();
  return cards.campaignCard(campaign, participation, { list, asked, total, page, today }, notice);
}

export const openCampaign = action(
  'evaluations.campaign',
  schema.Campaign,
  async (turn, { campaign, list, page }, services: StaffServices) =>
    turn.update(await campaignOf(await services.campaigns.findCampaign(campaign), list, page, services)),
  'staff',
);

export const prepare = action(
  'evaluations.prepare',
  schema.Start,
  async (turn, wanted, { campaigns }: StaffServices) =>
    turn.update(cards.confirmCard(await campaigns.prepare(wanted))),
  'staff',
);

export const start = creating(
  'evaluations.start',
  schema.Agreed,
  async (turn, wanted, services: StaffServices) => {
    const campaign = await services.campaigns.start(turn.person, wanted, turn.effect);
    turn.update(
      await campaignOf(
        campaign,
        'all',
        1,
        services,
        campaign.state === 'open' ? 'La campagne est ouverte.' : 'La campagne s’ouvrira à sa date.',
      ),
    );
  },
  'staff',
);

const changed = async (
  turn: ActionTurn,
  { kind, campaign }: Outcome,
  services: StaffServices,
  done: string,
) => turn.update(await campaignOf(campaign, 'all', 1, services, kind === 'stale' ? CHANGED : done));

const step = (verb: string, name: 'pause' | 'resume' | 'close', done: string) =>
  action(
    verb,
    schema.Seen,
    async (turn, { campaign, revision }, services: StaffServices) =>
      changed(turn, await services.campaigns[name](turn.person, campaign, revision), services, done),
    'staff',
  );

export const pause = step('evaluations.pause', 'pause', 'La campagne est en pause : aucun rappel ne part.');
export const resume = step('evaluations.resume', 'resume', 'La campagne reprend.');
export const close = step(
  'evaluations.close',
  'close',
  'La campagne est terminée. Ceux qui ont répondu recevront nos remerciements et l’ensemble des résultats.',
);

export const extend = action(
  'evaluations.extend',
  schema.Extend,
  async (turn, { campaign, revision, closesOn }, services: StaffServices) =>
    changed(
      turn,
      await services.campaigns.extend(turn.person, campaign, revision, closesOn),
      services,
      'La campagne est prolongée.',
    ),
  'staff',
);

export const exclude = action(
  'evaluations.exclude',
  schema.Exclude,
  async (turn, { evaluation, why }, services: StaffServices) => {
    const campaign = await services.campaigns.exclude(turn.person, evaluation, why);
    turn.update(
      await campaignOf(
        await services.campaigns.findCampaign(campaign),
        'all',
        1,
        services,
        'Ce contrat est mis de côté.',
      ),
    );
  },
  'staff',
);

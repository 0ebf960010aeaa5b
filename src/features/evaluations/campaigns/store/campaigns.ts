import { buildCampaignCalendar } from './campaign-calendar.ts';
import { buildCampaignRecords, type CampaignParts } from './campaign-records.ts';
import { buildCampaignSteps } from './campaign-steps.ts';
import { buildMany } from './many.ts';
import { buildParticipation } from './participation.ts';
import { buildSettingApart } from './setting-apart.ts';

/** The campaigns of evaluations: every active contract, each year (guide 4.9). */
export function buildCampaigns(parts: CampaignParts) {
  const records = buildCampaignRecords(parts);
  return {
    findCampaign: (id: string) => records.findCampaign(id),
    ...buildParticipation(parts),
    ...buildCampaignSteps(parts, records),
    ...buildSettingApart(parts),
    ...buildMany(parts),
    ...buildCampaignCalendar(parts),
  };
}

export type Campaigns = ReturnType<typeof buildCampaigns>;

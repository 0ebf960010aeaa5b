/**
 * When contracts are asked about: all in one `window` that staff chose, each on the `anniversary` of its signature
 * (guide 4.9), or at its end where the RCTI asks for it (`final`, guide 4.10).
 */
export const CAMPAIGN_KINDS = ['window', 'anniversary', 'final'] as const;
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number];

export const CAMPAIGN_STATES = ['planned', 'open', 'paused', 'closed'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];
export type CampaignEvent = 'open' | 'pause' | 'resume' | 'close' | 'reopen' | 'extend' | 'shorten';

const CAMPAIGNS: Readonly<Record<CampaignState, Partial<Record<CampaignEvent, CampaignState>>>> = {
  planned: { open: 'open', close: 'closed' },
  open: { pause: 'paused', close: 'closed', extend: 'open', shorten: 'open' },
  paused: { resume: 'open', close: 'closed', extend: 'paused', shorten: 'paused' },
  closed: { reopen: 'open' },
};

/** The state of a campaign after an event; undefined when the event does not apply. */
export const campaignAfter = (state: CampaignState, event: CampaignEvent): CampaignState | undefined =>
  CAMPAIGNS[state][event];

/** `open`: nothing submitted. `excluded`: staff set it apart, with a reason. */
export const EVALUATION_STATES = ['open', 'submitted', 'excluded'] as const;
export type EvaluationState = (typeof EVALUATION_STATES)[number];

/** Who set an evaluation apart: the broker's staff, or its body, to which article 79 does not apply (guide 4.10). */
export const APART_BY = ['broker', 'body'] as const;
export type ApartBy = (typeof APART_BY)[number];

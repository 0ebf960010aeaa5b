import type { CampaignKind } from './states.ts';

/** Late answers are taken, and the staff told, before a campaign closes by itself. */
const CLOSED_AFTER_DAYS = 7;

/** The last day of the campaigns that close by themselves today, or that should have before. */
export const closedBy = (today: Temporal.PlainDate): string =>
  today.subtract({ days: CLOSED_AFTER_DAYS }).toString();

/** Whether a campaign that was ended may go on: it would not have closed by itself. */
export const mayReopen = ({ closesOn }: { readonly closesOn: string }, today: Temporal.PlainDate): boolean =>
  closesOn > closedBy(today);

/**
 * Whether staff may end a campaign: the contracts that end in a year are to be evaluated until it is over (guide 4.10,
 * article 79 of the RCTI).
 */
export const mayEnd = (
  { kind, year }: { readonly kind: CampaignKind; readonly year: number },
  today: Temporal.PlainDate,
): boolean => kind !== 'final' || today.year > year;

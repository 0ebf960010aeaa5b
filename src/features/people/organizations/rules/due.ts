import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import { byBroker, type Due } from '../../../../core/time/due.ts';

/** Business days in which the broker means to decide on a request to act for a body: a mark of its own. */
const MEMBERSHIP_DAYS = 2;

export const membershipDue = (requestedAt: Date, days: BusinessDays): Due => ({
  ...byBroker('MEMBERSHIP_DAYS, dans le code'),
  on: days.office.add(brokerDate(requestedAt), MEMBERSHIP_DAYS),
});

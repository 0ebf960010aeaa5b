import { notice } from '../../../core/feature.ts';
import { MembershipJob } from '../screens/schema.ts';
import type { PeopleServices } from './screens/actions.ts';
import * as cards from './screens/cards.ts';

const rules = { hours: 'any', pausable: false } as const;

/** The staff's channel: requests wait. Without a channel, `adhésions` still lists them. */
export const request = notice(
  { kind: 'people.request', policy: 'surely', priority: 1, ...rules },
  MembershipJob,
  async (_subject, _recipient, { organizations, timeZone }: PeopleServices) => {
    const pending = await organizations.pending(1);
    return pending.total > 0 ? cards.membershipsCard(pending, 1, timeZone) : undefined;
  },
);

/** Whoever asked to act for a body: what was decided. */
export const decision = notice(
  { kind: 'people.decision', policy: 'once', priority: 0, ...rules },
  MembershipJob,
  async ({ membership }, _recipient, { organizations }: PeopleServices) => {
    const found = await organizations.byId(membership);
    return found && cards.organizationCard(found.membership, await organizations.names());
  },
);

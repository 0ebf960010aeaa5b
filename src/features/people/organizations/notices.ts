import { z } from 'zod';
import { notice } from '../../../core/feature.ts';
import { Id } from '../../../core/id.ts';
import { MembershipJob } from '../screens/schema.ts';
import { membershipsPageOf, type PeopleServices } from './screens/actions.ts';
import * as cards from './screens/cards.ts';

const rules = { hours: 'any', pausable: false } as const;

/** The staff's channel: requests wait. Without a channel, `adhésions` still lists them. */
export const request = notice(
  { kind: 'people.request', policy: 'surely', priority: 1, ...rules },
  MembershipJob,
  async (_subject, _recipient, services: PeopleServices) =>
    (await services.organizations.pendingMemberships(1)).total > 0
      ? membershipsPageOf(1, services)
      : undefined,
);

/** Whoever asked to act for a body: what was decided. */
export const decision = notice(
  { kind: 'people.decision', policy: 'once', priority: 0, ...rules },
  MembershipJob,
  async ({ membership }, _recipient, { organizations }: PeopleServices) => {
    const found = await organizations.findMembershipById(membership);
    return found && cards.organizationCard(found.membership, await organizations.names());
  },
);

const OfDeparture = z.strictObject({ tenantId: z.string(), objectId: z.string(), organization: Id });

/** Those who stay: somebody left their body, and what they made for it stays with them. */
export const departure = notice(
  { kind: 'people.departure', policy: 'surely', hours: 'decent', pausable: false, priority: 1 },
  OfDeparture,
  async ({ organization, ...leaver }, recipient, { leaving }: PeopleServices) => {
    if (recipient.kind !== 'person') return undefined;
    const left = await leaving.leftTo(recipient, leaver, organization);
    return left && cards.departureCard(left);
  },
);

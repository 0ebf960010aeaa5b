import { z } from 'zod';
import { Id } from '../../../core/id.ts';
import { notice, teamNotice } from '../../../core/routes/notices.ts';
import { GONE } from '../../../core/rows/retention.ts';
import { MembershipJob } from '../screens/schema.ts';
import type { PeopleServices } from '../services.ts';
import * as cards from './screens/cards.ts';
import { membershipsPageOf } from './screens/deciding.ts';
import { departureCard, orphanedCard, roleWithdrawnCard, teamLeftCard } from './screens/departure-cards.ts';

const rules = { hours: 'any', pausable: false } as const;

/** The staff's channel: requests wait. Without a channel, `adhésions` still lists them. */
export const request = teamNotice(
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

/** Whoever acted for a body: the staff took it back. */
export const revoked = notice(
  { kind: 'people.revoked', policy: 'once', priority: 0, ...rules },
  MembershipJob,
  async ({ membership }, _recipient, { organizations }: PeopleServices) => {
    const found = await organizations.findMembershipById(membership);
    return found?.membership.state === 'revoked'
      ? cards.organizationCard(found.membership, await organizations.names())
      : undefined;
  },
);

const Left = z.array(
  z.strictObject({
    noun: z.tuple([z.string(), z.string()]).readonly(),
    command: z.string(),
    count: z.int(),
  }),
);
/** Who left is named while they are known; of who was erased there is only what they left. */
const OfDeparture = z.union([
  z.strictObject({ tenantId: z.string(), objectId: z.string(), organization: Id }),
  z.strictObject({ organization: Id, things: Left }),
]);

/** Those who stay: somebody left their body, and what they made for it stays with them. */
export const departure = notice(
  { kind: 'people.departure', policy: 'surely', hours: 'decent', pausable: false, priority: 1 },
  OfDeparture,
  async (left, recipient, { leaving }: PeopleServices) => {
    if (recipient.kind !== 'person') return undefined;
    if (!('things' in left)) {
      const { organization, ...leaver } = left;
      const told = await leaving.leftTo(recipient, leaver, organization);
      return told && departureCard(told);
    }
    const body = await leaving.actsFor(recipient, left.organization);
    return body && departureCard({ organization: body, things: left.things, name: GONE });
  },
);

/** The staff's channel: nobody of a body is left to go on with what is its own. */
export const orphaned = teamNotice(
  { kind: 'people.orphaned', policy: 'surely', priority: 1, ...rules },
  z.strictObject({ organization: Id, things: Left }),
  async ({ organization, things }, _recipient, { organizations }: PeopleServices) => {
    const name = (await organizations.namesOf([organization])).get(organization);
    return name === undefined ? undefined : orphanedCard({ organization: name, things });
  },
);

/** The staff's channel: one of them is gone, and what they had begun is anybody's of the team. */
export const teamLeft = teamNotice(
  { kind: 'people.teamLeft', policy: 'surely', priority: 1, ...rules },
  z.strictObject({ things: Left }),
  async ({ things }) => teamLeftCard(things),
);

/** The staff: somebody is of the team no more. Their name is said as long as it is known. */
export const roleWithdrawn = teamNotice(
  { kind: 'people.roleWithdrawn', policy: 'surely', priority: 1, ...rules },
  z.strictObject({ tenantId: z.string(), objectId: z.string(), handed: z.boolean(), things: Left }),
  async ({ handed, things, ...leaver }, _recipient, { people }: PeopleServices) =>
    roleWithdrawnCard((await people.findPerson(leaver))?.name ?? GONE, handed, things),
);

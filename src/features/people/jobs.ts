import { unlessRetry } from '../../core/errors.ts';
import { job } from '../../core/feature.ts';
import * as cards from './cards.ts';
import type { PeopleServices } from './handlers.ts';
import { MembershipJob, Nothing } from './schema.ts';

/** Tells the staff channel that a request waits. Without a channel, `adhésions` still lists it. */
export const announceRequest = job(
  'people.announceRequest',
  MembershipJob,
  async (_input, services: PeopleServices) => {
    const channel = await services.staffChannel.find();
    if (!channel) return;
    const pending = await services.organizations.pending(1);
    if (pending.total > 0)
      await services.messenger
        .send(channel, cards.membershipsCard(pending, 1, services.timeZone))
        .catch(unlessRetry);
  },
);

export const tellDecision = job(
  'people.tellDecision',
  MembershipJob,
  async ({ membership }, services: PeopleServices) => {
    const found = await services.organizations.byId(membership);
    const conversation = found && (await services.conversations.personal(found.person));
    if (conversation)
      await services.messenger
        .send(conversation.id, cards.organizationCard(found.membership, await services.organizations.names()))
        .catch(unlessRetry);
  },
);

export const purge = job(
  'people.purge',
  Nothing,
  async (_input, { people, audit, links }: PeopleServices) => {
    await links.purge();
    await people.purge();
    await audit.purge();
  },
  { every: '15 7 * * *' },
);

import { job } from '../../core/routes/jobs.ts';
import { MembershipJob, Nothing } from './screens/schema.ts';
import type { PeopleServices } from './services.ts';

// What the release before enqueued, and enqueues while it works beside this one: a later release drops these two.
export const announceRequest = job(
  'people.announceRequest',
  MembershipJob,
  ({ membership }, { db, organizations }: PeopleServices) =>
    db.transaction((tx) => organizations.announce(tx, membership)),
);
export const tellDecision = job(
  'people.tellDecision',
  MembershipJob,
  async ({ membership }, { db, organizations }: PeopleServices) => {
    const found = await organizations.findMembershipById(membership);
    if (found) await db.transaction((tx) => organizations.tell(tx, membership, found.person));
  },
);

/** So many minutes apart, Teams itself is asked whether the staff's channel is there; each minute, what is known of it. */
const TRIES_MINUTES = 10;

export const watchChannel = job(
  'people.watchChannel',
  Nothing,
  async (_input, { staffChannel, clock }: PeopleServices) => {
    await staffChannel.watch(clock.now().toZonedDateTimeISO('UTC').minute % TRIES_MINUTES === 0);
  },
  { every: '* * * * *' },
);

/** The one job that forgets, for all features, while Québec sleeps. */
export const purge = job(
  'people.purge',
  Nothing,
  async (_input, { db, queue, audit, forgetting, silence }: PeopleServices) => {
    await silence.forget();
    await silence.warn();
    const more = await forgetting.forget();
    await audit.purge();
    if (more) await db.transaction((tx) => queue.enqueue(tx, 'people.purge', {}));
  },
  { every: '15 7 * * *' },
);

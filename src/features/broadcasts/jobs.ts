import { z } from 'zod';
import { DeliveryError, unlessRetry } from '../../core/errors.ts';
import { job, notice } from '../../core/feature.ts';
import { Id } from '../../core/id.ts';
import { messageCard, refusedCard, withdrawnCard } from './cards.ts';
import { type BroadcastServices, namesOf, preview, progress } from './handlers.ts';
import { Nothing } from './schema.ts';

type JobServices = BroadcastServices;

const OfBroadcast = z.strictObject({ broadcast: Id });
/** A correction says which edition it brings. */
const OfEdition = z.strictObject({ broadcast: Id, edition: z.int().optional() });
const Correction = z.strictObject({ broadcast: Id, edition: z.int() });

/** A card that follows a sending is redrawn no oftener than this. */
const FOLLOW_SECONDS = 5;
const STRAGGLERS_SECONDS = 15;

/** The notice itself, composed when it leaves: what was cancelled meanwhile is not sent. */
const compose = async (
  { broadcast, edition }: z.output<typeof OfEdition>,
  _recipient: unknown,
  services: BroadcastServices,
) => {
  const row = await services.broadcasts.find(broadcast);
  if (row.state === 'withdrawn' && edition !== undefined) return withdrawnCard();
  return row.state === 'released' ? messageCard(row, await namesOf(services)) : undefined;
};

const rules = { policy: 'once', pausable: false, priority: 2 } as const;
export const notices = [
  notice({ kind: 'broadcasts.message', hours: 'decent', ...rules }, OfEdition, compose),
  notice({ kind: 'broadcasts.urgent', hours: 'any', ...rules }, OfEdition, compose),
  notice(
    { kind: 'broadcasts.refused', policy: 'once', hours: 'any', pausable: false, priority: 0 },
    z.strictObject({ kind: z.string() }),
    async ({ kind }) => refusedCard(kind),
  ),
];

/** Redraws the card that follows a sending, until there is nothing left to follow. */
export const follow = job('broadcasts.follow', OfBroadcast, async ({ broadcast }, services: JobServices) => {
  const { broadcasts, messenger, queue, db, clock } = services;
  const row = await broadcasts.find(broadcast);
  // Counted before it is drawn: what ends meanwhile is drawn the next time.
  const counts = await broadcasts.counts(row);
  const correction = row.edition > 1 ? await broadcasts.correction(row) : undefined;
  const left = counts.pending + counts.sending + (correction?.pending ?? 0) + (correction?.sending ?? 0);
  const redrawn = await broadcasts.mayRedraw(broadcast, FOLLOW_SECONDS);
  if (redrawn && row.followedIn && row.followedAs)
    await messenger
      .update(row.followedIn, row.followedAs, await progress(row, services))
      .catch(left === 0 ? unlessGone : unlessDelivery);
  if (left === 0 && redrawn) return;
  const soon = clock.now().add({ seconds: FOLLOW_SECONDS });
  const start = row.sendAt ? Temporal.Instant.fromEpochMilliseconds(row.sendAt.getTime()) : soon;
  const next = Temporal.Instant.compare(start, soon) > 0 ? start.add({ seconds: FOLLOW_SECONDS }) : soon;
  await db.transaction((tx) => queue.enqueue(tx, 'broadcasts.follow', { broadcast }, next));
});

/** At the hour: those who came to be concerned since the approval are told too. */
export const newcomers = job(
  'broadcasts.newcomers',
  OfBroadcast,
  ({ broadcast }, { broadcasts }: JobServices) => broadcasts.newcomers(broadcast),
);

/** Edits or deletes what was posted; again while something was just being sent. */
export const correct = job(
  'broadcasts.correct',
  Correction,
  async ({ broadcast, edition }, services: JobServices) => {
    const { broadcasts, queue, db, clock } = services;
    if (!(await broadcasts.applyCorrection(broadcast, edition))) return;
    const again = clock.now().add({ seconds: STRAGGLERS_SECONDS });
    await db.transaction((tx) => queue.enqueue(tx, 'broadcasts.correct', { broadcast, edition }, again));
  },
);

/** Shows the staff's channel what waits for a second person. Without a channel, `diffuser` lists it. */
export const askApproval = job(
  'broadcasts.askApproval',
  OfBroadcast,
  async ({ broadcast }, services: JobServices) => {
    const { broadcasts, staffChannel, messenger } = services;
    const channel = await staffChannel.find();
    const row = await broadcasts.find(broadcast);
    if (!channel || row.state !== 'awaiting') return;
    await messenger.send(channel, await preview(row, services)).catch(unlessRetry);
  },
);

/** The connector refuses what we send: told to the staff's channel, once an hour. */
export const tellRefusal = job(
  'broadcasts.tellRefusal',
  z.strictObject({ kind: z.string() }),
  async ({ kind }, { staffChannel, conversations, deliveries, db, clock }: JobServices) => {
    const channel = await staffChannel.find();
    const reference = channel ? await conversations.find(channel) : undefined;
    if (!reference || kind === 'broadcasts.refused') return;
    const hour = clock.now().round({ smallestUnit: 'hour', roundingMode: 'trunc' }).toString();
    const notice = {
      kind: 'broadcasts.refused',
      key: `refused:${hour}`,
      about: 'refused',
      subject: { kind },
    };
    await db.transaction((tx) =>
      deliveries.address(tx, notice, [
        { kind: 'conversation', tenantId: reference.tenantId, conversationId: reference.id },
      ]),
    );
  },
  { on: 'delivery.refused' },
);

export const purge = job(
  'broadcasts.purge',
  Nothing,
  (_input, { broadcasts }: JobServices) => broadcasts.purge(),
  { every: '55 7 * * *' },
);

/** What Teams did not take is drawn again a little later: the sending does not depend on its card. */
function unlessDelivery(error: unknown): void {
  if (!(error instanceof DeliveryError)) throw error;
}

/** The last drawing is tried again by the queue, unless the card is gone. */
function unlessGone(error: unknown): void {
  if (!(error instanceof DeliveryError) || error.outcome === 'retry' || error.outcome === 'unknown')
    throw error;
}

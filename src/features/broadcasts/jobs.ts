import { z } from 'zod';
import { Id } from '../../core/id.ts';
import type { Recipient } from '../../core/ports/delivery.ts';
import { job } from '../../core/routes/jobs.ts';
import { notice, teamNotice } from '../../core/routes/notices.ts';
import { staffAudience } from '../people/index.ts';
import { isCleared } from './approving/rules/approval.ts';
import { correctionOrProgress, decision } from './approving/screens/actions.ts';
import { refusedCard } from './screens/cards.ts';
import { type BroadcastServices, namesOf, preview, progress } from './screens/current.ts';
import { messageCard, withdrawnCard } from './screens/message-card.ts';

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
  recipient: Recipient,
  services: BroadcastServices,
) => {
  const row = await services.broadcasts.findBroadcast(broadcast);
  if (row.state === 'withdrawn' && edition !== undefined) return withdrawnCard();
  if (row.state !== 'released' || !isCleared(row)) return undefined;
  const inRoom = recipient.kind === 'conversation';
  return messageCard(row, await namesOf(services), services.timeZone, { inRoom });
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
  /** The staff's channel: a notice waits for a second person. Without a channel, `diffuser` lists it. */
  teamNotice(
    { kind: 'broadcasts.approval', policy: 'surely', hours: 'any', pausable: false, priority: 1 },
    OfBroadcast,
    async ({ broadcast }, _recipient, services: BroadcastServices) => {
      const row = await services.broadcasts.findBroadcast(broadcast);
      if (row.state === 'awaiting') return preview(row, services);
      return (await services.broadcasts.correctionOf(broadcast)) && row.state === 'released'
        ? correctionOrProgress(row, services)
        : undefined;
    },
  ),
  /** Whoever wrote it: what a second person decided. */
  teamNotice(
    { kind: 'broadcasts.decision', policy: 'surely', hours: 'any', pausable: false, priority: 0 },
    z.strictObject({ broadcast: Id, revision: z.int() }),
    async ({ broadcast, revision }, _recipient, services: BroadcastServices) =>
      decision(await services.broadcasts.findBroadcast(broadcast), revision, services),
  ),
  /** The card that follows a sending, posted in answer to whoever had it leave. */
  notice(
    { kind: 'broadcasts.follow', policy: 'once', hours: 'any', pausable: false, priority: 1 },
    OfBroadcast,
    async ({ broadcast }, _recipient, services: BroadcastServices) =>
      progress(await services.broadcasts.findBroadcast(broadcast), services),
  ),
];

/** Has the card that follows a sending redrawn, until there is nothing left to follow. */
export const follow = job('broadcasts.follow', OfBroadcast, async ({ broadcast }, services: JobServices) => {
  const { broadcasts, queue, db, clock } = services;
  const row = await broadcasts.findBroadcast(broadcast);
  // Counted before it is drawn: what ends meanwhile is drawn the next time.
  const counts = await broadcasts.counts(row);
  const correction = row.edition > 1 ? await broadcasts.correction(row) : undefined;
  const left = counts.pending + counts.sending + (correction?.pending ?? 0) + (correction?.sending ?? 0);
  const redrawn = await broadcasts.mayRedraw(broadcast, FOLLOW_SECONDS);
  if (redrawn) await broadcasts.redraw(row);
  if (left === 0 && redrawn) return;
  const soon = clock.now().add({ seconds: FOLLOW_SECONDS });
  const start = row.sendAt ? Temporal.Instant.fromEpochMilliseconds(row.sendAt.getTime()) : soon;
  const next = Temporal.Instant.compare(start, soon) > 0 ? start.add({ seconds: FOLLOW_SECONDS }) : soon;
  await db.transaction((tx) => queue.enqueue(tx, 'broadcasts.follow', { broadcast }, next));
});

/** At the hour: who came to be concerned since the approval is told too, and whoever is no more is not. */
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

/** What the release before enqueued, and enqueues while it works beside this one: a later release drops it. */
export const askApproval = job(
  'broadcasts.askApproval',
  OfBroadcast,
  ({ broadcast }, { broadcasts }: JobServices) => broadcasts.askApproval(broadcast),
);

/** The connector refuses what we send: told to the staff's channel, once an hour. */
export const tellRefusal = job(
  'broadcasts.tellRefusal',
  z.strictObject({ kind: z.string() }),
  async ({ kind }, { deliveries, db, clock }: JobServices) => {
    if (kind === 'broadcasts.refused') return;
    const hour = clock.now().round({ smallestUnit: 'hour', roundingMode: 'trunc' }).toString();
    const notice = {
      kind: 'broadcasts.refused',
      key: `refused:${hour}`,
      about: 'refused',
      subject: { kind },
    };
    await db.transaction((tx) => deliveries.address(tx, notice, staffAudience(deliveries)));
  },
  { on: 'delivery.refused' },
);

import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { warned } from '../../approving/screens/actions.ts';
import {
  type BroadcastServices,
  current,
  placeOf,
  preview,
  progress,
  STALE,
  shown,
  whomOf,
} from '../../screens/current.ts';
import * as schema from '../../screens/schema.ts';
import type { Broadcast, BroadcastOutcome } from '../../store/records.ts';
import { chosenHour, type Departs, departsOf } from '../rules/departure.ts';
import { confirmCard } from './confirm-card.ts';

const MOVED = 'L’heure de départ n’est plus celle que vous avez vue. Voici ce qu’il en est maintenant.';
const PAST = 'L’heure choisie est passée. Choisissez-en une autre, ou videz les champs.';

/** What is about to be confirmed: of a draft, or of the rest of one that was stopped. */
async function confirmation(
  broadcast: Broadcast,
  departs: Departs,
  services: BroadcastServices,
  notice = '',
  kept = departs,
) {
  const { broadcasts } = services;
  const resumes = broadcast.state === 'cancelled';
  const { cancelled } = await broadcasts.counts(broadcast);
  const reach = await broadcasts.reach(broadcast);
  return confirmCard({
    broadcast,
    departs,
    seconds: broadcasts.secondsFor(resumes ? cancelled : reach.reachable),
    place: placeOf(services),
    audience: await whomOf(broadcast, services),
    whom: resumes
      ? { kind: 'rest', left: cancelled, rereads: broadcasts.isReadAgain(broadcast) }
      : { kind: 'all', reach },
    approval: broadcasts.needsApproval,
    kept,
    notice,
  });
}

/** Refuses to go on where everybody has it, or could not be reached; of lists, that is known once they are read. */
async function mustBeLeft(row: Broadcast, { broadcasts }: BroadcastServices): Promise<void> {
  if (broadcasts.isReadAgain(row)) return;
  if (row.state === 'cancelled' && (await broadcasts.counts(row)).cancelled === 0)
    throw new CourtierError('refused', 'Il ne reste personne à qui envoyer cet avis.');
}

const asItStands = async (
  _turn: ActionTurn,
  { broadcast }: { readonly broadcast: string },
  services: BroadcastServices,
) => current(await services.broadcasts.findBroadcast(broadcast), services);

/** The hour on the form, or at once where it has none: what is going to be, before anything is. */
export const schedule = forgiving(
  comesBack(schema.Reference, asItStands),
  action(
    'broadcasts.schedule',
    schema.When,
    async (turn, { broadcast, revision, ...typed }, services: BroadcastServices) => {
      const { broadcasts, clock, timeZone } = services;
      const row = await broadcasts.findBroadcast(broadcast);
      const at = chosenHour(typed, clock.now(), timeZone);
      if (row.state === 'cancelled' && row.sendAt && row.revision === revision) {
        await mustBeLeft(row, services);
        const departs = departsOf(broadcasts.departureOfRest(row, at), clock.now());
        const kept = at ? departsOf(at, clock.now()) : 'now';
        return turn.update(await confirmation(row, departs, services, '', kept));
      }
      const outcome = await broadcasts.schedule(turn.person, broadcast, revision, at);
      turn.update(
        outcome.kind === 'done'
          ? await confirmation(outcome.broadcast, broadcasts.departs(outcome.broadcast), services)
          : await current(outcome.broadcast, services, STALE),
      );
    },
    'staff',
  ),
);

/** The pressed card becomes the one that follows the sending, in a message of its own that can be edited. */
async function follow(
  turn: ActionTurn,
  outcome: BroadcastOutcome,
  services: BroadcastServices,
): Promise<void> {
  const { broadcast, kind } = outcome;
  if (kind === 'done' && broadcast.state === 'released') {
    const { broadcasts } = services;
    const row = await broadcasts.findBroadcast(broadcast.id);
    await broadcasts.followedBy(
      row.id,
      turn.conversation.id,
      await turn.reply(await progress(row, services)),
    );
    const waits = row.sendAt !== null && row.sendAt > placeOf(services).now;
    turn.notify(
      waits ? 'C’est programmé. Le suivi est ci-dessous.' : 'C’est parti. Le suivi est ci-dessous.',
    );
  }
  turn.update(
    await shown({ kind, broadcast: await services.broadcasts.findBroadcast(broadcast.id) }, services),
  );
}

export const submit = action(
  'broadcasts.submit',
  schema.Confirmed,
  async (turn, { broadcast, revision, departs }, services: BroadcastServices) => {
    const { broadcasts, clock } = services;
    if (departs === undefined) {
      // A card of the release before, which sent at once whatever its fields said.
      const row = await broadcasts.findBroadcast(broadcast);
      return turn.update(await current(row, services, row.revision === revision ? '' : STALE));
    }
    const outcome = await broadcasts.submit(turn.person, broadcast, revision, departs);
    const { kind, broadcast: row } = outcome;
    if (kind === 'stale' || row.state !== 'draft') return follow(turn, outcome, services);
    turn.update(
      row.scheduledAt && row.scheduledAt.getTime() <= clock.now().epochMilliseconds
        ? await preview(row, services, PAST)
        : await confirmation(row, broadcasts.departs(row), services, MOVED),
    );
  },
  'staff',
);

export const approve = warned(
  action(
    'broadcasts.approve',
    schema.Confirmed,
    async (turn, { broadcast, revision, departs }, services: BroadcastServices) => {
      const outcome = await services.broadcasts.approve(turn.person, broadcast, revision, departs);
      if (outcome.kind === 'done' && outcome.broadcast.state === 'awaiting')
        return turn.update(await preview(outcome.broadcast, services, MOVED));
      return follow(turn, outcome, services);
    },
    'staff',
  ),
);

/** A sending that was stopped goes on for those whom it did not reach. */
export const resume = forgiving(
  comesBack(schema.Reference, asItStands),
  action(
    'broadcasts.resume',
    schema.Resumed,
    async (turn, { broadcast, revision, departs }, services: BroadcastServices) => {
      await mustBeLeft(await services.broadcasts.findBroadcast(broadcast), services);
      const outcome = await services.broadcasts.resume(turn.person, broadcast, revision, departs);
      if (outcome.kind === 'done' && outcome.broadcast.state === 'cancelled')
        return turn.update(await progress(outcome.broadcast, services, MOVED, departs));
      return follow(turn, outcome, services);
    },
    'staff',
  ),
);

import type { Card } from '../../../core/card.ts';
import { action } from '../../../core/routes/turns.ts';
import type { MessageTurn } from '../../../core/turn.ts';
import type { BroadcastOutcome } from '../store/records.ts';
import * as cards from './cards.ts';
import { type BroadcastServices, current, namesOf, placeOf, shown } from './current.ts';
import { messageCard } from './message-card.ts';
import * as schema from './schema.ts';

export async function list(services: BroadcastServices, wanted: number) {
  const { rows, page, total } = await services.broadcasts.broadcastsPage(wanted, cards.PAGE);
  return cards.listCard(rows, total, page, placeOf(services), services.installer !== undefined);
}

export async function openList(turn: MessageTurn, services: BroadcastServices): Promise<void> {
  await turn.reply(await list(services, 1));
}

export const showList = action(
  'broadcasts.list',
  schema.ListPage,
  async (turn, { page }, services: BroadcastServices) => turn.update(await list(services, page)),
  'staff',
);

export const open = action(
  'broadcasts.open',
  schema.Opened,
  async (turn, { broadcast, kept }, services: BroadcastServices) =>
    turn.update(await current(await services.broadcasts.findBroadcast(broadcast), services, '', kept)),
  'staff',
);

export const tryOut = action(
  'broadcasts.try',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) => {
    const row = await services.broadcasts.findBroadcast(broadcast);
    const { timeZone } = services;
    await turn.reply(messageCard(row, await namesOf(services), timeZone, { trial: true }));
    turn.notify('L’essai est ci-dessous : vous seul le voyez.');
  },
  'staff',
);

/** A button that makes one step and shows what became of it. */
const step = (
  verb: string,
  name: 'discard' | 'cancel' | 'withdraw',
  show: (outcome: BroadcastOutcome, services: BroadcastServices) => Promise<Card> = shown,
) =>
  action(
    verb,
    schema.Seen,
    async (turn, { broadcast, revision }, services: BroadcastServices) =>
      turn.update(await show(await services.broadcasts[name](turn.person, broadcast, revision), services)),
    'staff',
  );

export const discard = step('broadcasts.discard', 'discard');

export const cancel = step('broadcasts.cancel', 'cancel', (outcome, services) =>
  outcome.kind === 'done' && outcome.broadcast.state === 'released'
    ? current(outcome.broadcast, services, 'Tout est déjà parti.')
    : shown(outcome, services),
);

export const withdraw = step('broadcasts.withdraw', 'withdraw');

export const acknowledge = action(
  'broadcasts.acknowledge',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) => {
    const row = await services.broadcasts.acknowledge(turn, broadcast);
    turn.notify('Merci, c’est noté.');
    if (turn.conversation.kind === 'personal')
      turn.update(
        messageCard(row, await namesOf(services), services.timeZone, {
          acknowledged: 'Vous en avez pris connaissance.',
        }),
      );
  },
);

import { nearestPage } from '../../../../core/cards/paging.ts';
import type { DeliveryRow } from '../../../../core/ports/delivery.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { installsText } from '../../installing/screens.ts';
import * as cards from '../../screens/cards.ts';
import { type BroadcastServices, progress } from '../../screens/current.ts';
import * as schema from '../../screens/schema.ts';
import { broadcastKeyOf } from '../../store/records.ts';
import { RESENDABLE } from '../store/dispatch.ts';
import { type NamedRow, recipientsCard, resendCard } from './recipients-cards.ts';

const NOT_RECEIVED = [...RESENDABLE.failed, ...RESENDABLE.unknown];

/** Those who cannot be reached, before; those who received nothing, after. */
export const recipients = action(
  'broadcasts.recipients',
  schema.ResultsPage,
  async (turn, { broadcast, page: wanted }, services: BroadcastServices) => {
    const { broadcasts, deliveries } = services;
    const row = await broadcasts.findBroadcast(broadcast);
    const before = row.state === 'draft' || row.state === 'awaiting';
    const reach = await broadcasts.reach(row);
    const counts = await broadcasts.counts(row);
    const total = before
      ? reach.people + reach.conversations - reach.reachable
      : NOT_RECEIVED.reduce((sum, state) => sum + counts[state], 0);
    const page = nearestPage(wanted, total, cards.PAGE);
    const offset = (page - 1) * cards.PAGE;
    const rows = before
      ? await deliveries.outOfReach(broadcastKeyOf(row), offset, cards.PAGE)
      : await deliveries.page(broadcastKeyOf(row), NOT_RECEIVED, offset, cards.PAGE);
    turn.update(
      recipientsCard(row, await named(rows, services), total, page, {
        before,
        installs: await installsText(row.id, services.db),
        installable: services.installer !== undefined && reach.notInstalled > 0,
      }),
    );
  },
  'staff',
);

/** Names for recipients: what Teams said of a person or a channel last, else their id. */
async function named(
  rows: readonly DeliveryRow[],
  { people, conversations }: Pick<BroadcastServices, 'people' | 'conversations'>,
): Promise<NamedRow[]> {
  const names = await people.names(
    rows.flatMap(({ recipient }) => (recipient.kind === 'person' ? [recipient] : [])),
  );
  return Promise.all(
    rows.map(async (row) => {
      const { recipient } = row;
      if (recipient.kind === 'person')
        return { row, name: names.get(recipient.objectId) ?? `Personne ${recipient.objectId}` };
      const conversation = await conversations.find(recipient.conversationId);
      return { row, name: conversation?.name ?? `Canal ${recipient.conversationId}` };
    }),
  );
}

export const askResend = action(
  'broadcasts.askResend',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) => {
    const row = await services.broadcasts.findBroadcast(broadcast);
    const { unreachable, dead, unknown } = await services.broadcasts.counts(row);
    turn.update(resendCard(row, unreachable + dead, unknown));
  },
  'staff',
);

export const resend = creating(
  'broadcasts.resend',
  {
    noun: ['renvoi', 'renvois'],
    person: 100,
    body: 500,
    tenant: 1_000,
    why: 'Some a notice, of the few that the staff send in a day.',
  },
  schema.Resend,
  async (turn, { broadcast, which }, services: BroadcastServices) => {
    const { broadcasts } = services;
    const first = await broadcasts.resend(turn.person, broadcast, which, turn.effect);
    const row = await broadcasts.findBroadcast(broadcast);
    if (first)
      await broadcasts.followedBy(
        row.id,
        turn.conversation.id,
        await turn.reply(await progress(row, services)),
      );
    turn.update(await progress(row, services, 'C’est reparti, pour ceux-là seulement.'));
  },
  'staff',
);

export const exportResults = creating(
  'broadcasts.export',
  { uncounted: 'A link for the staff, forgotten after a quarter of an hour.' },
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) => {
    await services.broadcasts.findBroadcast(broadcast);
    const url = await services.links.issueOnce(turn.effect, 'broadcastResults', {
      broadcast,
      tenantId: turn.person.tenantId,
      objectId: turn.person.objectId,
    });
    await turn.reply(cards.exportCard(url));
    turn.notify('Le lien est ci-dessous.');
  },
  'staff',
);

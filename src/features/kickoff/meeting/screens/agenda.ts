import type { Card } from '../../../../core/card.ts';
import { notFound } from '../../../../core/errors.ts';
import { action } from '../../../../core/feature.ts';
import type { Kickoff } from '../../tables.ts';
import * as schema from './schema.ts';
import type { KickoffServices } from './services.ts';

/** Where to find the meeting for one's own calendar. */
const agendaCard = (url: string): Card => ({
  template: 'kickoff/agenda',
  summary: 'Ajoutez la rencontre à votre agenda.',
  view: { url },
});

/** A link to the meeting for one's own calendar, until the day after it. */
export function agendaLink(
  { id, endsAt }: Kickoff,
  { signatures, clock }: Pick<KickoffServices, 'signatures' | 'clock'>,
): Promise<string> {
  const end = endsAt ? Temporal.Instant.fromEpochMilliseconds(endsAt.getTime()) : clock.now();
  return signatures.issue('kickoff.agenda', { kickoff: id }, end.add({ hours: 24 }), '.ics');
}

export const agenda = action(
  'kickoff.agenda',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) => {
    const row = await services.kickoffs.forClient(kickoff, turn.person);
    if (row.state !== 'booked') throw notFound();
    await turn.reply(agendaCard(await agendaLink(row, services)));
    turn.notify('Le lien est ci-dessous.');
  },
);

import type { Card } from '../../../../core/card.ts';
import { notFound } from '../../../../core/errors.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Kickoff } from '../../tables.ts';
import * as schema from './schema.ts';
import type { KickoffServices } from './services.ts';

type AgendaLink = Awaited<ReturnType<KickoffServices['pageLinks']['issue']>>;

/** Where to find the meeting for one's own calendar. */
const agendaCard = ({ id, number, url }: AgendaLink): Card => ({
  template: 'kickoff/agenda',
  summary: 'Ajoutez la rencontre à votre agenda.',
  view: { url, link: id, title: `Lien nº ${number}` },
});

/** A link to the meeting for a calendar, until the day after it: a person's own, or the supplier's for nobody. */
export function agendaLink(
  { id, endsAt }: Kickoff,
  person: Person | undefined,
  { pageLinks, clock }: Pick<KickoffServices, 'pageLinks' | 'clock'>,
): Promise<AgendaLink> {
  const end = endsAt ? Temporal.Instant.fromEpochMilliseconds(endsAt.getTime()) : clock.now();
  const whose = person && { tenantId: person.tenantId, objectId: person.objectId };
  return pageLinks.issue('kickoff.agenda', { kickoff: id, ...whose }, end.add({ hours: 24 }), person);
}

export const agenda = action(
  'kickoff.agenda',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) => {
    const row = await services.kickoffs.forClient(kickoff, turn.person);
    if (row.state !== 'booked') throw notFound();
    await turn.reply(agendaCard(await agendaLink(row, turn.person, services)));
    turn.notify('Le lien est ci-dessous.');
  },
);

import type { Card } from '../../../../core/card.ts';
import { action } from '../../../../core/feature.ts';
import { draws, redraws } from '../../../../core/redraw.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import { momentText } from '../../texts.ts';
import { noticed, type Shown, STALE, shownOf } from './parts.ts';
import * as schema from './schema.ts';
import type { KickoffServices } from './services.ts';
import { onClientCard, statusCard } from './status.ts';

/** The moments of a round, for the client. */
function slotsCard({ kickoff, slots, timeZone, notice = '' }: Shown): Card {
  const until = slots[0]?.expiresAt;
  return {
    template: 'kickoff/slots',
    summary: 'Choisissez les moments qui vous conviennent.',
    view: {
      kickoff: kickoff.id,
      round: kickoff.round,
      supplier: escapeMarkdown(kickoff.supplierName),
      ...noticed(notice),
      chosen: slots.flatMap(({ id, client }) => (client ? [id] : [])).join(','),
      slots: slots.map(({ id, startsAt, endsAt }) => ({
        title: momentText(startsAt, endsAt, timeZone),
        value: id,
      })),
      until: until
        ? `Ces moments vous sont réservés jusqu’au ${momentText(until, until, timeZone).replace(/, de .*/, '')}, 17 h.`
        : '',
    },
  };
}

export const slots = action(
  'kickoff.slots',
  schema.Reference,
  draws(async ({ person }, { kickoff }, services: KickoffServices) => {
    const row = await services.kickoffs.forClient(kickoff, person);
    const shown = await shownOf(row, services);
    return row.state === 'proposed' ? slotsCard(shown) : statusCard({ ...shown, notice: STALE });
  }),
);

/** What the client can do: nothing chosen asks for other moments. */
export const choose = action(
  'kickoff.choose',
  schema.Choice,
  redraws(
    (turn, { kickoff, round, slots }, { kickoffs }) => kickoffs.choose(turn.person, kickoff, round, slots),
    onClientCard,
    ({ kickoff, left }, { round }) =>
      left !== undefined
        ? `Vos moments sont notés. La rencontre sera fixée quand vous les confirmerez de nouveau, une fois ceci réglé : ${left}`
        : kickoff.state === 'booked'
          ? 'Ce moment convient à tous : la rencontre est fixée.'
          : kickoff.round > round
            ? 'Voici d’autres moments.'
            : 'C’est noté. La rencontre sera fixée au premier moment qui convient aussi au fournisseur.',
  ),
);

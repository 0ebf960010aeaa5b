import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { type Draw, draws, redraws } from '../../../../core/cards/redraw.ts';
import { action } from '../../../../core/routes/turns.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Kickoff } from '../../tables.ts';
import { momentText } from '../../texts.ts';
import type { KickoffOutcome } from '../store/records.ts';
import { type Shown, STALE, shownOf } from './parts.ts';
import * as schema from './schema.ts';
import type { CardServices, KickoffServices } from './services.ts';
import { onClientCard, statusCard } from './status.ts';

/** The moments of a round, for the client. */
function slotsCard({ kickoff, fileName, slots, timeZone, notice = '' }: Shown): Card {
  const until = slots[0]?.expiresAt;
  return {
    template: 'kickoff/slots',
    summary: 'Choisissez les moments qui vous conviennent.',
    view: {
      kickoff: kickoff.id,
      round: kickoff.round,
      name: escapeMarkdown(fileName),
      supplier: escapeMarkdown(kickoff.supplierName),
      ...noticeView(notice),
      chosen: slots.flatMap(({ id, client }) => (client ? [id] : [])).join(','),
      slots: slots.map(({ id, startsAt, endsAt }) => ({
        title: momentText(startsAt, endsAt, timeZone),
        value: id,
      })),
      until: until
        ? `Ces moments vous sont réservés jusqu’au ${momentText(until, until, timeZone).replace(/, de .*/, '')}, 17\u00a0h.`
        : '',
    },
  };
}

/** The moments to choose among, where there are and nothing comes before; else where the meeting is. */
export async function momentsCard(
  kickoff: Kickoff,
  viewer: PersonKey,
  services: CardServices,
  notice = '',
): Promise<Card> {
  const shown = await shownOf(kickoff, viewer, services, notice);
  return kickoff.state === 'proposed' && !shown.choice.refusal ? slotsCard(shown) : statusCard(shown);
}

const form: Draw<KickoffServices, { readonly kickoff: string }, undefined> = async (
  { person },
  { kickoff },
  services,
) => {
  const row = await services.kickoffs.forClient(kickoff, person);
  return momentsCard(row, person, services, row.state === 'proposed' ? '' : STALE);
};

export const slots = action('kickoff.slots', schema.Reference, draws(form));

/** What an answer led to: the moments that follow are shown at once. */
const answered: Draw<KickoffServices, { readonly round: number }, KickoffOutcome> = (
  turn,
  input,
  services,
  word,
  outcome,
) =>
  outcome.kickoff.state === 'proposed' && outcome.kickoff.round > input.round
    ? momentsCard(outcome.kickoff, turn.person, services, outcome.kind === 'stale' ? STALE : word)
    : onClientCard(turn, input, services, word, outcome);

/** What the client can do. */
export const choose = forgiving(
  comesBack(schema.Reference, form),
  action(
    'kickoff.choose',
    schema.Choice,
    redraws(
      (turn, { kickoff, round, slots }, { kickoffs }) => kickoffs.choose(turn.person, kickoff, round, slots),
      answered,
      ({ kickoff, left }, { round }) =>
        left !== undefined
          ? `Vos moments sont notés. La rencontre sera fixée quand vous les confirmerez de nouveau, une fois ceci réglé : ${left}`
          : kickoff.state === 'booked'
            ? 'Ce moment convient à tous : la rencontre est fixée.'
            : kickoff.round > round
              ? OTHERS
              : 'C’est noté. La rencontre sera fixée au premier moment qui convient aussi au fournisseur.',
    ),
  ),
);

const OTHERS = 'Voici d’autres moments.';

/** None of the moments suits: others are asked for. */
export const none = action(
  'kickoff.noneSuits',
  schema.Round,
  redraws(
    (turn, { kickoff, round }, { kickoffs }) => kickoffs.choose(turn.person, kickoff, round, []),
    answered,
    ({ kickoff }, { round }) =>
      kickoff.round > round ? OTHERS : 'C’est noté. Le Courtier cherchera d’autres moments avec vous.',
  ),
);

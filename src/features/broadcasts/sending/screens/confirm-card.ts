import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { frenchDate } from '../../../../core/clock.ts';
import type { Reach } from '../../../../core/ports/delivery.ts';
import { capital, count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { Place } from '../../screens/cards.ts';
import type { Broadcast } from '../../store/records.ts';
import type { Departs } from '../rules/departure.ts';
import { reachText, whenText, whomText } from './preview-card.ts';

interface Confirmation {
  readonly broadcast: Broadcast;
  readonly departs: Departs;
  /** Seconds that the sending takes. */
  readonly seconds: number;
  readonly place: Place;
  /** For whom it is, in words. */
  readonly audience: string;
  /** All of them, or those whom a sending that was stopped did not reach. */
  readonly whom:
    | { readonly kind: 'all'; readonly reach: Reach }
    | { readonly kind: 'rest'; readonly left: number; readonly rereads: boolean };
  readonly approval: boolean;
  /** The hour that was chosen for the rest: the way back keeps it. */
  readonly kept: Departs;
  readonly notice: string;
}

/** « 3 décembre à 9 h », « 3 décembre 2027 à 9 h 30 » : the year where it is another. */
function shortMoment(at: Date, { now, timeZone }: Place): string {
  const local = at.toTemporalInstant().toZonedDateTimeISO(timeZone);
  const { year } = now.toTemporalInstant().toZonedDateTimeISO(timeZone);
  const day = frenchDate(local.toPlainDate()).replace(` ${year}`, '');
  const minute = local.minute === 0 ? '' : ` ${String(local.minute).padStart(2, '0')}`;
  return `${day} à ${local.hour} h${minute}`;
}

/** What the button does, and says, short enough for a telephone: « Envoyer à 212 personnes ». */
function buttonTitle({ departs, place, whom, approval }: Confirmation): string {
  if (whom.kind === 'all' && approval) return 'Demander l’approbation';
  const to =
    whom.kind === 'all'
      ? whomText(whom.reach)
      : whom.rereads
        ? 'ceux qui n’ont rien reçu'
        : count(whom.left, 'destinataire');
  if (departs === 'now') return `${whom.kind === 'rest' ? 'Reprendre pour' : 'Envoyer à'} ${to}`;
  return `Envoyer le ${shortMoment(new Date(departs), place)}`;
}

function countText({ whom }: Confirmation): string {
  if (whom.kind === 'rest' && whom.rereads)
    return `${whom.left > 0 ? `${count(whom.left, 'destinataire qui n’a', 'destinataires qui n’ont')} rien reçu, et les` : 'Les'} personnes de ses listes, relues au départ. Qui l’a reçu ne recevra rien de plus.`;
  if (whom.kind === 'rest')
    return `${count(whom.left, 'destinataire qui n’a', 'destinataires qui n’ont')} rien reçu. Les autres ne recevront rien de plus.`;
  const { people, conversations, reachable } = whom.reach;
  const missing = people + conversations - reachable;
  return `${whomText(whom.reach)} : ${reachText(reachable, missing)}`;
}

/** Exactly to whom, how many and when, before anything leaves. */
export function confirmCard(confirmation: Confirmation): Card {
  const { broadcast, departs, audience, whom, approval, notice } = confirmation;
  const button = buttonTitle(confirmation);
  const asks = whom.kind === 'all' && approval;
  const nobody = whom.kind === 'all' && whom.reach.reachable === 0;
  return {
    template: 'broadcasts/confirm',
    summary: `${button} : « ${broadcast.title} ».`,
    view: {
      heading: asks ? 'Confirmez la demande' : 'Confirmez l’envoi',
      ...noticeView(notice),
      lines: [
        { name: 'Avis', value: escapeMarkdown(broadcast.title) },
        { name: 'Pour', value: escapeMarkdown(capital(audience)) },
        { name: 'Combien', value: countText(confirmation) },
        { name: 'Quand', value: whenText(confirmation) },
      ],
      warning: nobody
        ? 'Personne n’est joignable pour le moment : rien ne peut partir. L’heure que vous avez choisie est gardée.'
        : asks
          ? 'Une autre personne de l’équipe devra l’approuver avant l’envoi.'
          : 'Un message envoyé peut être corrigé ou retiré, mais il aura été vu.',
      broadcast: broadcast.id,
      revision: broadcast.revision,
      departs,
      kept: confirmation.kept,
      resumes: whom.kind === 'rest',
      back: whom.kind === 'all',
      starts: whom.kind === 'all' && !nobody,
      button,
    },
  };
}

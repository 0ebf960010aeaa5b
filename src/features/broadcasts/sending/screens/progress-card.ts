import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { frenchDateTime } from '../../../../core/clock.ts';
import type { DeliveryCounts } from '../../../../core/ports/delivery.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { type Place, standing } from '../../screens/cards.ts';
import type { Broadcast } from '../../store/records.ts';
import { lasting } from '../../texts.ts';
import type { Departs } from '../rules/departure.ts';
import { fieldsOf } from './preview-card.ts';

export interface Progress {
  readonly broadcast: Broadcast;
  readonly counts: DeliveryCounts;
  /** Of the last correction or withdrawal; absent when there is none. */
  readonly correction: DeliveryCounts | undefined;
  readonly acknowledged: number;
  /** Seconds until the last one, at the configured rate. */
  readonly seconds: number;
  readonly place: Place;
  /** Whether a correction waits for an approval. */
  readonly corrects: boolean;
  /** Whether the directory is asked who is in its lists when it leaves. */
  readonly rereads: boolean;
  readonly notice?: string;
  /** The hour that somebody chose for the rest of one that was stopped. */
  readonly kept?: Departs | undefined;
}

/** What was sent of one that was stopped, and what was not: « 2 messages sont partis ; 1 destinataire n’a rien reçu. » */
function stoppedText(
  { sent, cancelled, sending, unknown, unreachable, dead }: DeliveryCounts,
  rereads: boolean,
): string {
  const failed = unreachable + dead;
  return `${[
    sent > 0 ? count(sent, 'message est parti', 'messages sont partis') : 'Aucun message n’est parti',
    ...(sending > 0 ? [count(sending, 'est en route', 'sont en route')] : []),
    ...(unknown > 0 ? [count(unknown, 'est peut-être parti', 'sont peut-être partis')] : []),
    ...(failed > 0 ? [count(failed, 'n’a pas pu l’être', 'n’ont pas pu l’être')] : []),
    cancelled > 0
      ? count(cancelled, 'destinataire n’a rien reçu', 'destinataires n’ont rien reçu')
      : rereads
        ? 'les personnes de ses listes sont relues s’il reprend'
        : 'il ne restait personne à joindre',
  ].join(' ; ')}.`;
}

/** How far a sending is; the same card when it has ended. */
export function progressCard({
  broadcast,
  counts,
  correction,
  acknowledged,
  seconds,
  place,
  corrects,
  rereads,
  notice = '',
  kept,
}: Progress): Card {
  const left = counts.pending + counts.sending;
  const total = left + counts.sent + counts.unreachable + counts.unknown + counts.dead + counts.cancelled;
  const failed = counts.unreachable + counts.dead;
  const done = total - left;
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  const sendAt = broadcast.sendAt ?? place.now;
  const waits = broadcast.state === 'released' && sendAt > place.now;
  const running = broadcast.state === 'released' && left > 0 && !waits;
  const correcting = correction ? correction.pending + correction.sending : 0;
  const corrected = correction && correction.sent + correcting > 0;
  const stopped = broadcast.state === 'cancelled' && broadcast.sendAt !== null;
  const hour = kept === undefined || kept === 'now' ? (kept ? null : broadcast.scheduledAt) : new Date(kept);
  const listed = (broadcast.audience.lists ?? []).length > 0;
  const what = broadcast.state === 'withdrawn' ? 'retiré' : 'corrigé';
  return {
    template: 'broadcasts/progress',
    summary: `« ${broadcast.title} » : ${count(counts.sent, 'envoyé')}, ${left} en attente, ${count(failed, 'échec')}, ${count(counts.unknown, 'incertain')}.`,
    view: {
      heading: escapeMarkdown(broadcast.title),
      ...noticeView(notice),
      standing: `Nº ${broadcast.number} · ${standing(broadcast, place)}${waits && listed ? ' · listes relues au départ' : ''}`,
      progress: running
        ? `${done.toLocaleString('fr-CA')} sur ${total.toLocaleString('fr-CA')}, encore environ ${lasting(seconds)}.`
        : `${done.toLocaleString('fr-CA')} sur ${total.toLocaleString('fr-CA')}.`,
      started: percent > 0,
      unfinished: percent < 100,
      done: Math.max(1, percent),
      rest: Math.max(1, 100 - percent),
      lines: [
        { name: 'Envoyés', value: counts.sent.toLocaleString('fr-CA') },
        { name: 'En attente', value: left.toLocaleString('fr-CA') },
        { name: 'Non joints', value: failed.toLocaleString('fr-CA') },
        { name: 'Incertains', value: counts.unknown.toLocaleString('fr-CA') },
        ...(counts.cancelled > 0
          ? [{ name: 'Annulés', value: counts.cancelled.toLocaleString('fr-CA') }]
          : []),
        ...(broadcast.acknowledge
          ? [{ name: 'Ont pris connaissance', value: acknowledged.toLocaleString('fr-CA') }]
          : []),
      ],
      corrects,
      hasCorrection: corrected === true,
      correction: correction
        ? `${count(correction.sent, `message ${what}`, `messages ${what}s`)}, ${correcting} à faire.`
        : '',
      updated: `À jour le ${frenchDateTime(place.now, place.timeZone)}.`,
      broadcast: broadcast.id,
      revision: broadcast.revision,
      stopped,
      stop: stopped ? stoppedText(counts, rereads) : '',
      resumable: stopped && (counts.cancelled > 0 || rereads),
      ...fieldsOf(hour && hour > place.now ? hour : undefined, place.timeZone),
      cancellable: broadcast.state === 'released' && (left > 0 || waits),
      resulted: broadcast.sendAt !== null,
      cancel: `Arrêter l’envoi ? ${rereads && left === 0 ? 'Les personnes de ses listes ne recevront rien' : count(left, 'destinataire ne recevra rien', 'destinataires ne recevront rien')}. Ce qui est parti reste. Vous pourrez reprendre.`,
      correctable: broadcast.state === 'released',
      withdrawable: ['released', 'cancelled'].includes(broadcast.state) && counts.sent > 0,
      withdraw: `Retirer l’avis ? ${count(counts.sent, 'message sera effacé', 'messages seront effacés')} de Teams. Cela ne peut pas être défait.`,
      failures: failed + counts.unknown > 0,
    },
  };
}

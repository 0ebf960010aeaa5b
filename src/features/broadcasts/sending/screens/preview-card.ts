import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { frenchDateTime } from '../../../../core/clock.ts';
import type { Reach } from '../../../../core/ports/delivery.ts';
import { count, escapeMarkdown, uncapital } from '../../../../core/text/text.ts';
import { chosenText } from '../../approving/rules/whom.ts';
import type { Place } from '../../screens/cards.ts';
import { type SupplierNames, wordsView } from '../../screens/message-card.ts';
import type { Broadcast } from '../../store/records.ts';
import { lasting } from '../../texts.ts';
import type { Departs } from '../rules/departure.ts';

export interface Preview {
  readonly broadcast: Broadcast;
  readonly names: SupplierNames;
  readonly reach: Reach;
  /** Seconds that the sending takes. */
  readonly seconds: number;
  readonly place: Place;
  /** When it would go. */
  readonly departs: Departs;
  /** Whom it is for, in words. */
  readonly audience: string;
  readonly notice?: string;
}

/** « 3 joignables. », « 1 joignable, 2 non joignables. » */
export const reachText = (reachable: number, missing: number): string =>
  `${count(reachable, 'joignable')}${missing > 0 ? `, ${count(missing, 'non joignable', 'non joignables')}` : ''}.`;

export const whomText = ({ people, conversations }: Reach): string =>
  [
    ...(people > 0 ? [count(people, 'personne')] : []),
    ...(conversations > 0 ? [count(conversations, 'canal', 'canaux')] : []),
  ].join(' et ') || 'personne';

/** A moment as the inputs of a form hold it. */
export function fieldsOf(at: Date | undefined, timeZone: string): { date: string; time: string } {
  const local = at?.toTemporalInstant().toZonedDateTimeISO(timeZone);
  return {
    date: local?.toPlainDate().toString() ?? '',
    time: local?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '',
  };
}

/** « Le 3 décembre 2026 à 9 h 00 (durée de l’envoi : environ 3 minutes). », or « Tout de suite ». */
export function whenText({ departs, seconds, place, broadcast }: Omit<Preview, 'names' | 'reach'>): string {
  const { scheduledAt, urgent } = broadcast;
  const lasts = `(durée de l’envoi : environ ${lasting(seconds)})`;
  if (departs === 'now') return `Tout de suite ${lasts}.`;
  const at = new Date(departs);
  const moved = !urgent && at.getTime() !== scheduledAt?.getTime();
  const why = moved ? ' Un avis normal part un jour ouvrable, de 8 h à 18 h.' : '';
  return `Le ${frenchDateTime(at, place.timeZone)} ${lasts}.${why}`;
}

/** What is going to be sent, to whom, when: before anything is. */
export function previewCard(preview: Preview): Card {
  const { broadcast, names, reach, departs, place, notice = '' } = preview;
  const missing = reach.people + reach.conversations - reach.reachable;
  const awaiting = broadcast.state === 'awaiting';
  const past = broadcast.scheduledAt !== null && broadcast.scheduledAt <= place.now;
  return {
    template: 'broadcasts/preview',
    summary: `« ${broadcast.title} », pour ${whomText(reach)}.`,
    view: {
      ...wordsView(broadcast, names),
      heading: awaiting ? 'Avis à approuver' : 'Avant d’envoyer',
      ...noticeView(notice),
      broadcast: broadcast.id,
      revision: broadcast.revision,
      draft: broadcast.state === 'draft',
      awaiting,
      author: awaiting ? escapeMarkdown(`Rédigé par ${broadcast.authorName}.`) : '',
      audience: escapeMarkdown(chosenText(preview.audience)),
      whom: `Pour ${whomText(reach)}.`,
      reachable: reachText(reach.reachable, missing),
      hasMissing: missing > 0,
      missing: missing === 1 ? 'Voir le destinataire non joignable' : `Voir les ${missing} non joignables`,
      when: awaiting
        ? `${past ? 'L’heure demandée est passée. ' : ''}Départ : ${uncapital(whenText(preview))}`
        : '',
      acknowledgement: broadcast.acknowledge,
      ...fieldsOf(broadcast.scheduledAt ?? undefined, place.timeZone),
      departs,
      question: `L’approuver pour ${whomText(reach)} ? Un message envoyé peut être corrigé ou retiré, mais il aura été vu.`,
      approve: departs === 'now' ? 'Approuver et envoyer' : 'Approuver et programmer',
    },
  };
}

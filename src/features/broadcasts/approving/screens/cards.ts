import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import { limitedMarkdown, pictureOf } from '../../drafting/rules/content.ts';
import type { Broadcast } from '../../store/records.ts';
import type { Words } from '../rules/approval.ts';
import { chosenText } from '../rules/whom.ts';
import type { Correction, Review } from '../store/reviewing.ts';

/** « Samuel Roy vous le renvoie : “Ajoutez la date.” » */
export const returnedText = ({ name, comment }: Review): string =>
  comment === '' ? `${name} demande de le revoir.` : `${name} demande de le revoir : « ${comment} »`;

const wordsView = ({ title, text, link, linkTitle, image, imageAlt }: Words) => ({
  title: escapeMarkdown(title),
  text: limitedMarkdown(text),
  linked: link !== '',
  link: link === '' ? '' : `Bouton : ${linkTitle} (${link})`,
  pictured: image !== '',
  picture: pictureOf(image),
  pictureAlt: imageAlt,
});

/** A correction beside what it replaces, and whom it reaches: before anybody sees it. */
export function correctionCard(
  broadcast: Broadcast,
  correction: Correction,
  review: Review | undefined,
  whom: string,
  notice = '',
): Card {
  const returned = review?.verdict === 'returned' ? returnedText(review) : '';
  return {
    template: 'broadcasts/correction',
    summary: `Correction de « ${broadcast.title} », à approuver.`,
    view: {
      heading: returned === '' ? 'Correction à approuver' : 'Correction à revoir',
      ...noticeView([notice, returned].filter(Boolean).join(' ')),
      author: escapeMarkdown(`Avis nº ${broadcast.number}. Correction écrite par ${correction.name}.`),
      before: [wordsView(broadcast)],
      after: [wordsView(correction)],
      whom: escapeMarkdown(chosenText(whom)),
      broadcast: broadcast.id,
      revision: broadcast.revision,
    },
  };
}

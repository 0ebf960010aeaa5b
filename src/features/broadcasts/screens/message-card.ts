import type { Card } from '../../../core/card.ts';
import { frenchDate } from '../../../core/clock.ts';
import { escapeMarkdown, shorten } from '../../../core/text/text.ts';
import { dateIn } from '../../../core/time/days.ts';
import { CATEGORY_NAMES, type Category } from '../../catalogue/index.ts';
import type { Words } from '../approving/rules/approval.ts';
import { limitedMarkdown, pictureOf, plainText } from '../drafting/rules/content.ts';
import type { Broadcast } from '../store/records.ts';

/** Names of suppliers by id, those of the catalogue in force. */
export type SupplierNames = ReadonlyMap<string, string>;

export const concernedText = (
  { categories, suppliers }: Pick<Broadcast, 'categories' | 'suppliers'>,
  names: SupplierNames,
): string =>
  [
    ...categories.map((id) => CATEGORY_NAMES[id as Category] ?? id),
    ...suppliers.map((id) => names.get(id) ?? id),
  ].join(', ');

/** How a notice is shown: to try it out, to somebody who read it, where many read it. */
interface Shown {
  readonly trial?: boolean;
  readonly acknowledged?: string;
  readonly inRoom?: boolean;
}

/** Its date and who signs it: the author; the team where many read it, or where the author is not named any more. */
function signatureOf(
  { sendAt, updatedAt, authorId, authorName }: Broadcast,
  timeZone: string,
  inRoom: boolean,
) {
  const day = dateIn(sendAt ?? updatedAt, timeZone);
  const who = inRoom || authorId === '' ? 'L’équipe du Courtier' : `${authorName}, pour le Courtier`;
  return `${frenchDate(day)} · ${who}`;
}

/** The notice itself, as its recipients see it. */
export function messageCard(
  broadcast: Broadcast,
  names: SupplierNames,
  timeZone: string,
  { trial = false, acknowledged = '', inRoom = false }: Shown = {},
): Card {
  return {
    template: 'broadcasts/message',
    summary: `${broadcast.urgent ? 'Important. ' : ''}${broadcast.title}. ${shorten(plainText(broadcast.text), 600)}`,
    view: {
      ...wordsView(broadcast, names),
      broadcast: broadcast.id,
      trial,
      acknowledgeable: broadcast.acknowledge && !trial && acknowledged === '',
      acknowledged,
      wasAcknowledged: acknowledged !== '',
      signature: escapeMarkdown(signatureOf(broadcast, timeZone, inRoom)),
      corrected: broadcast.state === 'released' && broadcast.edition > 1,
    },
  };
}

/** What a notice says, wherever it is drawn: before it leaves, to whoever receives it, as a template. */
export const wordsView = (
  broadcast: Words & Pick<Broadcast, 'urgent' | 'categories' | 'suppliers'>,
  names: SupplierNames,
) => ({
  title: escapeMarkdown(broadcast.title),
  text: limitedMarkdown(broadcast.text),
  urgent: broadcast.urgent,
  linked: broadcast.link !== '',
  link: broadcast.link || 'https://www.quebec.ca',
  linkTitle: broadcast.linkTitle,
  pictured: broadcast.image !== '',
  picture: pictureOf(broadcast.image),
  pictureAlt: broadcast.imageAlt,
  concerns: broadcast.categories.length + broadcast.suppliers.length > 0,
  concerned: escapeMarkdown(concernedText(broadcast, names)),
});

/** In place of a notice that was withdrawn, where it cannot be deleted. */
export const withdrawnCard = (): Card => ({
  template: 'broadcasts/withdrawn',
  summary: 'Cet avis du Courtier a été retiré.',
  view: {},
});

import type { Card } from '../../../../core/card.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import type { DeliveryRow } from '../../../../core/ports/delivery.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { PAGE } from '../../screens/cards.ts';
import type { Broadcast } from '../../store/records.ts';
import { REASONS, STATE_NAMES } from '../../texts.ts';

/** A recipient, named as far as it is known. */
export interface NamedRow {
  readonly row: DeliveryRow;
  readonly name: string;
}

export function recipientsCard(
  broadcast: Broadcast,
  rows: readonly NamedRow[],
  total: number,
  page: number,
  {
    before,
    installs,
    installable,
  }: { readonly before: boolean; readonly installs: string; readonly installable: boolean },
): Card {
  const heading = before ? 'Qui ne peut pas être joint' : 'Qui n’a pas reçu l’avis';
  return {
    template: 'broadcasts/recipients',
    summary: `${heading} : ${total}.`,
    view: {
      heading,
      notice: installs,
      noticed: installs !== '',
      title: escapeMarkdown(broadcast.title),
      broadcast: broadcast.id,
      after: !before,
      installable,
      page,
      empty: total === 0,
      rows: rows.map(({ row, name }) => ({
        name: escapeMarkdown(name),
        state: before ? '' : STATE_NAMES[row.state],
        reason: row.reason ? `${REASONS[row.reason]}.` : '',
      })),
      advice: !installable && rows.some(({ row }) => row.reason === 'notInstalled'),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'destinataires'),
    },
  };
}

/** Beside a list of those who did not receive it: sending again, in two kinds. */
export const resendCard = (broadcast: Broadcast, failed: number, unknown: number): Card => ({
  template: 'broadcasts/resend',
  summary: `Renvoyer « ${broadcast.title} ».`,
  view: {
    title: escapeMarkdown(broadcast.title),
    broadcast: broadcast.id,
    hasFailed: failed > 0,
    failed: `${count(failed, 'destinataire')} sans message. Ceux que Teams ne peut pas joindre le resteront.`,
    hasUnknown: unknown > 0,
    unknown: `${count(unknown, 'destinataire incertain', 'destinataires incertains')} : Teams n’a pas confirmé la réception. Certains pourraient recevoir l’avis deux fois.`,
    none: failed + unknown === 0,
  },
});

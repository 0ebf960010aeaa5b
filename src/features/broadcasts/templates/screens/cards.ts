import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import { chosenText } from '../../approving/rules/whom.ts';
import { PAGE } from '../../screens/cards.ts';
import { type SupplierNames, wordsView } from '../../screens/message-card.ts';
import type { Broadcast } from '../../store/records.ts';
import type { Template } from '../store/templates.ts';

export const templatesCard = (rows: readonly Template[], page: number, total: number, notice = ''): Card => ({
  template: 'broadcasts/templates',
  summary: `Modèles d’avis : ${total}.`,
  view: {
    ...noticeView(notice),
    empty: total === 0,
    templates: rows.map(({ id, name, content }) => ({
      template: id,
      label: name,
      name: escapeMarkdown(name),
      title: escapeMarkdown(content.title),
    })),
    ...pagingRow(pageAt(rows, page, total, PAGE), 'modèles'),
  },
});

/** A template as a notice that begins with it would be. */
export const templateCard = (
  { id, name, revision, content }: Template,
  names: SupplierNames,
  whom: string,
  notice = '',
): Card => ({
  template: 'broadcasts/template',
  summary: `Modèle d’avis « ${name} ».`,
  view: {
    ...wordsView(content, names),
    ...noticeView(notice),
    name: escapeMarkdown(name),
    typed: name,
    template: id,
    revision,
    acknowledgement: content.acknowledge,
    audience: whom === '' ? 'Destinataires : à choisir.' : escapeMarkdown(chosenText(whom)),
  },
});

/** Under which name a notice is kept as a template. */
export const askTemplateCard = ({ id, title }: Broadcast): Card => ({
  template: 'broadcasts/template-name',
  summary: `Garder « ${title} » comme modèle.`,
  view: { broadcast: id, title: escapeMarkdown(title), name: title.slice(0, 80) },
});

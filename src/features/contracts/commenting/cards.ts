import type { Card } from '../../../core/card.ts';
import type { SentRequest } from '../../../core/feature.ts';
import { pageAt, pagingRow } from '../../../core/paging.ts';
import { count, escapeMarkdown, shorten } from '../../../core/text.ts';
import { usualDelay } from '../../../core/usual-delay.ts';
import { noticed, PAGE, type SupplierChoices } from '../screens/parts.ts';
import { COMMENT_KINDS, COMMENT_NAMES, isComplaint } from './rules.ts';
import type { Comment } from './store.ts';

export const commentCard = (suppliers: SupplierChoices, notice = ''): Card => ({
  template: 'contracts/comment',
  summary: notice || 'Écrire au Courtier.',
  view: {
    ...noticed(notice),
    kinds: COMMENT_KINDS.map((value) => ({ title: COMMENT_NAMES[value], value })),
    suppliers: [...suppliers],
  },
});

/** What a comment becomes once it is sent: its number, a copy, how long an answer takes, and what comes next. */
export const sentCard = (comment: Comment, supplier: string, delay: number | undefined): Card => ({
  template: 'contracts/comment-sent',
  summary: `Votre message nº ${comment.number} est transmis au Courtier. ${usualDelay(delay)}`,
  view: {
    number: comment.number,
    kind: COMMENT_NAMES[comment.kind],
    supplier: supplier === '' ? '' : `À propos de ${escapeMarkdown(supplier)}`,
    named: supplier !== '',
    text: escapeMarkdown(comment.text),
    delay: usualDelay(delay),
  },
});

/** What a person wrote to the broker, among all that they asked of it. */
export const sentRequest = ({ number, kind, text, createdAt, answer }: Comment): SentRequest => ({
  title: `${isComplaint(kind) ? 'Plainte' : 'Commentaire'} nº ${number}`,
  at: createdAt,
  text,
  state: answer === null ? 'Transmis au Courtier' : `Réponse : ${answer}`,
  stands: answer === null ? 'waiting' : 'answered',
});

/** A comment, for the staff. */
export const staffCommentCard = (comment: Comment, supplier: string, notice = ''): Card => ({
  template: 'contracts/comment-staff',
  summary: notice || `${isComplaint(comment.kind) ? 'Plainte' : 'Commentaire'} nº ${comment.number}.`,
  view: {
    comment: comment.id,
    revision: comment.revision,
    heading: `${isComplaint(comment.kind) ? 'Plainte' : 'Commentaire'} nº ${comment.number}`,
    ...noticed(notice),
    kind: COMMENT_NAMES[comment.kind],
    by: escapeMarkdown(comment.name),
    supplier: escapeMarkdown(supplier),
    named: supplier !== '',
    text: escapeMarkdown(comment.text),
    answer: escapeMarkdown(comment.answer ?? ''),
    answeredBy: escapeMarkdown(comment.answeredBy ?? ''),
    answered: comment.answer !== null,
    open: comment.answer === null,
  },
});

/** The broker's answer, for the person who wrote. */
export const answerCard = (comment: Comment): Card => ({
  template: 'contracts/answer',
  summary: 'Le Courtier a répondu à votre commentaire.',
  view: {
    text: escapeMarkdown(shorten(comment.text, 300)),
    answer: escapeMarkdown(comment.answer ?? ''),
    by: escapeMarkdown(comment.answeredBy ?? ''),
  },
});

export function commentsCard(rows: readonly Comment[], total: number, page: number, open: boolean): Card {
  return {
    template: 'contracts/comments',
    summary: `${count(total, 'commentaire')}.`,
    view: {
      heading: open ? 'Commentaires à traiter' : 'Tous les commentaires',
      empty: total === 0,
      open,
      all: !open,
      comments: rows.map(({ id, number, kind, text, answer }) => ({
        comment: id,
        title: `Nº ${number} · ${COMMENT_NAMES[kind].replace(/ \(.*/, '')}`,
        text: escapeMarkdown(shorten(text, 120)),
        state: answer === null ? 'À traiter' : 'Répondu',
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'commentaires'),
    },
  };
}

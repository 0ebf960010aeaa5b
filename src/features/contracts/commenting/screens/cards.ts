import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { type Page, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDateTime } from '../../../../core/clock.ts';
import type { SentRequest } from '../../../../core/routes/waiting.ts';
import { count, escapeMarkdown, ofName, shorten } from '../../../../core/text/text.ts';
import { dueText } from '../../../../core/time/due.ts';
import { usualDelay } from '../../../../core/time/usual-delay.ts';
import type { SupplierChoices } from '../../screens/parts.ts';
import {
  CLOSING_NAMES,
  CLOSINGS,
  COMMENT_KINDS,
  COMMENT_NAMES,
  commentDue,
  isComplaint,
  standingText,
  turnOf,
} from '../rules.ts';
import type { Comment, CommentParts, Word } from '../store/records.ts';

export const titleOf = ({ kind, number }: Pick<Comment, 'kind' | 'number'>): string =>
  `${isComplaint(kind) ? 'Plainte' : 'Commentaire'} nº ${number}`;

export const commentCard = (suppliers: SupplierChoices, notice = ''): Card => ({
  template: 'contracts/comment',
  summary: notice || 'Écrire au Courtier.',
  view: {
    ...noticeView(notice),
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
    supplier: supplier === '' ? '' : `À propos ${ofName(escapeMarkdown(supplier))}`,
    named: supplier !== '',
    text: escapeMarkdown(comment.text),
    delay: usualDelay(delay),
  },
});

const AGAIN: Partial<Record<Word['act'], string>> = {
  wrote: 'Votre nouveau mot est transmis au Courtier',
  reopened: 'Le Courtier l’a rouvert : il y travaille',
};

/** How one's own comment stands, in a few words; `last`: what happened of it last, where that was read. */
const ownState = (row: Comment, last?: Word['act']): string =>
  row.answer === null && !row.closedAt
    ? 'Transmis au Courtier'
    : row.askedAt && !row.closedAt
      ? ((last && AGAIN[last]) ?? 'De nouveau chez le Courtier')
      : row.closedAt
        ? standingText(row)
        : `Réponse : ${row.answer}`;

/** What a person wrote to the broker, among all that they asked of it. */
export const sentRequest = (row: Comment): SentRequest => ({
  title: titleOf(row),
  at: row.createdAt,
  text: row.text,
  state: ownState(row),
  stands: row.closedAt ? 'ended' : turnOf(row) === 'broker' ? 'waiting' : 'answered',
  ...(row.answer === null ? {} : { ask: 'mes messages' }),
});

interface Drawing {
  readonly timeZone: string;
  readonly days: CommentParts['days'];
}

/** All that was said since, each with its moment. */
function threadRows(words: readonly Word[], mine: boolean, timeZone: string) {
  const who = ({ act, name }: Word): string =>
    act === 'wrote' ? (mine ? 'Vous' : name) : mine && act !== 'reopened' ? `${name}, Courtier` : name;
  const did = ({ act, closing }: Word): string => {
    if (act === 'closed') return closing ? ` : fermé, ${CLOSING_NAMES[closing].toLowerCase()}` : ' : fermé';
    return act === 'reopened' ? ' : rouvert' : '';
  };
  return words.map((word) => ({
    head: escapeMarkdown(`${frenchDateTime(word.at, timeZone)} · ${who(word)}${did(word)}`),
    text: escapeMarkdown(word.text),
    said: word.text !== '',
  }));
}

/** What the staff see of a comment beside its row. */
export interface StaffView extends Drawing {
  readonly supplier: string;
  readonly words: readonly Word[];
  /** Who has it in hand; empty for nobody. */
  readonly holder: string;
  readonly body: string;
}

/** What was typed, to be shown again. */
interface Typed {
  readonly answer?: string;
  readonly lastAnswer?: string;
}

/** A comment as a case, for the staff: what was said, how it stands, and what can be done. */
export function staffCommentCard(
  row: Comment,
  { supplier, words, holder, body, timeZone, days }: StaffView,
  notice = '',
  { answer = '', lastAnswer = '' }: Typed = {},
): Card {
  const turn = turnOf(row);
  const open = turn !== 'ended';
  const standing = standingText(row, words.at(-1)?.act);
  const fact = (title: string, value: string) => (value ? [{ title, value: escapeMarkdown(value) }] : []);
  return {
    template: 'contracts/comment-staff',
    summary: notice || `${titleOf(row)}. ${standing}.`,
    view: {
      comment: row.id,
      wait: `comment/${row.id}`,
      revision: row.revision,
      heading: titleOf(row),
      ...noticeView(notice),
      kind: COMMENT_NAMES[row.kind],
      facts: [
        ...fact('De', row.name),
        ...fact('Organisation', body),
        ...fact('Fournisseur', supplier),
        ...fact('Reçu le', frenchDateTime(row.createdAt, timeZone)),
        ...fact('État', standing),
        ...fact('Pour quand', open ? dueText(commentDue(row, days)) : ''),
        ...fact('Qui s’en occupe', open ? holder || 'Personne' : ''),
      ],
      supplierId: row.supplierId,
      named: row.supplierId !== '',
      text: escapeMarkdown(row.text),
      words: threadRows(words, false, timeZone),
      several: words.length > 0,
      open,
      ended: !open,
      answer,
      lastAnswer,
      closings: CLOSINGS.map((value) => ({ title: CLOSING_NAMES[value], value })),
      due: row.dueOn ?? '',
    },
  };
}

/** One's own comment, with all that was said since; one may add to it. */
export function ownCommentCard(row: Comment, words: readonly Word[], timeZone: string, notice = ''): Card {
  const last = words.at(-1)?.act;
  const standing = standingText(row, last);
  return {
    template: 'contracts/answer',
    summary: notice || `${titleOf(row)} : ${ownState(row, last)}`,
    view: {
      comment: row.id,
      ...noticeView(notice),
      heading: titleOf(row),
      text: escapeMarkdown(shorten(row.text, 300)),
      state: escapeMarkdown(standing === 'À traiter' ? 'Transmis au Courtier' : standing),
      words: threadRows(words, true, timeZone),
      several: words.length > 0,
    },
  };
}

export function ownCommentsCard(page: Page<Comment>): Card {
  return {
    template: 'contracts/my-comments',
    summary: `${count(page.total, 'message')} au Courtier.`,
    view: {
      empty: page.total === 0,
      comments: page.items.map((row) => ({
        comment: row.id,
        title: titleOf(row),
        text: escapeMarkdown(shorten(row.text, 120)),
        state: escapeMarkdown(shorten(ownState(row), 120)),
      })),
      ...pagingRow(page, 'messages'),
    },
  };
}

export function commentsCard(page: Page<Comment>, open: boolean, supplier: string, name: string): Card {
  return {
    template: 'contracts/comments',
    summary: `${count(page.total, 'commentaire')}.`,
    view: {
      heading: `${open ? 'Commentaires à traiter' : 'Tous les commentaires'}${name ? ` · ${escapeMarkdown(name)}` : ''}`,
      empty: page.total === 0,
      open,
      all: !open,
      supplier,
      comments: page.items.map((row) => ({
        comment: row.id,
        title: `Nº ${row.number} · ${COMMENT_NAMES[row.kind].replace(/ \(.*/, '')}`,
        text: escapeMarkdown(shorten(row.text, 120)),
        state: standingText(row),
      })),
      ...pagingRow(page, 'commentaires'),
    },
  };
}

import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { Forms } from '../../answering/rules/form.ts';
import { shownWords } from '../rules/redacting.ts';
import type { WrittenComment } from '../store/result-comments.ts';
import type { ScoredYear } from '../store/result-scores.ts';

/** Comments on a card. */
export const COMMENTS = 5;

/** What a comment is about, and what it says: as it was written, and as the supplier reads it. */
function viewOf({ criterion, score, comment, words, changed }: WrittenComment, { groups, latest }: Forms) {
  const titles = new Map(groups.flatMap(({ criteria }) => criteria.map(({ id, title }) => [id, title])));
  return {
    criterion: titles.get(criterion) ?? 'Avis d’ensemble',
    score: `${score} · ${latest.scale[score as 1 | 2 | 3 | 4 | 5]}`,
    comment: escapeMarkdown(comment),
    redacted: words !== null,
    sheet:
      words === null
        ? ''
        : `Sur la fiche : ${escapeMarkdown(shownWords(words))}${changed ? ' Le commentaire a changé depuis : relisez-le.' : ''}`,
  };
}

/** What was written, without who wrote it. */
export function commentsCard(
  { supplier, year }: ScoredYear,
  name: string,
  rows: readonly WrittenComment[],
  total: number,
  page: number,
  forms: Forms,
  notice: string,
): Card {
  const paged = pageAt(rows, page, total, COMMENTS);
  return {
    template: 'evaluations/comments',
    summary: notice || `${count(total, 'commentaire')} sur ${name}.`,
    view: {
      supplier,
      year,
      page: paged.page,
      name: escapeMarkdown(name),
      heading: `Commentaires, ${year}`,
      ...noticeView(notice),
      empty: total === 0,
      comments: rows.map((row) => ({ ...viewOf(row, forms), mark: row.mark })),
      ...pagingRow(paged, 'commentaires'),
    },
  };
}

/** One comment, and what the supplier reads in its place. */
export function redactionCard(
  { supplier, year }: ScoredYear,
  name: string,
  row: WrittenComment,
  page: number,
  forms: Forms,
): Card {
  const view = viewOf(row, forms);
  return {
    template: 'evaluations/redaction',
    summary: `Un commentaire sur ${name}.`,
    view: {
      ...view,
      supplier,
      year,
      page,
      mark: row.mark,
      seen: row.revision,
      name: escapeMarkdown(name),
      heading: `Commentaire, ${year}`,
      words: row.words || row.comment,
      shown: row.words !== '',
    },
  };
}

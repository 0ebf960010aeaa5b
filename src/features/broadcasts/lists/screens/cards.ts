import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDateTime } from '../../../../core/clock.ts';
import { capital, count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { Broadcast } from '../../store/records.ts';
import { calledList } from '../rules/reading.ts';
import type { PeopleList } from '../store/directory.ts';
import type { LineStanding, Lists, ReportedLine } from '../store/lists.ts';

export const LINES = 10;

const WHY: Record<Exclude<LineStanding, 'reachable'>, (line: ReportedLine) => string> = {
  unreadable: () => 'ni courriel ni identifiant Entra',
  duplicate: ({ sameAs }) => `déjà à la ligne ${sameAs}`,
  unknown: () => 'inconnu',
  notInstalled: () => 'Courtier n’est pas installé : l’avis ne se rendra pas',
};

/** « Ligne 4 : leo@ville.ca — inconnu » */
function lineText(line: ReportedLine, source: PeopleList['source']): string {
  if (line.standing === 'reachable') return '';
  const where = source === 'file' ? `Ligne ${line.line}` : `Membre ${line.line}`;
  return `${where}${line.given === '' ? '' : ` : ${line.given}`} (${WHY[line.standing](line)})`;
}

/** What a list is worth, in a line each. */
function countLines(counts: ReadonlyMap<LineStanding, number>, askable: boolean): string[] {
  const n = (standing: LineStanding) => counts.get(standing) ?? 0;
  const line = (standing: LineStanding, text: string) => (n(standing) > 0 ? [text] : []);
  return [
    `${count(n('reachable'), 'personne')} à qui l’avis peut être envoyé`,
    ...line('notInstalled', `${count(n('notInstalled'), 'personne')} sans Courtier`),
    ...line(
      'unknown',
      `${count(n('unknown'), 'ligne inconnue', 'lignes inconnues')}${askable ? '' : ' : sans accès à l’annuaire, un courriel ne dit pas de qui il est ; donnez l’identifiant Entra'}`,
    ),
    ...line('duplicate', count(n('duplicate'), 'ligne en double', 'lignes en double')),
    ...line('unreadable', count(n('unreadable'), 'ligne illisible', 'lignes illisibles')),
  ];
}

export interface ListView {
  readonly list: PeopleList;
  readonly report: Awaited<ReturnType<Lists['report']>>;
  /** Whether a directory can be asked again. */
  readonly askable: boolean;
  /** Drafts to which the list can be added, the latest first. */
  readonly drafts: readonly Pick<Broadcast, 'id' | 'number' | 'title'>[];
  readonly timeZone: string;
  readonly notice?: string;
}

/** A list of people, checked: how many can be told, and each line that cannot, by its number. */
export function listCard({ list, report, askable, drafts, timeZone, notice = '' }: ListView): Card {
  const { counts, rows, page, total } = report;
  const heading = capital(calledList(list));
  return {
    template: 'broadcasts/people-list',
    summary: `${heading} : ${count(counts.get('reachable') ?? 0, 'personne')} à qui l’avis peut être envoyé.`,
    view: {
      list: list.id,
      page,
      heading: escapeMarkdown(heading),
      ...noticeView(notice),
      counts: countLines(counts, askable).map((text) => ({ text: `• ${text}` })),
      listed: rows.length > 0,
      lines: rows.map((row) => ({ text: escapeMarkdown(lineText(row, list.source)) })),
      read: `Lu le ${frenchDateTime(list.readAt, timeZone)}, et de nouveau au départ de l’avis.`,
      askable,
      drafted: drafts.length > 0,
      draft: drafts[0]?.id ?? '',
      drafts: drafts.map(({ id, number, title }) => ({ title: `Nº ${number} : ${title}`, value: id })),
      ...pagingRow(pageAt(rows, page, total, LINES), 'lignes à regarder'),
    },
  };
}

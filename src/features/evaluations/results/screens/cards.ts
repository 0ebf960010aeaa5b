import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { type Page, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { count, escapeMarkdown, ofName, shareText, shorten } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { COMMENT_NAMES, type Comment } from '../../../contracts/index.ts';
import { type Forms, OVERALL } from '../../answering/rules/form.ts';
import { decimal } from '../../answering/screens/documents.ts';
import type { Release } from '../store/releases.ts';
import { enough, type Result, type ScoredYear } from '../store/result-scores.ts';
import { LEAST_BODIES } from '../store/told-together.ts';

/** Suppliers on a card. */
export const PAGE = 6;
const MOST_COMPLAINTS = 5;
const FULL = 5;

const TOO_FEW = `Réponses de moins de ${LEAST_BODIES} organismes : non montré`;

/** The two parts of a bar, of a hundred: a mean on the scale of 1 to 5. */
const bar = (mean: number) => {
  const done = Math.min(100, Math.max(1, Math.round((mean / FULL) * 100)));
  return {
    shown: true,
    hidden: false,
    done: `${done}`,
    rest: `${Math.max(1, 100 - done)}`,
    partial: done < 100,
  };
};
const noBar = { shown: false, hidden: true, done: '1', rest: '100', partial: true };

/** « ▲ 0,3 » against the year before; empty where one of them is not shown. */
function trendOf(result: Result, all: readonly Result[], shown: (row: Result) => boolean): string {
  const before = all.find((row) => row.criterion === result.criterion && row.year === result.year - 1);
  if (!before || !shown(before) || !shown(result)) return '';
  const change = Math.round((result.mean - before.mean) * 10) / 10;
  if (change === 0) return ' · stable';
  return ` · ${change > 0 ? '▲' : '▼'} ${decimal(Math.abs(change))}`;
}

/** A page of the suppliers that were evaluated, each with its latest year. */
export function suppliersCard(
  paged: Page<{ readonly supplier: string; readonly name: string; readonly results: readonly Result[] }>,
  entitled: boolean,
): Card {
  const shown = (row: Result) => entitled || enough(row);
  return {
    template: 'evaluations/suppliers',
    summary: `${count(paged.total, 'fournisseur évalué', 'fournisseurs évalués')}.`,
    view: {
      empty: paged.total === 0,
      suppliers: paged.items.flatMap(({ supplier, name, results }) => {
        const [latest] = results;
        return latest
          ? [
              {
                supplier,
                name: escapeMarkdown(name),
                facts: shown(latest)
                  ? `${latest.year} · ${decimal(latest.mean)} sur 5 · ${count(latest.n, 'réponse')}${trendOf(latest, results, shown)}`
                  : `${latest.year} · ${TOO_FEW.toLowerCase()}`,
                ...(shown(latest) ? bar(latest.mean) : noBar),
              },
            ]
          : [];
      }),
      ...pagingRow(paged, 'fournisseurs'),
    },
  };
}

/** Answers are told by whole groups of bodies: how many bodies more answered, whose answers are still to be told. */
const waitingView = (bodies: number) => ({
  waits: bodies > 0,
  waitingText: `${count(bodies, 'autre organisme a répondu', 'autres organismes ont répondu')}. Les réponses paraissent par groupes de trois organismes : d’un jour à l’autre, on ne peut déduire ce qu’un seul a dit.`,
});

export interface SupplierYear extends ScoredYear {
  readonly name: string;
  /** The latest first. */
  readonly years: readonly number[];
  readonly results: readonly Result[];
  readonly again: { readonly n: number; readonly bodies: number; readonly yes: number };
  /** How many comments are of fewer than three bodies. */
  readonly held: number;
  /** The latest of them. */
  readonly complaints: readonly Comment[];
  /** How many there are in all. */
  readonly complained: number;
  readonly release: Release | undefined;
  readonly groups: Forms['groups'];
  readonly entitled: boolean;
}

/** A supplier's results of a year: the overall view over the years, each criterion, the year's complaints. */
export function resultsCard(held: SupplierYear, notice = ''): Card {
  const { supplier, name, year, years, results, again, complaints, complained, release, groups, entitled } =
    held;
  const shown = (row: Result) => entitled || enough(row);
  const find = (criterion: string, of = year) =>
    results.find((row) => row.criterion === criterion && row.year === of);
  const overall = find(OVERALL);
  const row = (result: Result | undefined) =>
    result && shown(result)
      ? {
          value: decimal(result.mean),
          facts: `${count(result.n, 'réponse')} · écart type ${decimal(result.spread)}${trendOf(result, results, shown)}`,
          ...bar(result.mean),
        }
      : { value: '–', facts: TOO_FEW, ...noBar };
  const releasable = overall !== undefined && enough(overall);
  return {
    template: 'evaluations/results',
    summary:
      notice ||
      `${name}, ${year} : ${overall && shown(overall) ? `${decimal(overall.mean)} sur 5` : TOO_FEW.toLowerCase()}.`,
    view: {
      supplier,
      year,
      name: escapeMarkdown(name),
      ...noticeView(notice),
      confidential: entitled && !(overall && enough(overall)),
      heading: `Année ${year}`,
      overall: [row(overall)],
      ...waitingView(entitled ? 0 : (overall?.waiting ?? 0)),
      again:
        entitled || enough(again)
          ? `Choisiraient de nouveau ce fournisseur : ${shareText(again.yes, again.n)}`
          : '',
      said: again.n > 0 && (entitled || enough(again)),
      history: years
        .toSorted((a, b) => a - b)
        .map((each) => ({ year: String(each), ...row(find(OVERALL, each)) })),
      several: years.length > 1,
      years: years
        .filter((each) => each !== year)
        .map((each) => ({ supplier, year: each, label: String(each) })),
      // Where nothing of a group may be shown, what is said of the whole is enough.
      groups: groups
        .map((group) => ({
          title: group.title,
          criteria: group.criteria.flatMap(({ id, title }) => {
            const found = find(id);
            return found ? [{ title, visible: shown(found), ...row(found) }] : [];
          }),
        }))
        .filter(({ criteria }) => criteria.some(({ visible }) => visible)),
      complained: complaints.length > 0,
      complaintsTitle: `${count(complained, 'plainte')} en ${year}`,
      complaints: complaints.slice(0, MOST_COMPLAINTS).map(({ id, kind, text, createdAt }) => ({
        comment: id,
        text: escapeMarkdown(shorten(text, 120)),
        facts: `${COMMENT_NAMES[kind].split(' (')[0]} · ${frenchDate(brokerDate(createdAt))}`,
      })),
      releasable,
      holds: held.held > 0,
      rewrites: held.held > 0 && entitled,
      heldText: `${count(held.held, 'commentaire')} de moins de trois organismes : non transmis. ${
        entitled
          ? 'Vous pouvez en dire l’essentiel dans vos mots.'
          : 'Une personne de l’administration peut en dire l’essentiel dans ses mots.'
      }`,
      released: release?.active ?? false,
      seen: release?.number ?? 0,
      releaseText: release?.active
        ? `Fiche transmise par ${escapeMarkdown(release.by)}. En préparer une autre remplace son lien.`
        : '',
      button: release?.active ? 'Remplacer la fiche' : 'Fiche du fournisseur',
    },
  };
}

/** The link to a supplier's sheet, for staff to send. */
export const sheetCard = (name: string, year: number, url: string, days: number): Card => ({
  template: 'evaluations/sheet',
  summary: `La fiche de résultats ${ofName(name)}, ${year}.`,
  view: {
    name: escapeMarkdown(name),
    year: String(year),
    url,
    text: `Transmettez ce lien au fournisseur : il y télécharge sa fiche de ${year}. Il est bon ${days} jours, pour quiconque le détient.`,
  },
});

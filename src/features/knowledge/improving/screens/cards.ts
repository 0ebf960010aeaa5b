import type { Card } from '../../../../core/card.ts';
import { type Page, pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDateTime } from '../../../../core/clock.ts';
import { count, escapeMarkdown, shorten } from '../../../../core/text/text.ts';
import type { KnowledgeBase } from '../../answering/rules.ts';
import type { EntryText } from '../../publishing/store/entry-writing.ts';
import type { Improvement } from '../../screens/schema.ts';
import { type Group, nearestOf, wordingsOf } from '../rules/grouping.ts';
import type { Moved, Verdict } from '../rules/judging.ts';
import type { Improvement as Handled } from '../store/improvement-records.ts';
import type { TrialReport } from '../trial.ts';

const LIST = 5;
const EXAMPLES = 5;

const notice = (text: string) => ({ notice: escapeMarkdown(text), hasNotice: text !== '' });
const untilOf = ({ questions }: Group): number =>
  Math.max(...questions.map(({ askedAt }) => askedAt.getTime()));

/** The title of an entry, for a card; of one that is not in force any more, that it was withdrawn. */
const titleOf = (base: KnowledgeBase, id: string | undefined, most = 80): string =>
  shorten(base.entry(id ?? '')?.title ?? 'une réponse retirée', most);

/** Every entry, to be chosen among, by title. */
export const entryChoices = (base: KnowledgeBase): { title: string; value: string }[] =>
  base
    .material()
    .entries.filter(({ silent }) => !silent)
    .map(({ id, question }) => ({ title: shorten(question, 120), value: id }))
    .sort((a, b) => a.title.localeCompare(b.title, 'fr'));

function lineOf(group: Group, base: KnowledgeBase): string {
  const displeased = group.questions.filter((question) => question.displeased).length;
  const nearest = nearestOf(group);
  const { silence, elsewhere } = base.search(wordingsOf(group)[0] ?? '');
  return [
    silence ? 'le guide ne le dit pas, et la réponse le dit' : '',
    elsewhere ? 'dit hors de mon ressort' : '',
    displeased > 0 ? `${count(displeased, 'avis défavorable', 'avis défavorables')}` : '',
    nearest ? `au plus près : ${titleOf(base, nearest)}` : '',
    group.before > 0 ? `${count(group.before, 'semblable déjà traitée', 'semblables déjà traitées')}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The groups of questions that wait for the staff, the largest first, a page of them. */
export function groupsCard(groups: readonly Group[], page: number, base: KnowledgeBase, word = ''): Card {
  const list = pageOf(groups, page, LIST);
  const total = groups.reduce((sum, { questions }) => sum + questions.length, 0);
  return {
    template: 'knowledge/groups',
    summary: `Questions à améliorer : ${count(total, 'question')} en ${count(groups.length, 'groupe')}.`,
    view: {
      ...notice(word),
      heading: `Questions à améliorer, quatre-vingt-dix derniers jours · ${total.toLocaleString('fr-CA')}`,
      nothing: 'Rien à améliorer : chaque question a eu une réponse sûre, et aucune n’a déçu.',
      empty: groups.length === 0,
      groups: list.items.map((group) => ({
        group: group.id,
        until: untilOf(group),
        size: String(group.questions.length),
        text: `« ${escapeMarkdown(shorten(wordingsOf(group)[0] ?? '', 160))} »`,
        line: escapeMarkdown(lineOf(group, base)),
      })),
      ...pagingRow(list, 'groupes'),
    },
  };
}

const DONE: Record<Handled['act'], string> = {
  wording: 'Rattachée à',
  entry: 'Réponse écrite',
  offTopic: 'Hors sujet',
};

/** What the staff made of groups, each with the way to take it back. */
export function handledCard(list: Page<Handled>, base: KnowledgeBase, timeZone: string, word = ''): Card {
  return {
    template: 'knowledge/handled-groups',
    summary: `Questions traitées : ${list.total}.`,
    view: {
      ...notice(word),
      heading: `Questions traitées · ${list.total.toLocaleString('fr-CA')}`,
      empty: list.total === 0,
      handled: list.items.map(({ id, act, entryId, text, covers, authorName, at }) => ({
        improvement: id,
        text: `« ${escapeMarkdown(shorten(text, 160))} »`,
        line: `${DONE[act]}${act === 'wording' ? ` « ${escapeMarkdown(titleOf(base, entryId ?? undefined))} »` : ''} · ${count(covers.length, 'question')}`,
        who: `${escapeMarkdown(authorName)}, ${frenchDateTime(at, timeZone)}`,
      })),
      ...pagingRow(list, 'améliorations'),
    },
  };
}

/** A group in people's own words, and what may be made of it in one gesture. */
export function groupCard(
  group: Group,
  base: KnowledgeBase,
  typed: { readonly said: string; readonly goal: string },
  word = '',
): Card {
  const wordings = wordingsOf(group);
  const others = wordings.length - EXAMPLES;
  return {
    template: 'knowledge/group',
    summary: `${count(group.questions.length, 'question semblable', 'questions semblables')} : ${shorten(wordings[0] ?? '', 200)}`,
    view: {
      ...notice(word),
      heading: count(group.questions.length, 'question semblable', 'questions semblables'),
      line: escapeMarkdown(lineOf(group, base)),
      examples: [
        ...wordings.slice(0, EXAMPLES).map((text) => ({ text: `« ${escapeMarkdown(shorten(text, 300))} »` })),
        ...(others > 0
          ? [{ text: `et ${count(others, 'autre façon de demander', 'autres façons de demander')}` }]
          : []),
      ],
      group: group.id,
      until: untilOf(group),
      typedWording: typed.said || shorten(wordings[0] ?? '', 300),
      typedTarget: typed.goal || (nearestOf(group) ?? ''),
      choices: entryChoices(base),
    },
  };
}

/** The form of an entry for a group, filled with its words or with what somebody typed. */
export function groupEntryCard(
  group: Group,
  typed: Omit<EntryText, 'alternates'> & { others: string },
  word = '',
): Card {
  return {
    template: 'knowledge/group-entry',
    summary: 'Écrivez une réponse pour ces questions.',
    view: {
      ...notice(word),
      line: `Pour ${count(group.questions.length, 'question semblable', 'questions semblables')}. Relisez les formulations : aucun nom de personne.`,
      group: group.id,
      until: untilOf(group),
      typedTitle: typed.title,
      typedAnswer: typed.answer,
      typedWordings: typed.others,
      typedReview: typed.review,
    },
  };
}

const WHAT: Record<Improvement['act'], string> = {
  wording: 'Rattacher cette formulation',
  offTopic: 'Mettre hors sujet',
  entry: 'Publier cette réponse',
};
const HOW: Record<Moved['how'], string> = { better: 'Mieux', worse: 'Moins bien', moved: 'Autrement' };
const COLORS: Record<Moved['how'], string> = { better: 'Good', worse: 'Attention', moved: 'Default' };
const ORDER: readonly Moved['how'][] = ['worse', 'better', 'moved'];

/** What is worse comes first, and of it what fell deepest; of the same weight, the staff's own questions. */
const byWeight = (a: Moved, b: Moved): number =>
  ORDER.indexOf(a.how) - ORDER.indexOf(b.how) ||
  Math.abs(b.after.level - b.before.level) - Math.abs(a.after.level - a.before.level) ||
  Number(b.from === 'bench') - Number(a.from === 'bench');

/** « répond « … » », « propose », « décline », as a card shows it. */
const inWords = ({ outcome, first }: Verdict, base: KnowledgeBase): string => {
  if (outcome === 'none') return 'aucune réponse';
  return `${outcome === 'choice' ? 'un choix, d’abord ' : ''}« ${titleOf(base, first, 60)} »`;
};

/** What a change would do to the known questions, or how far its trial is. */
export function trialCard(change: Improvement, report: TrialReport, page: number, base: KnowledgeBase): Card {
  const changes = (report.changes ?? []).toSorted(byWeight);
  const numberOf = (how: Moved['how']) => String(changes.filter((each) => each.how === how).length);
  const list = pageOf(changes, page, LIST);
  const percent = report.total === 0 ? 0 : Math.floor((report.done / report.total) * 100);
  return {
    template: 'knowledge/trial',
    summary: report.changes
      ? `${WHAT[change.act]} : ${numberOf('better')} mieux, ${numberOf('worse')} moins bien.`
      : `Je compare les questions connues : ${percent} %.`,
    view: {
      heading: WHAT[change.act],
      shown: `« ${escapeMarkdown(change.said)} »`,
      line:
        change.act === 'wording'
          ? escapeMarkdown(`à « ${titleOf(base, change.goal)} »`)
          : 'Ce que cela change des questions connues',
      pending: report.changes === undefined,
      done: report.changes !== undefined,
      progress: `Je compare avant et après : ${percent} % des questions connues.`,
      better: numberOf('better'),
      worse: numberOf('worse'),
      elsewhere: numberOf('moved'),
      known: `Sur ${count(report.total, 'question connue', 'questions connues')}.`,
      changes: list.items.map(({ text, how, before, after }) => ({
        text: escapeMarkdown(shorten(text, 200)),
        line: escapeMarkdown(
          `${HOW[how]} · avant : ${inWords(before, base)} · après : ${inWords(after, base)}`,
        ),
        color: COLORS[how],
      })),
      ...pagingRow(list, 'changements'),
      group: change.group,
      until: change.until,
      act: change.act,
      said: change.said,
      goal: change.act === 'wording' ? change.goal : '',
      others: change.act === 'entry' ? change.others.join('\n') : '',
      reply: change.act === 'entry' ? change.reply : '',
      reviewOn: change.act === 'entry' ? change.reviewOn : '',
      ofGroup: change.act !== 'entry',
      ofEntry: change.act === 'entry',
    },
  };
}

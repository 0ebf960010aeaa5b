import type { Card } from '../../../../core/card.ts';
import { frenchDate, frenchDateTime } from '../../../../core/clock.ts';
import { count, escapeMarkdown, ofName, shareText, shorten } from '../../../../core/text/text.ts';
import { dateIn } from '../../../../core/time/days.ts';
import type { AnyEntry, KnowledgeBase } from '../../answering/rules.ts';
import type { Questions } from '../../answering/store/questions.ts';
import type { Reason, Status } from '../../screens/schema.ts';
import { after } from '../rules.ts';
import type { Asker, Escalation } from '../store/escalation-records.ts';
import type { Listed, StaffView } from '../store/staff-view.ts';
import { contextLines, OUTCOMES } from './context.ts';

const STATES: Record<Escalation['status'], string> = {
  open: 'À prendre',
  taken: 'Prise en charge',
  answered: 'Réponse donnée',
  closed: 'Fermée',
};
const COLORS: Record<Escalation['status'], string> = {
  open: 'Attention',
  taken: 'Accent',
  answered: 'Good',
  closed: 'Default',
};
const SHOWN_WORDS = 1_500;
/** Of what one person added, or typed before; the rest is counted. */
const SHOWN_ADDED = 5;

const DELIVERIES: Record<Asker['delivery'], string> = {
  waiting: '',
  pending: "réponse en cours d'envoi",
  sent: 'réponse reçue',
  unreachable: 'réponse non remise : la conversation est fermée',
  unknown: 'remise incertaine',
  left: "a annulé, n'attend plus de réponse",
};

/** « Annulée par la personne »: a question for which nobody waits any more. */
const stateOf = ({ status, cancelledAt }: Pick<Escalation, 'status' | 'cancelledAt'>): string =>
  cancelledAt ? 'Annulée par la personne' : STATES[status];

/** The staff's card of a handed-over question, as it stands now; `draft` is an answer that was not sent. */
export function escalationCard(
  view: StaffView,
  base: Pick<KnowledgeBase, 'entry'>,
  timeZone: string,
  notice = '',
  draft = '',
): Card {
  const { escalation } = view;
  const { status, number } = escalation;
  const canAnswer = after(escalation, 'answer') !== undefined;
  const former = escalation.answer !== null && status !== 'answered';
  return {
    template: 'knowledge/escalation',
    summary: `Question nº ${number} (${stateOf(escalation).toLowerCase()}) : ${shorten(escalation.text, 300)}`,
    view: {
      escalation: escalation.id,
      revision: escalation.revision,
      number,
      state: stateOf(escalation),
      color: COLORS[status],
      notice: escapeMarkdown(notice),
      hasNotice: notice !== '',
      text: escapeMarkdown(shorten(escalation.text, SHOWN_WORDS)),
      ...askersOf(view, base, timeZone),
      ...takenOf(escalation),
      hasAnswer: status === 'answered' || former,
      former,
      answer: escapeMarkdown(shorten(escalation.answer ?? '', SHOWN_WORDS)),
      draft: draft || (view.correcting ? (escalation.answer ?? '') : ''),
      kept: canAnswer
        ? "Votre réponse n'est pas partie : elle est gardée sous « Répondre »."
        : `Votre réponse n'est pas partie : « ${escapeMarkdown(draft)} »`,
      hasKept: draft !== '',
      canTake: after(escalation, 'take') !== undefined && status === 'open',
      canRelease: after(escalation, 'release') !== undefined,
      canAnswer,
      canClose: after(escalation, 'close') !== undefined,
      canReopen: after(escalation, 'reopen') !== undefined,
      canPublish: status === 'answered' && escalation.entryId === null,
      published: escalation.entryId !== null,
      draftTitle: shorten(escalation.text, 160),
      draftAnswer: escalation.answer ?? '',
      draftReview: dateIn(escalation.updatedAt, timeZone).add({ years: 1 }).toString(),
    },
  };
}

/** Who asked, what each let the staff know, and what they added since. */
function askersOf(
  { escalation, told, asked, left, added }: StaffView,
  base: Pick<KnowledgeBase, 'entry'>,
  timeZone: string,
) {
  const others = asked - told.length;
  const more = added.length - SHOWN_ADDED;
  return {
    askers: told.map((each) => ({
      line: [
        `**${escapeMarkdown(each.asker.name) || 'Une personne'}**, ${frenchDateTime(each.asker.askedAt, timeZone)}`,
        DELIVERIES[each.asker.delivery],
      ]
        .filter(Boolean)
        .join(' · '),
      details: contextLines(each, escalation.text, base).map((text) => ({ text })),
    })),
    others: [
      others > 0 ? `et ${count(others, 'autre personne', 'autres personnes')}` : '',
      left > 0 && left < asked
        ? `${count(asked - left, 'personne attend', 'personnes attendent')} encore`
        : '',
    ]
      .filter(Boolean)
      .join(' · '),
    hasOthers: others > 0 || (left > 0 && left < asked),
    added: added.slice(-SHOWN_ADDED).map(({ name, text, writtenAt }) => ({
      line: `**Précision ${ofName(escapeMarkdown(name) || 'la personne')}**, ${frenchDateTime(writtenAt, timeZone)} : ${escapeMarkdown(text)}`,
    })),
    hasAdded: added.length > 0,
    earlier: more > 0 ? `${count(more, 'précision plus ancienne', 'précisions plus anciennes')}` : '',
    hasEarlier: more > 0,
  };
}

/** Who of the staff has it, or had it when nobody waited any more. */
function takenOf({ status, cancelledAt, takenById, takenByName }: Escalation) {
  const by = escapeMarkdown(takenByName ?? 'une personne partie depuis');
  const cancelled = "Plus personne n'attend de réponse : il n'y a rien à faire.";
  return {
    taken: status === 'taken' || status === 'answered' || cancelledAt !== null,
    taker: cancelledAt
      ? [takenById ? `Prise en charge par ${by}.` : '', cancelled].filter(Boolean).join(' ')
      : `${status === 'answered' ? 'Réponse donnée' : 'Prise en charge'} par ${by}`,
  };
}

const TITLES: Record<Status, string> = {
  live: 'Questions sans réponse',
  answered: 'Questions avec réponse',
  closed: 'Questions fermées',
};

/** The questions handed over, by state, a page of them. */
export function questionsCard(
  status: Status,
  list: {
    rows: readonly Escalation[];
    total: number;
    pages: number;
    listed: ReadonlyMap<string, Listed>;
  },
  page: number,
  timeZone: string,
): Card {
  return {
    template: 'knowledge/questions',
    summary: `${TITLES[status]} : ${list.total}.`,
    view: {
      heading: `${TITLES[status]} · ${list.total.toLocaleString('fr-CA')}`,
      empty: list.total === 0,
      status,
      rows: list.rows.map((row) => ({
        escalation: row.id,
        title: `Nº ${row.number} · ${stateOf(row)}`,
        text: escapeMarkdown(shorten(row.text, 140)),
        since: [frenchDateTime(row.createdAt, timeZone), ...listedText(list.listed.get(row.id))].join(' · '),
      })),
      paged: list.pages > 1,
      position: `Page ${page} de ${list.pages}`,
      hasPrevious: page > 1,
      previous: page - 1,
      hasNext: page < list.pages,
      next: page + 1,
    },
  };
}

/** « 3 personnes attendent », « rien de sûr n'a été trouvé », « 1 précision ». */
const listedText = (listed: Listed | undefined): string[] =>
  listed
    ? [
        listed.waiting > 1 ? count(listed.waiting, 'personne', 'personnes') : '',
        listed.outcome ? OUTCOMES[listed.outcome] : '',
        listed.added > 0 ? count(listed.added, 'précision') : '',
      ].filter(Boolean)
    : [];

const REASONS: Record<Reason, string> = {
  wrong: 'inexacte',
  incomplete: 'incomplète',
  unclear: 'peu claire',
  outdated: 'dépassée',
  other: 'autre raison',
};

type Summary = Awaited<ReturnType<Questions['summarizeQuestions']>>;

/** The last thirty days for the broker's staff. Bars are columns of proportionate width, with the number beside them. */
export function dashboardCard(
  summary: Summary,
  waiting: number,
  base: KnowledgeBase,
  toReview: readonly Pick<AnyEntry, 'title' | 'owner' | 'review'>[],
): Card {
  const most = Math.max(1, ...summary.mostAsked.map((row) => row.times));
  const titleOf = (id: string | null) =>
    escapeMarkdown(shorten(base.entry(id ?? '')?.title ?? 'Entrée retirée', 70));
  const rated = summary.up + summary.down;
  return {
    template: 'knowledge/dashboard',
    summary: `Trente derniers jours : ${count(summary.asked, 'question')}, ${waiting} sans réponse d'une personne.`,
    view: {
      asked: summary.asked.toLocaleString('fr-CA'),
      waiting: waiting.toLocaleString('fr-CA'),
      declined: shareText(summary.declined, summary.asked),
      satisfied: rated === 0 ? '–' : shareText(summary.up, rated),
      mostAsked: summary.mostAsked.map((row) => ({
        title: titleOf(row.entryId),
        times: String(row.times),
        bar: Math.max(1, Math.round((row.times / most) * 100)),
        rest: Math.max(1, 100 - Math.round((row.times / most) * 100)),
      })),
      hasMostAsked: summary.mostAsked.length > 0,
      dissatisfied: summary.dissatisfied.map((row) => ({
        line: `**${titleOf(row.entryId)}** · ${row.reason ? REASONS[row.reason] : 'sans raison donnée'}${row.comment ? ` · « ${escapeMarkdown(shorten(row.comment, 120))} »` : ''}`,
      })),
      hasDissatisfied: summary.dissatisfied.length > 0,
      unmatched: summary.unmatched.map((row) => ({ line: `« ${escapeMarkdown(shorten(row.text, 120))} »` })),
      hasUnmatched: summary.unmatched.length > 0,
      toReview: toReview.slice(0, 5).map(({ title, owner, review }) => ({
        line: `${escapeMarkdown(title)} · ${escapeMarkdown(owner)}, ${frenchDate(Temporal.PlainDate.from(review))}`,
      })),
      hasToReview: toReview.length > 0,
    },
  };
}

import type { Card } from '../../../../core/card.ts';
import { frenchDate, frenchDateTime } from '../../../../core/clock.ts';
import { count, escapeMarkdown, shorten } from '../../../../core/text.ts';
import type { AnyEntry, KnowledgeBase, LiveEntry } from '../../answering/rules.ts';
import type { Questions } from '../../answering/store/questions.ts';
import type { Reason, Status } from '../../screens/schema.ts';
import { after } from '../rules.ts';
import type { Asker, Escalation } from '../store/escalation-records.ts';

const STATES: Record<Escalation['status'], string> = {
  open: 'À prendre',
  taken: 'Prise en charge',
  answered: 'Répondue',
  closed: 'Fermée',
};
const COLORS: Record<Escalation['status'], string> = {
  open: 'Attention',
  taken: 'Accent',
  answered: 'Good',
  closed: 'Default',
};
const SHOWN_ASKERS = 5;
const SHOWN_WORDS = 1_500;

const DELIVERIES: Record<Asker['delivery'], string> = {
  waiting: '',
  pending: "réponse en cours d'envoi",
  sent: 'réponse reçue',
  unreachable: 'réponse non remise : la conversation est fermée',
  unknown: 'remise incertaine',
};

/** The staff's card of a handed-over question, as it stands now. */
export function escalationCard(
  escalation: Escalation,
  askers: readonly Asker[],
  timeZone: string,
  notice = '',
): Card {
  const { status, number } = escalation;
  const others = askers.length - SHOWN_ASKERS;
  return {
    template: 'knowledge/escalation',
    summary: `Question nº ${number} (${STATES[status].toLowerCase()}) : ${shorten(escalation.text, 300)}`,
    view: {
      escalation: escalation.id,
      revision: escalation.revision,
      number,
      state: STATES[status],
      color: COLORS[status],
      notice: escapeMarkdown(notice),
      hasNotice: notice !== '',
      text: escapeMarkdown(shorten(escalation.text, SHOWN_WORDS)),
      askers: askers.slice(0, SHOWN_ASKERS).map((asker) => ({
        line: [
          `**${escapeMarkdown(asker.name) || 'Une personne'}**, ${frenchDateTime(asker.askedAt, timeZone)}`,
          DELIVERIES[asker.delivery],
        ]
          .filter(Boolean)
          .join(' · '),
      })),
      others: others > 0 ? `et ${count(others, 'autre personne', 'autres personnes')}` : '',
      hasOthers: others > 0,
      taken: status === 'taken' || status === 'answered',
      taker: `${status === 'answered' ? 'Répondue' : 'Prise en charge'} par ${escapeMarkdown(escalation.takenByName ?? 'une personne partie depuis')}`,
      hasAnswer: status === 'answered',
      answer: escapeMarkdown(shorten(escalation.answer ?? '', SHOWN_WORDS)),
      canTake: status === 'open',
      canRelease: status === 'taken',
      canAnswer: after(status, 'answer') !== undefined,
      canClose: after(status, 'close') !== undefined,
      canReopen: after(status, 'reopen') !== undefined,
      canPublish: status === 'answered' && escalation.entryId === null,
      published: escalation.entryId !== null,
      draftTitle: shorten(escalation.text, 160),
      draftAnswer: escalation.answer ?? '',
      draftReview: Temporal.Instant.fromEpochMilliseconds(escalation.updatedAt.getTime())
        .toZonedDateTimeISO(timeZone)
        .toPlainDate()
        .add({ years: 1 })
        .toString(),
    },
  };
}

const TITLES: Record<Status, string> = {
  live: 'Questions sans réponse',
  answered: 'Questions répondues',
  closed: 'Questions fermées',
};

/** The questions handed over, by state, a page of them. */
export function questionsCard(
  status: Status,
  list: { rows: readonly Escalation[]; total: number; pages: number },
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
        title: `Nº ${row.number} · ${STATES[row.status]}`,
        text: escapeMarkdown(shorten(row.text, 140)),
        since: frenchDateTime(row.createdAt, timeZone),
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
  toReview: readonly AnyEntry[],
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
      declined: percent(summary.declined, summary.asked),
      satisfied: rated === 0 ? '–' : percent(summary.up, rated),
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

/** The entries that staff published, each with the way to withdraw it. */
export function liveEntriesCard(entries: readonly LiveEntry[], notice = ''): Card {
  return {
    template: 'knowledge/live-entries',
    summary: `${count(entries.length, 'réponse publiée', 'réponses publiées')} par l'équipe.`,
    view: {
      notice: escapeMarkdown(notice),
      hasNotice: notice !== '',
      empty: entries.length === 0,
      entries: entries.slice(0, 30).map(({ id, title, owner, review }) => ({
        entry: id,
        title: escapeMarkdown(title),
        line: `${escapeMarkdown(owner)} · à réviser le ${frenchDate(Temporal.PlainDate.from(review))}`,
      })),
    },
  };
}

export function retireConfirmCard({ id, title }: LiveEntry): Card {
  return {
    template: 'knowledge/retire',
    summary: 'Retirer cette réponse ? Confirmez ou annulez.',
    view: { entry: id, title: escapeMarkdown(title) },
  };
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`;

import type { Card } from '../../../../core/card.ts';
import { pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDate } from '../../../../core/clock.ts';
import type { SentRequest } from '../../../../core/routes/waiting.ts';
import { escapeMarkdown, shorten } from '../../../../core/text/text.ts';
import { dateIn } from '../../../../core/time/days.ts';
import { usualDelay } from '../../../../core/time/usual-delay.ts';
import type { Show } from '../../screens/schema.ts';
import { isWaiting } from '../rules.ts';
import type { Asker, Escalation } from '../store/escalation-records.ts';
import { type Complement, REQUESTS, type Request, type RequestStanding } from '../store/own-requests.ts';

const SHOWN_WORDS = 500;
const SHOWN_ANSWER = 3_000;
/** Of what they added: the latest. */
const SHOWN_ADDED = 5;
/** Of what was sent otherwise than by a question, on a page. */
const OTHERS = 4;

const dated = (at: Date, timeZone: string): string => frenchDate(dateIn(at, timeZone));

/** Whether the question was answered after they asked, and is not answered any more. */
const hasFormer = ({
  escalation: { status, answer, answeredAt },
  askedAt,
  leftAt,
}: RequestStanding): boolean =>
  !leftAt && status !== 'answered' && answer !== null && answeredAt !== null && askedAt <= answeredAt;

/** Where a request stands, in plain words. Nobody of the staff is named. */
function stateText(request: RequestStanding, timeZone: string): string {
  const { escalation, leftAt } = request;
  const on = (date: Date | null) => (date ? ` le ${dated(date, timeZone)}` : '');
  if (leftAt) return `Annulée par vous${on(leftAt)}`;
  switch (escalation.status) {
    case 'open':
      return "En attente : l'équipe ne l'a pas encore prise en charge";
    case 'taken':
      return `Prise en charge par l'équipe${on(escalation.takenAt)}`;
    case 'answered':
      return `Réponse donnée par l'équipe${on(escalation.answeredAt)}`;
    case 'closed':
      return `Fermée par l'équipe${on(escalation.updatedAt)}, sans ${hasFormer(request) ? 'nouvelle ' : ''}réponse`;
  }
}

interface Drawing {
  readonly added: readonly Complement[];
  readonly delay: number | undefined;
  /** Nobody else reads it. */
  readonly personal: boolean;
  readonly timeZone: string;
  readonly notice: string;
}

/** A request of somebody, as it stands: what they wrote, where it is, and what they may do. */
export function requestCard(
  request: RequestStanding,
  { added, delay, personal, timeZone, notice }: Drawing,
): Card {
  const { escalation, leftAt, text } = request;
  const { id, number, status } = escalation;
  const waits = !leftAt && isWaiting(status);
  const answered = !leftAt && status === 'answered';
  const former = hasFormer(request);
  const state = stateText(request, timeZone);
  return {
    template: 'knowledge/escalated',
    summary: waits
      ? `Votre question nº ${number} est transmise au Courtier. Vous recevrez la réponse ici. ${usualDelay(delay)}`
      : `Votre question nº ${number}. ${state}.`,
    view: {
      escalation: id,
      number,
      state,
      notice: escapeMarkdown(notice),
      hasNotice: notice !== '',
      text: escapeMarkdown(shorten(text, SHOWN_WORDS)),
      asked: `Demandée le ${dated(request.askedAt, timeZone)}.`,
      added: personal
        ? added.slice(-SHOWN_ADDED).map((each) => ({
            line: `Précision du ${dated(each.writtenAt, timeZone)} : « ${escapeMarkdown(shorten(each.text, SHOWN_WORDS))} »`,
          }))
        : [],
      waits,
      delay: usualDelay(delay),
      former: former && personal,
      hasAnswer: (answered || former) && personal,
      answer: escapeMarkdown(shorten(escalation.answer ?? '', SHOWN_ANSWER)),
      elsewhere: answered && !personal,
      canAdd: waits && personal,
      canCancel: waits,
      canInsist: answered && personal,
      canAskAgain: !waits && !answered,
      personal,
    },
  };
}

const TITLES: Record<Show, string> = {
  waiting: 'Vos demandes en attente',
  answered: 'Vos demandes avec réponse',
  ended: 'Vos demandes annulées ou fermées',
};
const NONE: Record<Show, string> = {
  waiting:
    "Vous n'attendez aucune réponse de l'équipe. Posez-moi une question : si je ne sais pas y répondre, vous pourrez la lui transmettre.",
  answered: "L'équipe ne vous a encore rien répondu ici.",
  ended: "Aucune demande n'a été annulée ni fermée.",
};

/** What a page shows of a person's requests: their questions, a page of them, and all that they sent otherwise. */
interface Listed {
  readonly items: readonly Request[];
  readonly page: number;
  readonly total: number;
  readonly sent: readonly SentRequest[];
}

/** What somebody asked of the staff, by where it stands, a page of it: questions, and what was sent otherwise. */
export function requestsCard(
  show: Show,
  wanted: number,
  { items, page: asked, total: questions, sent }: Listed,
  { delay, timeZone }: Pick<Drawing, 'delay' | 'timeZone'>,
): Card {
  const mine = sent.filter(({ stands }) => stands === show);
  const total = questions + mine.length;
  const pages = Math.max(1, Math.ceil(questions / REQUESTS), Math.ceil(mine.length / OTHERS));
  const page = Math.min(wanted, pages);
  const others = mine.slice((page - 1) * OTHERS, page * OTHERS);
  // The questions end before the rest does: their last page is not shown twice.
  const rows = page === asked ? items : [];
  return {
    template: 'knowledge/requests',
    summary: `${TITLES[show]} : ${total}.`,
    view: {
      heading: `${TITLES[show]} · ${total.toLocaleString('fr-CA')}`,
      empty: total === 0,
      otherwise: others.length > 0,
      others: others.map(({ title, at, text, state, ask = '' }) => ({
        title: `${title} · ${dated(at, timeZone)}`,
        text: `« ${escapeMarkdown(shorten(text, 140))} »`,
        state: escapeMarkdown(shorten(state, 200)),
        ask,
        more: ask !== '',
      })),
      none: NONE[show],
      show,
      delay: usualDelay(delay),
      hasDelay: show === 'waiting' && total > 0,
      rows: rows.map((request) => {
        const former = hasFormer(request);
        const answer = escapeMarkdown(shorten(request.escalation.answer ?? '', 200));
        return {
          escalation: request.escalation.id,
          title: `Nº ${request.escalation.number} · ${dated(request.askedAt, timeZone)}`,
          text: `« ${escapeMarkdown(shorten(request.text, 140))} »`,
          state: stateText(request, timeZone),
          answered: show === 'answered' || former,
          answer: former ? `Réponse précédente : ${answer}` : answer,
        };
      }),
      toAnswered: show !== 'answered',
      toWaiting: show !== 'waiting',
      toEnded: show !== 'ended',
      ...pagingRow({ items: rows, page, pages, total }, 'demandes'),
    },
  };
}

/** What an asker receives when the staff have answered. */
export function answeredCard(escalation: Escalation, asked: Pick<Asker, 'text'>): Card {
  const answer = escapeMarkdown(escalation.answer ?? '');
  return {
    template: 'knowledge/answered',
    summary: `Réponse du Courtier à votre question nº ${escalation.number} : ${shorten(escalation.answer ?? '', 400)}`,
    view: {
      escalation: escalation.id,
      number: escalation.number,
      text: escapeMarkdown(shorten(asked.text, 300)),
      answer,
      author: escapeMarkdown(escalation.takenByName ?? 'Équipe du Courtier'),
    },
  };
}

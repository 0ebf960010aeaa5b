import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { type Draw, draws, redraws } from '../../../../core/cards/redraw.ts';
import { warnsFirst } from '../../../../core/cards/warning-first.ts';
import { job } from '../../../../core/routes/jobs.ts';
import { action } from '../../../../core/routes/turns.ts';
import { dateIn } from '../../../../core/time/days.ts';
import type { MessageTurn, Turn } from '../../../../core/turn.ts';
import { STAFF_CHANNEL } from '../../../people/index.ts';
import type { KnowledgeServices } from '../../answering/screens/actions.ts';
import { refusePastReview } from '../../publishing/screens/actions.ts';
import type { EntryText } from '../../publishing/store/entry-writing.ts';
import {
  Answer,
  Escalation,
  Nothing,
  Publication,
  QuestionsPage,
  Revision,
  type Status,
} from '../../screens/schema.ts';
import type { StepOutcome } from '../store/escalation-records.ts';
import * as cards from './cards.ts';

const STALE = 'Quelqu’un vient d’agir sur cette question. Voici où elle en est.';

/** Where a question stands after a step, or why the step came too late. */
const stepped: Draw<
  KnowledgeServices,
  { readonly escalation: string; readonly answer?: string },
  StepOutcome
> = async (
  _turn,
  { answer = '' },
  { knowledge: { base, escalations }, timeZone },
  word,
  { kind, escalation },
) => {
  const stale = kind === 'stale';
  const view = await escalations.staffView(escalation);
  return cards.escalationCard(view, base, timeZone, stale ? STALE : word, stale ? answer : '');
};

/** The staff's card of a question. */
export async function cardOf(
  id: string,
  { knowledge: { base, escalations }, timeZone }: KnowledgeServices,
): Promise<Card> {
  const view = await escalations.staffView(await escalations.getEscalation(id));
  return cards.escalationCard(view, base, timeZone);
}

/** What a colleague has in hand is asked about first. */
const warned = warnsFirst(
  Escalation,
  ({ escalation }) => ({ kind: 'question', id: escalation }),
  (_turn, { escalation }, services: KnowledgeServices) => cardOf(escalation, services),
);

const step = (verb: string, name: 'take' | 'release' | 'close' | 'reopen') =>
  warned(
    action(
      verb,
      Revision,
      redraws(
        ({ person }, { escalation, revision }, { knowledge }: KnowledgeServices) =>
          knowledge.escalations[name](person, escalation, revision),
        stepped,
      ),
      'staff',
    ),
  );

export const take = step('knowledge.take', 'take');
export const release = step('knowledge.release', 'release');
export const close = step('knowledge.close', 'close');
export const reopen = step('knowledge.reopen', 'reopen');

export const answer = warned(
  action(
    'knowledge.answer',
    Answer,
    redraws(
      ({ person }, { escalation, revision, answer }, { knowledge }: KnowledgeServices) =>
        knowledge.escalations.answer(person, escalation, revision, answer),
      stepped,
    ),
    'staff',
  ),
);

/** Whether a question has become an entry of these very words. */
async function isPublished(
  { entryId }: StepOutcome['escalation'],
  { title, answer }: Pick<EntryText, 'title' | 'answer'>,
  { knowledge }: KnowledgeServices,
): Promise<boolean> {
  const entry = entryId === null ? undefined : await knowledge.liveEntries.findEntry(entryId);
  return entry?.title === title && entry.answer === answer;
}

export const publish = forgiving(
  comesBack(Escalation, (_turn, { escalation }, services: KnowledgeServices) => cardOf(escalation, services)),
  action(
    'knowledge.publish',
    Publication,
    redraws(async (turn, { escalation, revision, entryAnswer, ...entry }, services: KnowledgeServices) => {
      refusePastReview(entry.review, services);
      const published = { ...entry, answer: entryAnswer };
      const { liveEntries } = services.knowledge;
      const outcome = await liveEntries.publishEntry(turn.person, escalation, revision, published);
      // The same words sent again lose nothing.
      if (!(await isPublished(outcome.escalation, published, services))) unlessStale(outcome, STALE);
      return outcome;
    }, stepped),
    'staff',
  ),
);

/** Opens a question from the list, as a card of its own. */
export const open = action(
  'knowledge.open',
  Escalation,
  async (turn, { escalation }, services: KnowledgeServices) => {
    await turn.reply(await cardOf(escalation, services));
    turn.notify('La question est ci-dessous.');
  },
  'staff',
);

async function questionsOf(
  status: Status,
  page: number,
  { knowledge: { escalations }, timeZone }: KnowledgeServices,
): Promise<Card> {
  const list = await escalations.escalationsPage(status, page);
  const listed = await escalations.listed(list.rows.map(({ id }) => id));
  return cards.questionsCard(status, { ...list, listed }, list.page, timeZone);
}

export const questionsPage = action(
  'knowledge.questionsPage',
  QuestionsPage,
  draws((_turn, { status, page }, services: KnowledgeServices) => questionsOf(status, page, services)),
  'staff',
);

export async function listQuestions(turn: MessageTurn, services: KnowledgeServices): Promise<void> {
  await turn.reply(await questionsOf('live', 1, services));
}

export async function dashboard(
  turn: Turn,
  { knowledge, clock, timeZone }: KnowledgeServices,
): Promise<void> {
  const { base, questions, escalations, liveEntries } = knowledge;
  const today = dateIn(clock.now(), timeZone).toString();
  const [summary, waiting, live] = await Promise.all([
    questions.summarizeQuestions(),
    escalations.howMany('live'),
    liveEntries.firstToReview(today),
  ]);
  const toReview = [...base.content.entries.filter(({ review }) => review <= today), ...live];
  await turn.reply(cards.dashboardCard(summary, waiting, base, toReview));
}

/** A staff channel was designated. */
export const postWaiting = job(
  'knowledge.postWaiting',
  Nothing,
  (_input, { knowledge }: KnowledgeServices) => knowledge.escalations.showWaiting(),
  { on: STAFF_CHANNEL },
);

// What the release before enqueued, and enqueues while it works beside this one: a later release drops these two.
export const post = job('knowledge.post', Escalation, ({ escalation }, { knowledge }: KnowledgeServices) =>
  knowledge.escalations.showEscalation(escalation),
);
export const deliver = job(
  'knowledge.deliver',
  Escalation,
  async ({ escalation }, { knowledge, queue, db }: KnowledgeServices) => {
    const again = await knowledge.escalations.takeOver(escalation);
    if (again) await db.transaction((tx) => queue.enqueue(tx, 'knowledge.deliver', { escalation }, again));
  },
);

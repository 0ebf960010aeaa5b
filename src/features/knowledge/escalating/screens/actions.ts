import { CourtierError, notFound } from '../../../../core/errors.ts';
import { action, job } from '../../../../core/feature.ts';
import type { ActionTurn, MessageTurn, Turn } from '../../../../core/turn.ts';
import { STAFF_CHANNEL } from '../../../people/index.ts';
import type { KnowledgeServices } from '../../answering/screens/actions.ts';
import {
  Answer,
  Escalation,
  LiveEntry,
  Nothing,
  Publication,
  QuestionsPage,
  Revision,
} from '../../screens/schema.ts';
import type { StepOutcome } from '../store/escalation-records.ts';
import * as cards from './cards.ts';

const STALE = 'Quelqu’un vient d’agir sur cette question. Voici où elle en est.';

/** Shows where a question stands after a step, or why the step came too late. */
async function show(
  turn: ActionTurn,
  { kind, escalation }: StepOutcome,
  { knowledge, timeZone }: KnowledgeServices,
): Promise<void> {
  const askers = await knowledge.escalations.askers(escalation.id);
  turn.update(cards.escalationCard(escalation, askers, timeZone, kind === 'stale' ? STALE : ''));
}

const step = (verb: string, name: 'take' | 'release' | 'close' | 'reopen') =>
  action(
    verb,
    Revision,
    async (turn, input, services: KnowledgeServices) => {
      await show(
        turn,
        await services.knowledge.escalations[name](turn.person, input.escalation, input.revision),
        services,
      );
    },
    'staff',
  );

export const take = step('knowledge.take', 'take');
export const release = step('knowledge.release', 'release');
export const close = step('knowledge.close', 'close');
export const reopen = step('knowledge.reopen', 'reopen');

export const answer = action(
  'knowledge.answer',
  Answer,
  async (turn, input, services: KnowledgeServices) => {
    await show(
      turn,
      await services.knowledge.escalations.answer(
        turn.person,
        input.escalation,
        input.revision,
        input.answer,
      ),
      services,
    );
  },
  'staff',
);

export const publish = action(
  'knowledge.publish',
  Publication,
  async (turn, { escalation, revision, entryAnswer, ...entry }, services: KnowledgeServices) => {
    const today = services.clock.now().toZonedDateTimeISO(services.timeZone).toPlainDate();
    if (Temporal.PlainDate.compare(Temporal.PlainDate.from(entry.review), today) <= 0) {
      throw new CourtierError('refused', 'La date de révision doit être à venir.');
    }
    await show(
      turn,
      await services.knowledge.liveEntries.publishEntry(turn.person, escalation, revision, {
        ...entry,
        answer: entryAnswer,
      }),
      services,
    );
  },
  'staff',
);

/** Opens a question from the list, as a card of its own. */
export const open = action(
  'knowledge.open',
  Escalation,
  async (turn, input, { knowledge, timeZone }: KnowledgeServices) => {
    const escalation = await knowledge.escalations.getEscalation(input.escalation);
    await turn.reply(
      cards.escalationCard(escalation, await knowledge.escalations.askers(escalation.id), timeZone),
    );
    turn.notify('La question est ci-dessous.');
  },
  'staff',
);

export const questionsPage = action(
  'knowledge.questionsPage',
  QuestionsPage,
  async (turn, { status, page }, { knowledge, timeZone }: KnowledgeServices) => {
    turn.update(
      cards.questionsCard(status, await knowledge.escalations.escalationsPage(status, page), page, timeZone),
    );
  },
  'staff',
);

export async function listQuestions(
  turn: MessageTurn,
  { knowledge, timeZone }: KnowledgeServices,
): Promise<void> {
  await turn.reply(
    cards.questionsCard('live', await knowledge.escalations.escalationsPage('live', 1), 1, timeZone),
  );
}

export async function dashboard(
  turn: Turn,
  { knowledge, clock, timeZone }: KnowledgeServices,
): Promise<void> {
  const { base, questions, escalations, liveEntries } = knowledge;
  const today = clock.now().toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const [summary, waiting, live] = await Promise.all([
    questions.summarizeQuestions(),
    escalations.escalationsPage('live', 1),
    liveEntries.listLiveEntries(),
  ]);
  const toReview = [...base.content.entries, ...live.flatMap(({ id }) => base.entry(id) ?? [])].filter(
    (entry) => entry.review <= today,
  );
  await turn.reply(cards.dashboardCard(summary, waiting.total, base, toReview));
}

export async function listLiveEntries(turn: MessageTurn, { knowledge }: KnowledgeServices): Promise<void> {
  await turn.reply(cards.liveEntriesCard(await knowledge.liveEntries.listLiveEntries()));
}

export const askRetire = action(
  'knowledge.askRetire',
  LiveEntry,
  async (turn, input, { knowledge }: KnowledgeServices) => {
    const entry = (await knowledge.liveEntries.listLiveEntries()).find(({ id }) => id === input.entry);
    if (!entry) throw notFound();
    turn.update(cards.retireConfirmCard(entry));
  },
  'staff',
);

export const retire = action(
  'knowledge.retire',
  LiveEntry,
  async (turn, input, { knowledge }: KnowledgeServices) => {
    await knowledge.liveEntries.retireEntry(turn.person, input.entry);
    turn.update(
      cards.liveEntriesCard(await knowledge.liveEntries.listLiveEntries(), 'La réponse est retirée.'),
    );
  },
  'staff',
);

export const keepEntries = action(
  'knowledge.keepEntries',
  Nothing,
  async (turn, _input, { knowledge }: KnowledgeServices) => {
    turn.update(cards.liveEntriesCard(await knowledge.liveEntries.listLiveEntries()));
  },
  'staff',
);

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

export const purge = job(
  'knowledge.purge',
  Nothing,
  async (_input, { knowledge }: KnowledgeServices) => {
    await knowledge.questions.purge();
    await knowledge.escalations.purge();
  },
  { every: '25 7 * * *' },
);

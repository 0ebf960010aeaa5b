import type { Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { House } from '../../../../core/manifest.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import type { Afterwards } from '../../../../core/process/afterwards.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { databaseTrouble } from '../../../../core/rows/database-trouble.ts';
import type { ActionTurn, Feedback, MessageTurn, Turn } from '../../../../core/turn.ts';
import type { Belonging, People, StaffChannel } from '../../../people/index.ts';
import type { Knowledge } from '../../build.ts';
import { askPersonForm } from '../../escalating/screens/form.ts';
import { withdrawnCard } from '../../publishing/screens/cards.ts';
import { continuationOf } from '../../reading/continuation.ts';
import { Dissatisfaction, Entry, Question, Rating, TopicsPage } from '../../screens/schema.ts';
import { type SearchResult, smallTalk } from '../../search/index.ts';
import * as texts from '../../texts.ts';
import { aboutItself } from '../about.ts';
import type { AnyEntry } from '../rules.ts';
import { standingOf } from '../standing.ts';
import { type AskedQuestion, readAs } from '../store/questions.ts';
import { type Before, mayGoOn, type Understood, understand } from '../understanding.ts';
import { tellAbout } from './about.ts';
import * as cards from './cards.ts';
import { declinedCard, unsureCard } from './declined-cards.ts';
import { topicsCard } from './topics-card.ts';

export interface KnowledgeServices {
  readonly db: Db;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly queue: Queue;
  readonly people: People;
  readonly belonging: Pick<Belonging, 'bodyOf'>;
  readonly staffChannel: StaffChannel;
  readonly knowledge: Knowledge;
  readonly afterwards: Afterwards;
  readonly house: Pick<House, 'run' | 'requests' | 'holdersOf'>;
}

const LONGEST_MESSAGE = 10_000;

/** Every message that is no command: about the assistant itself, small talk, or a question for the knowledge base. */
export async function ask(turn: MessageTurn, services: KnowledgeServices): Promise<boolean> {
  const { knowledge } = services;
  if (turn.text === '')
    await turn.reply(turn.conversation.kind === 'personal' ? texts.emptyHere : texts.empty);
  else if (turn.text.length > LONGEST_MESSAGE) await turn.reply(texts.tooLong);
  else {
    // « Et en anglais ? » varies what was asked before.
    const topic = continuationOf(turn.text) === 'varied' ? undefined : aboutItself(turn.text);
    const talk = topic ? undefined : smallTalk(turn.text);
    if (topic) await tellAbout(topic, turn, services);
    else if (talk) await turn.reply(texts.smallTalkReplies[talk]);
    else {
      const before = await beforeOf(turn, turn.text, knowledge);
      const read = understand(turn.text, before && beforeIn(before, knowledge.base), knowledge.base);
      await answer(turn, turn.text, read, services, before);
    }
  }
  return true;
}

/** The question that a message may go on from; none is looked for when it stands by itself. */
const beforeOf = async (turn: Turn, text: string, { base, questions }: Knowledge) =>
  mayGoOn(text, base) ? ifThere(() => questions.lastQuestion(turn)) : undefined;

/** What the database knows that an answer may be better for; the answer does not wait for one that is away. */
async function ifThere<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (databaseTrouble(error)) return undefined;
    throw error;
  }
}

/** What an answer means for the person's body; said to nobody else. */
async function standingFor(turn: Turn, entry: AnyEntry, { belonging }: KnowledgeServices) {
  if (entry.depends === undefined || turn.conversation.kind !== 'personal') return undefined;
  const body = await ifThere(() => belonging.bodyOf(turn.person));
  return body && standingOf(entry, body);
}

const beforeIn = ({ root, text, entryId }: AskedQuestion, base: Knowledge['base']): Before => ({
  root: root ?? text,
  entry: base.entry(entryId ?? ''),
});

/** Replies with the card that a message calls for, which needs no database; the question is written down once the person has it. */
async function answer(
  turn: Turn,
  text: string,
  read: Understood,
  services: KnowledgeServices,
  before?: AskedQuestion,
): Promise<void> {
  const {
    knowledge: { questions },
    afterwards,
  } = services;
  const question = questions.draftQuestion(turn, text, read, before);
  const card = await cardFor(turn, question, services);
  const activityId = await turn.reply(question.entryId === null ? card : { ...card, feedback: true });
  await afterwards.write(`question:${question.id}`, () =>
    questions.saveQuestion({ ...question, activityId: activityId || null }),
  );
}

/** The card of a question as it stands: its answer, a choice, or an honest refusal. */
async function cardFor(turn: Turn, question: AskedQuestion, services: KnowledgeServices) {
  const { base } = services.knowledge;
  const entry = question.entryId === null ? undefined : base.entry(question.entryId);
  if (entry) return cards.answerCard(question, entry, base, await standingFor(turn, entry, services));
  // What was shown is kept beside the question: an entry that is not there any more was withdrawn.
  if (question.entryId !== null) return withdrawnCard(question.id);
  if (question.outcome === 'choice')
    return cards.choiceCard(question, base, question.nearest, 'Est-ce bien votre question ?');
  return declinedCard(question, base);
}

async function owned(turn: Turn, id: string, { questions }: Knowledge): Promise<AskedQuestion> {
  const question = await questions.findQuestion(id, turn);
  if (!question) throw notFound();
  return question;
}

function entryOrRefusal(id: string, { base }: Knowledge): AnyEntry {
  const entry = base.entry(id);
  if (entry) return entry;
  throw id.startsWith('courtier-') ? new CourtierError('refused', texts.withdrawn) : notFound();
}

/** A related question or an example: the answer comes as a new message, so that the first stays readable. */
export const show = creating(
  'knowledge.show',
  { uncounted: 'An answer of the guide, shown to whoever asked; nobody else is reached.' },
  Entry,
  async (turn, { entry: id }, services: KnowledgeServices) => {
    const entry = entryOrRefusal(id, services.knowledge);
    const result: SearchResult = { outcome: 'answer', hits: [{ id: entry.id, score: 1 }] };
    await answer(turn, entry.title, { result }, services);
    turn.notify('La réponse est ci-dessous.');
  },
);

/** One of the questions offered: its answer takes the card's place. */
export const pick = action(
  'knowledge.pick',
  Entry.required(),
  async (turn, input, services: KnowledgeServices) => {
    const { knowledge } = services;
    const entry = entryOrRefusal(input.entry, knowledge);
    const question = await knowledge.questions.changeQuestion(input.question, turn, {
      entryId: entry.id,
      alsoId: null,
      rating: null,
      reason: null,
      comment: null,
    });
    if (!question) throw notFound();
    await redraw(turn, question, services);
  },
);

export const rate = action('knowledge.rate', Rating, async (turn, input, services: KnowledgeServices) => {
  const { knowledge } = services;
  const before = await owned(turn, input.question, knowledge);
  const question = await knowledge.questions.rate(before.id, turn, input.rating);
  await redraw(turn, question ?? (await owned(turn, before.id, knowledge)), services);
});

/** Teams' own thumbs beside an answer: they count for whoever asked, where they asked, and a second opinion replaces the first. */
export async function feedback(
  { person, conversation, activityId, reaction, text }: Feedback,
  { knowledge }: KnowledgeServices,
): Promise<boolean> {
  const rating = reaction === 'like' ? 'up' : 'down';
  return knowledge.questions.rateMessage(person, conversation.id, activityId, {
    rating,
    reason: rating === 'down' && text !== '' ? 'other' : null,
    comment: text || null,
  });
}

export const explain = action(
  'knowledge.explain',
  Dissatisfaction,
  async (turn, input, services: KnowledgeServices) => {
    const { knowledge } = services;
    const before = await owned(turn, input.question, knowledge);
    const comment = input.comment?.trim() || null;
    const question = await knowledge.questions.explain(before.id, turn, input.reason, comment);
    await redraw(turn, question ?? (await owned(turn, before.id, knowledge)), services);
  },
);

/** « Ce n'est pas ma question »: what else it could have been; then, a person. */
export const alternatives = action(
  'knowledge.alternatives',
  Question,
  async (turn, input, { knowledge }: KnowledgeServices) => {
    const before = await owned(turn, input.question, knowledge);
    const others = (
      before.nearest.length > 1
        ? before.nearest
        : knowledge.base.search(before.text).hits.map((hit) => hit.id)
    ).filter((id) => id !== before.entryId);
    turn.update(
      others.length > 0
        ? cards.choiceCard(before, knowledge.base, others, 'Voici ce qui s’en approche le plus.')
        : await askPersonForm(turn, before, before.text, knowledge),
    );
  },
);

/** None of the questions offered, or no business of somebody else's: an honest refusal takes the card's place. */
export const none = action(
  'knowledge.none',
  Question,
  async (turn, input, { knowledge }: KnowledgeServices) => {
    const question = await knowledge.questions.changeQuestion(input.question, turn, {
      entryId: null,
      alsoId: null,
      outcome: 'none',
    });
    if (!question) throw notFound();
    turn.update(unsureCard(question, knowledge.base));
  },
);

/** « Lire ma question à part »: it went on from nothing. */
export const apart = action('knowledge.apart', Question, async (turn, input, services: KnowledgeServices) => {
  const { knowledge } = services;
  const before = await owned(turn, input.question, knowledge);
  const question = await knowledge.questions.readApart(
    before.id,
    turn,
    readAs(understand(before.text, undefined, knowledge.base)),
  );
  await redraw(turn, question ?? (await owned(turn, before.id, knowledge)), services);
});

/** The card as it was before a form. */
export const back = action('knowledge.back', Question, async (turn, input, services: KnowledgeServices) => {
  const { knowledge } = services;
  await redraw(turn, await owned(turn, input.question, knowledge), services);
});

export const topics = action(
  'knowledge.topics',
  TopicsPage,
  async (turn, { group, page }, { knowledge }: KnowledgeServices) => {
    turn.update(topicsCard(knowledge.base, group, page));
  },
);

async function redraw(turn: ActionTurn, question: AskedQuestion, services: KnowledgeServices): Promise<void> {
  turn.update(await cardFor(turn, question, services));
}

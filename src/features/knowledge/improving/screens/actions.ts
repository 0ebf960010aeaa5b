import type { Card } from '../../../../core/card.ts';
import { forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { type ActionRoute, action, creating } from '../../../../core/routes/turns.ts';
import { shorten } from '../../../../core/text/text.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import type { KnowledgeServices } from '../../answering/screens/actions.ts';
import { refusePastReview, showPreview, todayOf } from '../../publishing/screens/actions.ts';
import {
  GroupEntry,
  GroupsPage,
  GroupWords,
  Improvement,
  ImprovementForm,
  ImprovementId,
  ImprovementPage,
  NewEntry,
} from '../../screens/schema.ts';
import { knownQuestions } from '../known-questions.ts';
import type { Change } from '../rules/change.ts';
import { type Group, groupsOf, seenUntil, wordingsOf } from '../rules/grouping.ts';
import { asKnown } from '../store/bench.ts';
import type { Made } from '../store/improvements.ts';
import * as cards from './cards.ts';

const GONE = 'Ces questions n’attendent plus : un collègue s’en est occupé, ou elles ont été effacées.';
/** How many wordings of a group fill the form of a new entry. */
const PREFILLED = 8;

const groupsNow = async ({ knowledge }: KnowledgeServices): Promise<Group[]> =>
  groupsOf(await knowledge.improvements.unmetQuestions());

const list = async (page: number, services: KnowledgeServices, word = ''): Promise<Card> =>
  cards.groupsCard(await groupsNow(services), page, services.knowledge.base, word);

/** Draws what is made of a group that somebody saw; the list, when nothing of it waits any more. */
const ofGroup =
  <I extends { readonly group: string; readonly until: number }>(
    draw: (group: Group, input: I, services: KnowledgeServices) => Card | Promise<Card>,
  ) =>
  async (_turn: unknown, input: I, services: KnowledgeServices): Promise<Card> => {
    const group = seenUntil(await groupsNow(services), input.group, input.until);
    return group ? draw(group, input, services) : list(1, services, GONE);
  };

export async function listGroups(turn: MessageTurn, services: KnowledgeServices): Promise<void> {
  await turn.reply(await list(1, services));
}

export const groups = action(
  'knowledge.groups',
  GroupsPage,
  draws((_turn, { page }, services: KnowledgeServices) => list(page, services)),
  'staff',
);

const handled = async (page: number, { knowledge, timeZone }: KnowledgeServices, word = ''): Promise<Card> =>
  cards.handledCard(await knowledge.improvements.improvementsPage(page), knowledge.base, timeZone, word);

export const handledGroups = action(
  'knowledge.handledGroups',
  GroupsPage,
  draws((_turn, { page }, services: KnowledgeServices) => handled(page, services)),
  'staff',
);

export const group = action(
  'knowledge.group',
  GroupWords,
  draws(ofGroup((group, typed, { knowledge }) => cards.groupCard(group, knowledge.base, typed))),
  'staff',
);

export const draftEntry = action(
  'knowledge.draftEntry',
  GroupEntry,
  draws(
    ofGroup((group, { said, others, reply, reviewOn }, services) => {
      const [first = '', ...more] = wordingsOf(group);
      return cards.groupEntryCard(group, {
        title: said || shorten(first, 160),
        others:
          said === ''
            ? more
                .slice(0, PREFILLED)
                .map((text) => shorten(text, 200))
                .join('\n')
            : others,
        answer: reply,
        review: reviewOn || Temporal.PlainDate.from(todayOf(services)).add({ years: 1 }).toString(),
      });
    }),
  ),
  'staff',
);

/** The client's very card of a new entry, below; the form stays as it is. */
export const previewNew = action(
  'knowledge.previewNew',
  NewEntry,
  async (turn, input, services: KnowledgeServices) => {
    const { title, alternates, entryAnswer: answer, review } = input;
    await showPreview(
      turn,
      { id: 'courtier-nouveau', title, alternates, answer, review },
      services.knowledge,
    );
    const draw = ofGroup((group) =>
      cards.groupEntryCard(
        group,
        { title, others: alternates.join('\n'), answer, review },
        'L’aperçu est ci-dessous.',
      ),
    );
    turn.update(await draw(turn, input, services));
  },
  'staff',
);

const sentBy = (form: ImprovementForm): Improvement => {
  const { group, until } = form;
  switch (form.act) {
    case 'wording':
      return { act: 'wording', group, until, said: form.wording, goal: form.target };
    case 'offTopic':
      return { act: 'offTopic', group, until, said: form.wording };
    case 'entry': {
      const { title, alternates, entryAnswer, review } = form;
      return {
        act: 'entry',
        group,
        until,
        said: title,
        others: alternates,
        reply: entryAnswer,
        reviewOn: review,
      };
    }
  }
};

function changeOf(wanted: Improvement): Change {
  switch (wanted.act) {
    case 'wording':
      return { act: 'wording', entryId: wanted.goal, text: wanted.said };
    case 'offTopic':
      return { act: 'offTopic', text: wanted.said };
    case 'entry':
      return {
        act: 'entry',
        id: 'courtier-nouveau',
        title: wanted.said,
        alternates: wanted.others,
        answer: wanted.reply,
      };
  }
}

/** What does not hold is said before anything is tried or written. */
function refuse(wanted: Improvement, services: KnowledgeServices): void {
  if (wanted.act === 'entry') refusePastReview(wanted.reviewOn, services);
  if (wanted.act === 'wording' && !services.knowledge.base.entry(wanted.goal))
    throw new CourtierError('refused', 'Choisissez une réponse qui est en vigueur.');
}

/** What a change would do to the questions of which it is known what should come. */
async function trial(wanted: Improvement, page: number, services: KnowledgeServices): Promise<Card> {
  refuse(wanted, services);
  const { base, bench, trials } = services.knowledge;
  const known = [...knownQuestions(), ...(await bench.listBench()).map(asKnown)];
  return cards.trialCard(wanted, await trials.try(changeOf(wanted), known), page, base);
}

export const tryImprovement = action(
  'knowledge.tryImprovement',
  ImprovementForm,
  draws((_turn, form, services: KnowledgeServices) => trial(sentBy(form), 1, services)),
  'staff',
);

export const trialPage = action(
  'knowledge.trial',
  ImprovementPage,
  draws((_turn, { page, ...wanted }, services: KnowledgeServices) => trial(wanted, page, services)),
  'staff',
);

function madeOf(wanted: Improvement): Made {
  switch (wanted.act) {
    case 'wording':
      return { act: 'wording', entryId: wanted.goal, text: wanted.said };
    case 'offTopic':
      return { act: 'offTopic', text: wanted.said };
    case 'entry': {
      const { said: title, others: alternates, reply: answer, reviewOn: review } = wanted;
      return { act: 'entry', entry: { title, alternates, answer, review } };
    }
  }
}

const DONE: Record<Improvement['act'], string> = {
  wording: 'La formulation est en vigueur.',
  offTopic: 'Ces questions sont hors sujet.',
  entry: 'La réponse est en vigueur.',
};

/** The list, where nothing of a group waits any more; else the card stays as it is. */
const listOnceGone: NonNullable<ActionRoute<KnowledgeServices>['form']> = async (_turn, data, services) => {
  const read = Improvement.safeParse(data);
  const { group = '', until = 0 } = read.data ?? {};
  return !read.success || seenUntil(await groupsNow(services), group, until) ? undefined : list(1, services);
};

export const improve = forgiving(
  listOnceGone,
  creating(
    'knowledge.improve',
    { uncounted: 'The work of the staff: it reaches nobody by itself.' },
    Improvement,
    redraws(
      async ({ person, effect }, wanted, services: KnowledgeServices) => {
        refuse(wanted, services);
        const { improvements } = services.knowledge;
        const group = seenUntil(await groupsNow(services), wanted.group, wanted.until);
        const made = await improvements.make(person, effect, madeOf(wanted), group ?? { questions: [] });
        // An entry that was written is not lost.
        return wanted.act === 'entry' ? unlessStale(made, GONE) : made;
      },
      (_turn, { act }, services, _word, { kind }) => list(1, services, kind === 'done' ? DONE[act] : GONE),
    ),
    'staff',
  ),
);

export const undoImprovement = action(
  'knowledge.undoImprovement',
  ImprovementId,
  redraws(
    ({ person }, { improvement }, { knowledge }: KnowledgeServices) =>
      knowledge.improvements.undo(person, improvement),
    (_turn, _input, services, word) => handled(1, services, word),
    'C’est défait : ces questions attendent de nouveau.',
  ),
  'staff',
);

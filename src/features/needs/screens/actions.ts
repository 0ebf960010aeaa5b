import type { Card } from '../../../core/card.ts';
import { comesBack, forgiving, unlessStale } from '../../../core/cards/forgiving.ts';
import { draws, redraws } from '../../../core/cards/redraw.ts';
import type { Clock } from '../../../core/clock.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import type { Documents } from '../../../core/ports/documents.ts';
import { job } from '../../../core/routes/jobs.ts';
import { action, creating } from '../../../core/routes/turns.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import type { ActionTurn, MessageTurn } from '../../../core/turn.ts';
import { boundOf, entitlementOf, type Files, fileMeant, opens } from '../../acquisitions/index.ts';
import type { Belonging, Links } from '../../people/index.ts';
import { answeredMeanwhile, nextOpen } from '../rules/answers.ts';
import { changedMeanwhile } from '../rules/eligibility.ts';
import { questionNamed } from '../rules/questions.ts';
import type { FileNeeds } from '../store/file-needs.ts';
import type { NeedsService } from '../store/needs.ts';
import * as cards from './cards.ts';
import { needsDocument } from './document.ts';
import { eligibilityCard } from './eligibility.ts';
import * as schema from './schema.ts';

export interface NeedsServices {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly links: Links;
  readonly files: Files;
  readonly belonging: Belonging;
  readonly needs: NeedsService;
}

/** The needs of a file as they stand. */
async function overview(
  { person }: Pick<ActionTurn, 'person'>,
  { file }: { file: string },
  { needs }: NeedsServices,
  notice = '',
): Promise<Card> {
  return cards.overviewCard(await needs.needsOf(file, person), notice);
}

/** `besoins`: the needs of the file that the person means; otherwise, which file. */
export async function openNeeds(turn: MessageTurn, services: NeedsServices): Promise<void> {
  const file = await fileMeant(turn, services, 'needs.open');
  if (!file) return;
  await turn.reply(await overview(turn, { file }, services));
  await services.files.opened(turn.person, file);
}

export const open = action('needs.open', schema.File, opens(overview));

/** What is to be said now, of a file: who may buy, then the first question that is open after another one. */
async function following(
  { person }: Pick<ActionTurn, 'person'>,
  { file, question }: { file: string; question?: string },
  { needs, belonging }: NeedsServices,
  notice = '',
): Promise<Card> {
  const held = await needs.needsOf(file, person);
  if (held.file.state !== 'open') return cards.overviewCard(held, notice);
  if (!held.eligibility) return eligibilityCard(held, await belonging.bodyOf(person), notice);
  const next = nextOpen(held.needs, question);
  return next ? cards.questionCard(held, questionNamed(next), notice) : cards.overviewCard(held, notice);
}

export const goOn = action('needs.continue', schema.File, opens(following));

export const openEligibility = action(
  'needs.eligibility',
  schema.File,
  draws(async ({ person }, { file }, { needs, belonging }: NeedsServices) => {
    const body = await belonging.bodyOf(person);
    return eligibilityCard(await needs.needsOf(file, person), body);
  }),
);

const eligibilityForm = comesBack(
  schema.File,
  async ({ person }, { file }, { needs, belonging }: NeedsServices) =>
    eligibilityCard(await needs.needsOf(file, person), await belonging.bodyOf(person)),
);

const questionForm = comesBack(
  schema.OpenQuestion,
  async ({ person }, { file, question }, { needs }: NeedsServices) =>
    cards.questionCard(await needs.needsOf(file, person), questionNamed(question)),
);

const colleagueForm = comesBack(
  schema.OpenQuestion,
  async ({ person }, { file, question }, { needs, belonging }: NeedsServices) =>
    cards.askCard(
      await needs.needsOf(file, person),
      questionNamed(question),
      await belonging.colleagues(person),
    ),
);

/** The question that a colleague put, for whoever was asked: without its form once it was taken back. */
const askedForm = comesBack(
  schema.DelegationJob,
  async ({ person }, { delegation }, { needs }: NeedsServices) => {
    const asked = await needs.formOf(delegation, person);
    if (!asked) throw notFound();
    return cards.askedCard(asked, questionNamed(asked.question), await needs.answersOf(asked.acquisitionId));
  },
);

export const setEligibility = forgiving(
  eligibilityForm,
  action(
    'needs.setEligibility',
    schema.Eligibility,
    redraws(
      async ({ person }, { file, then: _then, showed, seen, ...said }, { needs }: NeedsServices) => {
        const outcome = await needs.setEligibility(person, file, said, showed, seen);
        const { eligibility } = await needs.needsOf(file, person);
        return unlessStale(outcome, changedMeanwhile(eligibility));
      },
      async (turn, { file, then }, services, word) => {
        const held = await services.needs.needsOf(file, turn.person);
        // What remains to be checked, or forbids to go on, is read first.
        return then === 'next' && isSettled(held)
          ? following(turn, { file }, services, word)
          : eligibilityCard(held, await services.belonging.bodyOf(turn.person), word);
      },
      'C’est noté.',
    ),
  ),
);

/** Nothing is left to say of the body, and it may buy. */
const isSettled = ({ eligibility }: FileNeeds): boolean =>
  eligibility !== undefined &&
  entitlementOf(eligibility).kind === 'entitled' &&
  boundOf(eligibility) !== 'unknown';

export const openQuestion = action(
  'needs.question',
  schema.OpenQuestion,
  draws(async ({ person }, { file, question }, { needs }: NeedsServices) =>
    cards.questionCard(await needs.needsOf(file, person), questionNamed(question)),
  ),
);

/** Saves an answer, then shows the next question that is open, or all of them. */
export const answer = forgiving(
  questionForm,
  action(
    'needs.answer',
    schema.Answer,
    redraws(
      async (
        { person },
        { file, question, revision, showed, then: _then, ...submitted },
        { needs }: NeedsServices,
      ) => {
        if (await needs.answer(person, file, question, showed ?? revision, submitted)) return;
        const { needs: held } = await needs.needsOf(file, person);
        throw new CourtierError('refused', answeredMeanwhile(questionNamed(question), held));
      },
      (turn, input, services, word) =>
        (input.then === 'next' ? following : overview)(turn, input, services, word),
      'La réponse est enregistrée.',
    ),
  ),
);

export const chooseColleague = action(
  'needs.chooseColleague',
  schema.OpenQuestion,
  draws(async ({ person }, { file, question }, { needs, belonging }: NeedsServices) =>
    cards.askCard(
      await needs.needsOf(file, person),
      questionNamed(question),
      await belonging.colleagues(person),
    ),
  ),
);

export const ask = forgiving(
  colleagueForm,
  creating(
    'needs.ask',
    {
      noun: ['question à des collègues', 'questions à des collègues'],
      person: 78,
      body: 800,
      tenant: 15_000,
      why: 'All thirteen questions of six files, put to colleagues by one person in a day.',
    },
    schema.Ask,
    redraws(
      ({ person, effect }, { file, question, colleague }, { needs }) =>
        needs.ask(person, file, question, colleague, effect),
      overview,
      ({ name }) => `La question part à ${name}.`,
    ),
  ),
);

/** Whoever may put a question takes it back: from those who were shown. */
export const takeBack = action(
  'needs.takeBack',
  schema.TakingBack,
  redraws(
    ({ person }, { file, question, asked }, { needs }: NeedsServices) =>
      needs.takeBack(person, file, question, asked),
    async ({ person }, { file, question }, { needs }, word) =>
      cards.questionCard(await needs.needsOf(file, person), questionNamed(question), word),
    (names) =>
      names === ''
        ? 'Cette question n’était déjà plus posée. Voici ce qu’il en est.'
        : `C’est fait : la question n’est plus posée à ${names}.`,
  ),
);

export const answerFor = forgiving(
  askedForm,
  action(
    'needs.answerFor',
    schema.AnswerFor,
    redraws(
      ({ person }, { delegation, showed, ...submitted }, { needs }: NeedsServices) =>
        needs.answerFor(person, delegation, showed, submitted),
      (_turn, _input, _services, _word, { question }) => cards.thanksCard(questionNamed(question)),
    ),
  ),
);

export const summary = action(
  'needs.summary',
  schema.File,
  draws(async ({ person }, { file }, { needs }: NeedsServices) =>
    cards.summaryCard(await needs.needsOf(file, person)),
  ),
);

export const exportDocument = action(
  'needs.document',
  schema.File,
  async (turn, { file }, { needs, links }: NeedsServices) => {
    const held = await needs.needsOf(file, turn.person);
    const { tenantId, objectId } = turn.person;
    const url = await links.issue('needsDocument', { file, tenantId, objectId });
    await turn.reply(cards.documentLinkCard(url, held.file.name));
    turn.notify('Le lien est ci-dessous.');
  },
);

/** The document behind a link: the right to the file is checked again. */
export async function downloadDocument(
  subject: unknown,
  { needs, documents, clock, belonging }: NeedsServices,
) {
  const { file, ...person } = schema.Subject.parse(subject);
  const held = await needs.needsOf(file, person);
  return {
    fileName: `besoins-dossier-${held.file.number}.docx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    body: await documents.text(
      needsDocument(held, (await belonging.bodyOf(person))?.name, brokerDate(clock.now())),
    ),
  };
}

// What the release before enqueued, and enqueues while it works beside this one: a later release drops these two.
export const putQuestion = job(
  'needs.putQuestion',
  schema.DelegationJob,
  ({ delegation }, { needs }: NeedsServices) => needs.tell('asked', delegation),
);
export const tellAnswer = job(
  'needs.tellAnswer',
  schema.DelegationJob,
  ({ delegation }, { needs }: NeedsServices) => needs.tell('answered', delegation),
);

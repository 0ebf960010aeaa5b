import { brokerDate } from '../../../core/business-days.ts';
import type { Card } from '../../../core/card.ts';
import type { Clock } from '../../../core/clock.ts';
import { action, creating, job } from '../../../core/feature.ts';
import type { Documents } from '../../../core/ports.ts';
import { draws, redraws } from '../../../core/redraw.ts';
import type { ActionTurn, MessageTurn } from '../../../core/turn.ts';
import type { Files } from '../../acquisitions/index.ts';
import type { Belonging, Links } from '../../people/index.ts';
import { questionNamed } from '../rules/questions.ts';
import type { NeedsService } from '../store/needs.ts';
import * as cards from './cards.ts';
import { needsDocument } from './document.ts';
import * as schema from './schema.ts';

export interface NeedsServices {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly links: Links;
  readonly files: Files;
  readonly belonging: Belonging;
  readonly needs: NeedsService;
}

const CHANGED = 'Quelqu’un a répondu entre-temps : voici la question telle qu’elle est maintenant.';

/** The needs of a file as they stand. */
async function overview(
  { person }: Pick<ActionTurn, 'person'>,
  { file }: { file: string },
  { needs }: NeedsServices,
  notice = '',
): Promise<Card> {
  return cards.overviewCard(await needs.needsOf(file, person), notice);
}

/** `besoins`: the needs of the only open file; otherwise, which file. */
export async function openNeeds(turn: MessageTurn, services: NeedsServices): Promise<void> {
  const [file, ...others] = await services.files.filesOf(turn.person, 'open');
  if (!file) await turn.reply('Créez d’abord un dossier : écrivez « mon dossier ».');
  else if (others.length > 0)
    await turn.reply('Vous avez plusieurs dossiers : choisissez-en un avec « mon dossier ».');
  else await turn.reply(await overview(turn, { file: file.id }, services));
}

export const open = action('needs.open', schema.File, draws(overview));

export const openEligibility = action(
  'needs.eligibility',
  schema.File,
  draws(async ({ person }, { file }, { needs, belonging }: NeedsServices) => {
    const body = await belonging.bodyOf(person);
    return cards.eligibilityCard(await needs.needsOf(file, person), body?.kind);
  }),
);

export const setEligibility = action(
  'needs.setEligibility',
  schema.Eligibility,
  redraws(
    ({ person }, { file, ...said }, { needs }: NeedsServices) => needs.setEligibility(person, file, said),
    async ({ person }, { file }, { needs }) =>
      cards.eligibilityCard(await needs.needsOf(file, person), undefined),
  ),
);

export const openQuestion = action(
  'needs.question',
  schema.OpenQuestion,
  draws(async ({ person }, { file, question }, { needs }: NeedsServices) =>
    cards.questionCard(await needs.needsOf(file, person), questionNamed(question)),
  ),
);

/** Saves an answer, then shows the next question that is open. */
export const answer = action(
  'needs.answer',
  schema.Answer,
  redraws(
    ({ person }, { file, question, revision, ...submitted }, { needs }: NeedsServices) =>
      needs.answer(person, file, question, revision, submitted),
    async (turn, input, services, word, saved) =>
      saved
        ? overview(turn, input, services, word)
        : cards.questionCard(
            await services.needs.needsOf(input.file, turn.person),
            questionNamed(input.question),
            CHANGED,
          ),
    'La réponse est enregistrée.',
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

export const ask = creating(
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
);

export const answerFor = action(
  'needs.answerFor',
  schema.AnswerFor,
  redraws(
    ({ person }, { delegation, ...submitted }, { needs }: NeedsServices) =>
      needs.answerFor(person, delegation, submitted),
    (_turn, _input, _services, _word, { question }) => cards.thanksCard(questionNamed(question)),
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
export async function downloadDocument(subject: unknown, { needs, documents, clock }: NeedsServices) {
  const { file, ...person } = schema.Subject.parse(subject);
  const held = await needs.needsOf(file, person);
  return {
    fileName: `besoins-dossier-${held.file.number}.docx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    body: await documents.text(needsDocument(held, brokerDate(clock.now()))),
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

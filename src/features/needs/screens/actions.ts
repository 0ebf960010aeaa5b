import { brokerDate } from '../../../core/business-days.ts';
import type { Clock } from '../../../core/clock.ts';
import { notFound } from '../../../core/errors.ts';
import { action, creating, job } from '../../../core/feature.ts';
import type { Documents } from '../../../core/ports.ts';
import type { MessageTurn } from '../../../core/turn.ts';
import type { Files } from '../../acquisitions/index.ts';
import type { Belonging, Links } from '../../people/index.ts';
import { type Question, questionOf } from '../rules/questions.ts';
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

const known = (id: string): Question => {
  const question = questionOf(id);
  if (!question) throw notFound();
  return question;
};

/** `besoins`: the needs of the only open file; otherwise, which file. */
export async function openNeeds(turn: MessageTurn, { files, needs }: NeedsServices): Promise<void> {
  const [file, ...others] = await files.of(turn.person, 'open');
  if (!file) await turn.reply('Créez d’abord un dossier : écrivez « mon dossier ».');
  else if (others.length > 0)
    await turn.reply('Vous avez plusieurs dossiers : choisissez-en un avec « mon dossier ».');
  else await turn.reply(cards.overviewCard(await needs.of(file.id, turn.person)));
}

export const open = action('needs.open', schema.File, async (turn, { file }, { needs }: NeedsServices) =>
  turn.update(cards.overviewCard(await needs.of(file, turn.person))),
);

export const openEligibility = action(
  'needs.eligibility',
  schema.File,
  async (turn, { file }, { needs, belonging }: NeedsServices) => {
    const body = await belonging.bodyOf(turn.person);
    turn.update(cards.eligibilityCard(await needs.of(file, turn.person), body?.kind));
  },
);

export const setEligibility = action(
  'needs.setEligibility',
  schema.Eligibility,
  async (turn, { file, ...said }, { needs }: NeedsServices) => {
    await needs.setEligibility(turn.person, file, said);
    turn.update(cards.eligibilityCard(await needs.of(file, turn.person), undefined));
  },
);

export const openQuestion = action(
  'needs.question',
  schema.OpenQuestion,
  async (turn, { file, question }, { needs }: NeedsServices) =>
    turn.update(cards.questionCard(await needs.of(file, turn.person), known(question))),
);

/** Saves an answer, then shows the next question that is open. */
export const answer = action('needs.answer', schema.Answer, async (turn, input, { needs }: NeedsServices) => {
  const { file, question: id, revision, ...submitted } = input;
  const question = known(id);
  const saved = await needs.answer(turn.person, file, id, revision, submitted);
  const now = await needs.of(file, turn.person);
  turn.update(
    saved
      ? cards.overviewCard(now, 'La réponse est enregistrée.')
      : cards.questionCard(now, question, CHANGED),
  );
});

export const chooseColleague = action(
  'needs.chooseColleague',
  schema.OpenQuestion,
  async (turn, { file, question }, { needs, belonging }: NeedsServices) =>
    turn.update(
      cards.askCard(
        await needs.of(file, turn.person),
        known(question),
        await belonging.colleagues(turn.person),
      ),
    ),
);

export const ask = creating(
  'needs.ask',
  schema.Ask,
  async (turn, { file, question, colleague }, { needs }: NeedsServices) => {
    const found = await needs.ask(turn.person, file, question, colleague, turn.effect);
    turn.update(cards.overviewCard(await needs.of(file, turn.person), `La question part à ${found.name}.`));
  },
);

export const answerFor = action(
  'needs.answerFor',
  schema.AnswerFor,
  async (turn, { delegation, ...submitted }, { needs }: NeedsServices) => {
    const { question } = await needs.answerFor(turn.person, delegation, submitted);
    turn.update(cards.thanksCard(known(question)));
  },
);

export const summary = action(
  'needs.summary',
  schema.File,
  async (turn, { file }, { needs }: NeedsServices) =>
    turn.update(cards.summaryCard(await needs.of(file, turn.person))),
);

export const exportDocument = action(
  'needs.document',
  schema.File,
  async (turn, { file }, { needs, links }: NeedsServices) => {
    const held = await needs.of(file, turn.person);
    const { tenantId, objectId } = turn.person;
    const url = await links.issue('needsDocument', { file, tenantId, objectId });
    await turn.reply(cards.documentLinkCard(url, held.file.name));
    turn.notify('Le lien est ci-dessous.');
  },
);

/** The document behind a link: the right to the file is checked again. */
export async function downloadDocument(subject: unknown, { needs, documents, clock }: NeedsServices) {
  const { file, ...person } = schema.Subject.parse(subject);
  const held = await needs.of(file, person);
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

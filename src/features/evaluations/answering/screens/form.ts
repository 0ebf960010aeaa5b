import type { Card } from '../../../../core/card.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import * as schema from '../../screens/schema.ts';
import type { EvaluationServices } from '../../screens/services.ts';
import type { DraftAnswer, DraftAnswers } from '../rules/answers.ts';
import type { Form } from '../rules/form.ts';
import { criteriaOfPart, type Part } from '../rules/parts.ts';
import type { Answered } from '../store/answered.ts';
import type { Given } from '../store/answering.ts';
import type { Evaluations } from '../store/evaluations.ts';
import { evaluationOf } from './evaluation.ts';
import { partCard } from './part.ts';

const STALE =
  'Vous avez changé ces réponses ailleurs entre-temps. Ce que vous venez d’écrire est encore ici, pas encore enregistré ; ce qui est enregistré est dit à côté.';
const CHANGED =
  'Un collègue a répondu entre-temps. Vérifiez, puis soumettez : vos réponses sont enregistrées.';
const KEPT = 'C’est enregistré.';
const READY = 'Merci. Tout est rempli : la personne qui soumet en est avisée.';
const SUBMITTED = 'Merci. Votre évaluation est soumise.';

/** The answers of a card by criterion: « sans objet » where it is ticked, whatever its score. */
function criteriaGiven(form: Form, { part, none, places }: schema.PartForm): DraftAnswers {
  const answers = criteriaOfPart(form, part).map(({ id }, at): readonly [string, DraftAnswer] => {
    const { score, comment = '' } = places[at] ?? {};
    return [id, { score: none.has(at + 1) ? 'na' : score, comment }];
  });
  return Object.fromEntries(answers);
}

const givenBy = (form: Form, input: schema.PartForm): Given => ({
  part: input.part,
  revision: input.revision,
  criteria: criteriaGiven(form, input),
  ...(input.part === 2
    ? { overall: { ...input.view, contact: input.contact, consented: input.consented } }
    : {}),
});

const drawPart = async (
  { person }: ActionTurn,
  evaluation: string,
  part: Part,
  { evaluations }: EvaluationServices,
  notice: string,
): Promise<Card> => partCard(await evaluations.evaluationSeenBy(evaluation, person), part, notice);

/** The card as it was typed, over what is kept now: somebody answered on another card meanwhile. */
async function drawTyped(
  { person }: ActionTurn,
  input: schema.PartForm,
  { evaluations }: EvaluationServices,
): Promise<Card> {
  const found = await evaluations.evaluationSeenBy(input.evaluation, person);
  return partCard(found, input.part, STALE, givenBy(found.form, input));
}

export const openPart = action(
  'evaluations.section',
  schema.PartReference,
  draws((turn, { evaluation, part }, services: EvaluationServices) =>
    drawPart(turn, evaluation, part, services, ''),
  ),
);

/** Keeps what a card says so far, and shows the other card, or where the evaluation stands. */
export const answer = action(
  'evaluations.answer',
  schema.PartForm,
  redraws(
    ({ person }, input, { evaluations }: EvaluationServices) =>
      evaluations.answer(person, input.evaluation, ({ form }) => givenBy(form, input)),
    (turn, input, services, word, outcome) => {
      const { evaluation, go } = input;
      if (outcome === 'stale') return drawTyped(turn, input, services);
      return go === 'whole'
        ? evaluationOf(turn, { evaluation, whole: true }, services, word)
        : drawPart(turn, evaluation, go, services, word);
    },
    (outcome) => (outcome === 'ready' ? READY : KEPT),
  ),
);

/** What a card says, with the scores of the time before where it has none: of one criterion, or of all on it. */
function repeated({ form, before }: Answered, input: schema.PartForm): Given {
  const given = givenBy(form, input);
  const criteria = Object.fromEntries(
    Object.entries(given.criteria).map(([id, answer]) => {
      const last = before?.answers.criteria[id];
      const wanted = input.criterion === undefined || input.criterion === id;
      return [id, last && wanted && answer.score === undefined ? { ...answer, score: last.score } : answer];
    }),
  );
  return { ...given, criteria };
}

/** Keeps what a card says, and takes from the time before what has no score. */
export const repeat = action(
  'evaluations.repeat',
  schema.PartForm,
  redraws(
    ({ person }, input, { evaluations }: EvaluationServices) =>
      evaluations.answer(person, input.evaluation, (found) => repeated(found, input)),
    (turn, input, services, word, outcome) =>
      outcome === 'stale'
        ? drawTyped(turn, input, services)
        : drawPart(turn, input.evaluation, input.part, services, word),
    'Repris de la dernière fois. Changez ce qui a changé.',
  ),
);

type Submitted = Awaited<ReturnType<Evaluations['submit']>>;

function submittedWords(outcome: Submitted): string {
  switch (outcome.kind) {
    case 'done':
      return SUBMITTED;
    case 'stale':
      return STALE;
    case 'changed':
      return CHANGED;
    case 'missing':
      return `C’est enregistré, mais pas encore soumis. Il manque : ${outcome.titles.join(', ')}.`;
  }
}

/** The card where what is missing is, the one at hand first. */
function partToComplete(form: Form, part: Part, outcome: Submitted): Part {
  if (outcome.kind !== 'missing') return part;
  const titles = new Set(outcome.titles);
  return criteriaOfPart(form, 1).some(({ title }) => titles.has(title)) ? 1 : 2;
}

export const submit = action(
  'evaluations.submit',
  schema.PartForm,
  redraws(
    ({ person }, input, { evaluations }: EvaluationServices) =>
      evaluations.submit(person, input.evaluation, input.seen, ({ form }) => givenBy(form, input)),
    async (turn, input, services, word, outcome) => {
      const { evaluation, part } = input;
      if (outcome.kind === 'stale') return drawTyped(turn, input, services);
      if (outcome.kind === 'done') return evaluationOf(turn, { evaluation, whole: true }, services, word);
      const found = await services.evaluations.evaluationSeenBy(evaluation, turn.person);
      return partCard(found, partToComplete(found.form, part, outcome), word);
    },
    (outcome) => submittedWords(outcome),
  ),
);

/** Submits what was answered as it stands, from the card that shows it whole. */
export const confirm = action(
  'evaluations.confirm',
  schema.Submission,
  redraws(
    ({ person }, { evaluation, seen }, { evaluations }: EvaluationServices) =>
      evaluations.submit(person, evaluation, seen),
    (turn, { evaluation }, services, word) => evaluationOf(turn, { evaluation, whole: true }, services, word),
    (outcome) => submittedWords(outcome),
  ),
);

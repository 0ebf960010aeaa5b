import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { guideSource, withFacts } from '../../../../core/guide/index.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { isAwaited } from '../../rules/standing.ts';
import * as schema from '../../screens/schema.ts';
import { type EvaluationServices, todayOf } from '../../screens/services.ts';
import { AGAIN_NAMES, type DraftAnswers, type DraftOverall } from '../rules/answers.ts';
import { type Form, modelNotice } from '../rules/form.ts';
import { criteriaOfPart } from '../rules/parts.ts';
import { missingOf, progressOf } from '../rules/reconciling.ts';
import type { Answered } from '../store/answered.ts';
import type { Listed } from '../store/listing.ts';
import { dayOfInstant, signatureLines } from './documents.ts';
import { memoryOf, memoryTitle } from './memory.ts';
import { partCard, quoted, scoreText, viewOf } from './part.ts';

/** Answers as a card lists them, group by group. */
function answersView(form: Form, criteria: DraftAnswers, overall: DraftOverall) {
  const view = [
    ...(overall.overall === undefined
      ? []
      : [{ title: 'Dans l’ensemble', value: scoreText(form, overall.overall) }]),
    ...(overall.again === undefined
      ? []
      : [{ title: 'Choisir de nouveau', value: AGAIN_NAMES[overall.again] }]),
    ...(overall.comment ? [{ title: 'Commentaire', value: quoted(overall.comment).trim() }] : []),
  ];
  return [
    ...form.groups.map((group) => ({
      title: group.title,
      answers: group.criteria.map(({ id, title }) => ({
        title,
        value: `${scoreText(form, criteria[id]?.score)}${quoted(criteria[id]?.comment)}`,
      })),
    })),
    ...(view.length > 0 ? [{ title: 'L’avis d’ensemble', answers: view }] : []),
  ];
}

/** What is shown of the answers: what was submitted; else the draft of whoever looks at it, or of the body. */
function shownAnswers(answered: Answered) {
  const { official, form, mine } = answered;
  if (official) {
    const { number, by, at, answers } = official;
    return {
      heading: `Soumise le ${frenchDay(dayOfInstant(at))} par ${escapeMarkdown(by)}, version ${number}`,
      groups: answersView(official.form, answers.criteria, answers.overall),
    };
  }
  const view = viewOf(answered);
  const begun = progressOf(form, view).done > 0;
  return {
    heading: mine ? 'Brouillon, pas encore soumis' : 'Vos réponses, que la personne responsable conciliera',
    groups: begun ? answersView(form, view.criteria, view.overall) : [],
  };
}

/** Who answered, and how much. */
const contributorsView = ({ own, others, form }: Answered): { text: string }[] =>
  [...(own ? [own] : []), ...others].map((each) => {
    const { done } = progressOf(form, { criteria: each.criteria, overall: each.overall });
    return { text: `${escapeMarkdown(each.by)} : ${count(done, 'réponse')}` };
  });

const responsibleText = ({ mine, evaluation, responsibleLeft }: Answered): string => {
  if (mine) return 'Vous soumettez pour votre organisation.';
  if (responsibleLeft)
    return 'La personne qui soumettait n’est plus de votre organisation : un collègue peut soumettre à sa place.';
  const { responsibleName } = evaluation;
  return responsibleName === ''
    ? 'La personne qui a noté le contrat soumet pour votre organisation.'
    : `${escapeMarkdown(responsibleName)} soumet pour votre organisation.`;
};

/** What may be done: one thing first, the rest folded. */
function stepsOf(answered: Answered, next: Listed | undefined) {
  const { evaluation, contract, form, mine, seen, standing, reconciled, official, before, signedOn } =
    answered;
  const { writable } = standing;
  const complete = missingOf(form, reconciled).length === 0;
  const submittable = writable && mine && complete && (official === undefined || answered.changed);
  const awaited = isAwaited(standing);
  return {
    seen,
    submittable,
    submit: official ? 'Soumettre de nouveau' : 'Soumettre',
    answerable: awaited && !submittable,
    answerTitle: standing.kind === 'todo' ? 'Répondre' : 'Continuer',
    changeable: writable && !(awaited && !submittable),
    nextTitle: next ? `Suivante : ${next.title}` : '',
    nextEvaluation: next?.evaluation.id ?? '',
    following: next !== undefined && !awaited && !submittable,
    takable: writable && !mine,
    signable: evaluation.final && evaluation.state === 'submitted',
    signTitle: signedOn === null ? 'Signature du dirigeant' : 'Corriger la signature',
    // A day that was noted of the contract is proposed.
    signedOn: signedOn ?? contract.finalSignedOn,
    waivable: evaluation.final && evaluation.state === 'open' && writable,
    unwaivable: standing.kind === 'notRequired',
    repeatable: before !== undefined,
  };
}

/** An evaluation: where it stands, what was answered or submitted, what may be done. */
export function evaluationCard(
  answered: Answered,
  next: Listed | undefined,
  today: string,
  notice = '',
): Card {
  const { evaluation, contract, form, ground, official, signatures, standing } = answered;
  const view = viewOf(answered);
  const { done, total } = progressOf(form, view);
  const steps = stepsOf(answered, next);
  const share = Math.round((done / total) * 100);
  const awaited = isAwaited(standing);
  const shown = shownAnswers(answered);
  return {
    template: 'evaluations/evaluation',
    summary: notice || `${contract.title} : ${standing.sentence}`,
    view: {
      evaluation: evaluation.id,
      contract: contract.id,
      name: escapeMarkdown(contract.title),
      supplier: escapeMarkdown(contract.supplierName),
      ...noticeView(notice),
      standing: escapeMarkdown(standing.sentence),
      progress: `${count(done, 'réponse')} sur ${total}`,
      done: `${Math.max(1, share)}`,
      rest: `${Math.max(1, 100 - share)}`,
      started: awaited && done > 0,
      unfinished: awaited && done < total,
      counted: awaited,
      kind: evaluation.final
        ? 'Évaluation de fin de contrat (RCTI, article 79)'
        : `Évaluation de l’année ${evaluation.year}`,
      source: guideSource(evaluation.final ? '4.10' : '4.9'),
      ...shown,
      answeredSome: shown.groups.length > 0,
      contributors: awaited ? contributorsView(answered) : [],
      ...memoryOf((official ?? ground).memory),
      memoryTitle: memoryTitle(evaluation.final),
      // The signature is in the standing: what is left is its trace.
      signatures: signatureLines(signatures, answered.signedOn)
        .slice(1)
        .map((text) => ({ text })),
      copy: answered.signedOn
        ? withFacts('La copie signée est due au Courtier dans les {{copyDays}} suivant la signature.')
        : '',
      isSigned: answered.signedOn !== null,
      responsible: responsibleText(answered),
      model: modelNotice(form).map((text) => ({ text })),
      ...steps,
      signedOn: steps.signedOn ?? today,
    },
  };
}

/** The card on which something is missing, as whoever answers sees it. */
const partToAnswer = (answered: Answered) => {
  const { criteria } = viewOf(answered);
  return criteriaOfPart(answered.form, 1).every(({ id }) => criteria[id]?.score !== undefined) ? 2 : 1;
};

/** An evaluation for one of those who answer it: the card to answer on while it waits, else where it stands. */
export async function evaluationOf(
  { person }: { readonly person: PersonKey },
  { evaluation, whole }: { readonly evaluation: string; readonly whole: boolean },
  services: EvaluationServices,
  notice: string,
): Promise<Card> {
  const { evaluations } = services;
  const answered = await evaluations.evaluationSeenBy(evaluation, person);
  const { kind } = answered.standing;
  if (!whole && (kind === 'todo' || kind === 'started'))
    return partCard(answered, partToAnswer(answered), notice);
  const next = await evaluations.nextToAnswer(person, evaluation);
  return evaluationCard(answered, next, todayOf(services), notice);
}

/** Where it stands, after something was done to it. */
const drawn = (
  turn: ActionTurn,
  { evaluation }: { readonly evaluation: string },
  services: EvaluationServices,
  word: string,
): Promise<Card> => evaluationOf(turn, { evaluation, whole: true }, services, word);

export const open = action('evaluations.open', schema.Opened, draws(evaluationOf));

export const take = action(
  'evaluations.take',
  schema.Reference,
  redraws(
    ({ person }, { evaluation }, { evaluations }) => evaluations.takeOverSubmission(person, evaluation),
    drawn,
    'Vous soumettrez pour votre organisation.',
  ),
);

export const signedByHead = action(
  'evaluations.signed',
  schema.SignedByHead,
  redraws(
    ({ person }, { evaluation, signedOn }, { evaluations }) => evaluations.sign(person, evaluation, signedOn),
    drawn,
    () =>
      withFacts(
        'C’est noté. La copie signée est due au Courtier dans les {{copyDays}} : la carte du contrat vous le rappellera.',
      ),
  ),
);

export const waive = action(
  'evaluations.waive',
  schema.Waived,
  redraws(
    ({ person }, { evaluation, why }, { evaluations }) => evaluations.waive(person, evaluation, why),
    drawn,
    'C’est noté : elle n’est pas requise. Plus aucun rappel ne vous en parlera.',
  ),
);

export const unwaive = action(
  'evaluations.unwaive',
  schema.Reference,
  redraws(
    ({ person }, { evaluation }, { evaluations }) => evaluations.unwaive(person, evaluation),
    drawn,
    (asked) =>
      asked
        ? 'C’est noté : elle est à remplir.'
        : 'C’est noté. Le contrat ne demande plus cette évaluation : ses dates ou ses renseignements ont changé entre-temps.',
  ),
);

import type { Card } from '../../../../core/card.ts';
import { action } from '../../../../core/feature.ts';
import { redraws } from '../../../../core/redraw.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import { noticed } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { EvaluationServices } from '../../screens/services.ts';
import type { Overall } from '../rules/answers.ts';
import { OVERALL } from '../rules/form.ts';
import type { Answered } from '../store/answered.ts';
import { evaluationOf } from './evaluation.ts';
import { partOf, STALE, scaleOf } from './form-parts.ts';

export function overallCard(
  { evaluation, contract, form, sections, reference, writable }: Answered,
  notice = '',
): Card {
  const held = sections.get(OVERALL);
  const answers = held?.answers as Overall | undefined;
  return {
    template: 'evaluations/overall',
    summary: `Votre avis d’ensemble : ${contract.supplierName}.`,
    view: {
      evaluation: evaluation.id,
      revision: held?.revision ?? 0,
      part: partOf(form, undefined),
      name: `${escapeMarkdown(contract.title)} · ${escapeMarkdown(contract.supplierName)}`,
      ...noticed(notice),
      overall: String(answers?.overall ?? ''),
      again: answers?.again ?? '',
      comment: answers?.comment ?? '',
      reference: String(reference !== undefined),
      contact: reference ?? '',
      scale: scaleOf(form, false),
      writable,
    },
  };
}

export const answerOverall = action(
  'evaluations.answerOverall',
  schema.OverallForm,
  redraws(
    ({ person }, given, { evaluations }: EvaluationServices) => {
      const { evaluation, revision, reference, contact, ...answers } = given;
      return evaluations.answerOverall(person, evaluation, answers, reference ? contact : '', revision);
    },
    async (turn, given, services, word, outcome) =>
      outcome === 'stale'
        ? overallCard(await services.evaluations.evaluationSeenBy(given.evaluation, turn.person), STALE)
        : evaluationOf(turn, given, services, word),
    'C’est enregistré.',
  ),
);

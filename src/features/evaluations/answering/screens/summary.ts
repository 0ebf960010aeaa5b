import type { Card } from '../../../../core/card.ts';
import { action } from '../../../../core/feature.ts';
import { draws, redraws } from '../../../../core/redraw.ts';
import { escapeMarkdown, shorten } from '../../../../core/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { noticed } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { EvaluationServices } from '../../screens/services.ts';
import { AGAIN_NAMES, meanOf, type Overall, type SectionAnswers, versionOf } from '../rules/answers.ts';
import { OVERALL } from '../rules/form.ts';
import type { Answered } from '../store/answered.ts';
import { decimal, scoreText } from './documents.ts';
import { evaluationOf } from './evaluation.ts';

const CHANGED = 'Des réponses ont changé entre-temps. Vérifiez de nouveau, puis soumettez.';

/** A comment as a summary quotes it; empty when there is none. */
const quoted = (comment = ''): string =>
  comment === '' ? '' : `« ${escapeMarkdown(shorten(comment, 200))} »`;

/** All the answers, to confirm before they are submitted. */
function summaryCard({ evaluation, contract, form, sections, reference }: Answered, notice = ''): Card {
  const criteria = Object.assign(
    {},
    ...form.groups.map(({ id }) => sections.get(id)?.answers),
  ) as SectionAnswers;
  const overall = sections.get(OVERALL)?.answers as Overall | undefined;
  const mean = meanOf(form, criteria);
  return {
    template: 'evaluations/summary',
    summary: notice || 'Vérifiez vos réponses avant de les soumettre.',
    view: {
      evaluation: evaluation.id,
      seen: versionOf(sections),
      ...noticed(notice),
      name: `${escapeMarkdown(contract.title)} · ${escapeMarkdown(contract.supplierName)}`,
      groups: form.groups.map((group) => ({
        title: group.title,
        answers: group.criteria.map(({ id, title }) => ({
          title,
          value: [scoreText(form, criteria[id]?.score), quoted(criteria[id]?.comment)]
            .filter(Boolean)
            .join(' '),
        })),
      })),
      overall: overall ? scoreText(form, overall.overall) : '',
      again: overall ? `Choisir de nouveau ce fournisseur : ${AGAIN_NAMES[overall.again].toLowerCase()}` : '',
      comment: quoted(overall?.comment),
      commented: quoted(overall?.comment) !== '',
      reference: reference === undefined ? '' : `Personne-référence : vous, ${escapeMarkdown(reference)}`,
      referring: reference !== undefined,
      mean: mean === undefined ? '' : `Moyenne des critères : ${decimal(mean)} sur 5`,
      averaged: mean !== undefined,
    },
  };
}

const summaryOf = async (
  { person }: ActionTurn,
  { evaluation }: { readonly evaluation: string },
  { evaluations }: EvaluationServices,
  notice: string,
): Promise<Card> => summaryCard(await evaluations.evaluationSeenBy(evaluation, person), notice);

export const review = action('evaluations.review', schema.Reference, draws(summaryOf));

export const submit = action(
  'evaluations.submit',
  schema.Submission,
  redraws(
    ({ person }, { evaluation, seen }, { evaluations }: EvaluationServices) =>
      evaluations.submit(person, evaluation, seen),
    (turn, input, services, word, outcome) =>
      outcome === 'stale'
        ? summaryOf(turn, input, services, CHANGED)
        : evaluationOf(turn, input, services, word),
    'Merci. Votre évaluation est soumise ; vous pouvez encore la changer jusqu’à la date indiquée.',
  ),
);

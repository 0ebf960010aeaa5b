import type { Card } from '../../../../core/card.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { type EvaluationStanding, isAwaited } from '../../rules/standing.ts';
import type { Snapshot } from '../rules/answers.ts';
import { criteriaOf, type Form } from '../rules/form.ts';
import type { Contribution } from '../rules/reconciling.ts';
import type { Answered } from '../store/answered.ts';
import { scoreText } from './part.ts';

/** What became of the answers that somebody gave: how many stand as they are, and which do not. */
export function becameWords(form: Form, own: Pick<Contribution, 'criteria'>, submitted: Snapshot) {
  const given = criteriaOf(form).filter(({ id }) => own.criteria[id]?.score !== undefined);
  const different = given.filter(({ id }) => own.criteria[id]?.score !== submitted.criteria[id]?.score);
  const kept = given.length - different.length;
  const as = kept < 2 ? 'y est telle quelle' : 'y sont telles quelles';
  if (given.length === 0)
    return {
      short: 'Vous y aviez laissé des commentaires',
      long: 'Vous y aviez laissé des commentaires.',
      different,
    };
  if (different.length === 0) {
    const all =
      given.length === 1
        ? 'Votre réponse y est telle quelle'
        : `Vos ${given.length} réponses y sont telles quelles`;
    return { short: all, long: `${all}.`, different };
  }
  const short = `De vos ${count(given.length, 'réponse')}, ${kept} ${as}`;
  return {
    short,
    long: `${short}. ${different.length < 2 ? 'Celle-ci a été conciliée' : 'Celles-ci ont été conciliées'} :`,
    different,
  };
}

/** That the broker set an evaluation apart, or took it back. */
export const apartWords = (standing: EvaluationStanding): string =>
  standing.kind === 'apart'
    ? 'Le Courtier ne vous demande plus cette évaluation.'
    : isAwaited(standing)
      ? 'Le Courtier vous demande de nouveau cette évaluation.'
      : 'Le Courtier a repris cette évaluation, qu’il avait mise de côté.';

/** What became of somebody's answers once their body's were submitted; undefined when it was submitted again since. */
export function becameCard(
  { evaluation, contract, form, own, official, standing }: Answered,
  { number }: { readonly number: number },
): Card | undefined {
  if (!own || official?.number !== number) return undefined;
  const { long, different } = becameWords(form, own, official.answers);
  return {
    template: 'evaluations/became',
    summary: `${contract.title} : l’évaluation à laquelle vous avez contribué est soumise.`,
    view: {
      evaluation: evaluation.id,
      name: escapeMarkdown(contract.title),
      supplier: escapeMarkdown(contract.supplierName),
      by: escapeMarkdown(official.by),
      standing: escapeMarkdown(standing.sentence),
      kept: long,
      different: different.map(({ id, title }) => ({
        title,
        value: `vous : ${scoreText(form, own.criteria[id]?.score)} ; soumis : ${scoreText(form, official.answers.criteria[id]?.score)}`,
      })),
    },
  };
}

import type { Card } from '../../../../core/card.ts';
import { count, escapeMarkdown } from '../../../../core/text.ts';
import { criteriaOf } from '../rules/form.ts';
import type { Answered } from '../store/answered.ts';
import { scoreText } from './part.ts';

/** What became of somebody's answers once their body's were submitted; undefined when it was submitted again since. */
export function becameCard(
  { evaluation, contract, form, own, official, standing }: Answered,
  { number }: { readonly number: number },
): Card | undefined {
  if (!own || official?.number !== number) return undefined;
  const given = criteriaOf(form).filter(({ id }) => own.criteria[id]?.score !== undefined);
  const different = given.filter(
    ({ id }) => own.criteria[id]?.score !== official.answers.criteria[id]?.score,
  );
  const kept = given.length - different.length;
  return {
    template: 'evaluations/became',
    summary: `${contract.title} : l’évaluation à laquelle vous avez contribué est soumise.`,
    view: {
      evaluation: evaluation.id,
      name: escapeMarkdown(contract.title),
      supplier: escapeMarkdown(contract.supplierName),
      by: escapeMarkdown(official.by),
      standing: escapeMarkdown(standing.sentence),
      kept:
        different.length === 0
          ? `Vos ${count(given.length, 'réponse')} y sont telles quelles.`
          : `De vos ${count(given.length, 'réponse')}, ${kept} ${kept < 2 ? 'y est telle quelle' : 'y sont telles quelles'}. ${different.length < 2 ? 'Celle-ci a été conciliée' : 'Celles-ci ont été conciliées'} :`,
      different: different.map(({ id, title }) => ({
        title,
        value: `vous : ${scoreText(form, own.criteria[id]?.score)} ; soumis : ${scoreText(form, official.answers.criteria[id]?.score)}`,
      })),
    },
  };
}

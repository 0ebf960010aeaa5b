import type { Card } from '../../../../core/card.ts';
import { notFound } from '../../../../core/errors.ts';
import { action } from '../../../../core/feature.ts';
import { draws, redraws } from '../../../../core/redraw.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import { noticed } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { EvaluationServices } from '../../screens/services.ts';
import type { CriterionAnswer, SectionAnswers } from '../rules/answers.ts';
import { type Form, type Group, OVERALL } from '../rules/form.ts';
import type { Answered } from '../store/answered.ts';
import { evaluationOf } from './evaluation.ts';
import { partOf, STALE, scaleOf } from './form-parts.ts';
import { memoryOf } from './memory.ts';
import { overallCard } from './overall.ts';

/** A part of the form, with what was noted beside it. */
function sectionCard(answered: Answered, group: Group, notice = ''): Card {
  const { evaluation, contract, form, sections, writable } = answered;
  const held = sections.get(group.id);
  const answers = (held?.answers ?? {}) as SectionAnswers;
  return {
    template: 'evaluations/section',
    summary: `${group.title} : ${contract.supplierName}.`,
    view: {
      evaluation: evaluation.id,
      section: group.id,
      revision: held?.revision ?? 0,
      title: group.title,
      part: partOf(form, group),
      name: `${escapeMarkdown(contract.title)} · ${escapeMarkdown(contract.supplierName)}`,
      ...noticed(notice),
      criteria: group.criteria.map(({ id, title, help }, at) => ({
        scoreId: `score${at + 1}`,
        commentId: `comment${at + 1}`,
        title,
        help,
        score: String(answers[id]?.score ?? ''),
        comment: answers[id]?.comment ?? '',
        scale: scaleOf(form, true),
      })),
      ...memoryOf(answered),
      writable,
    },
  };
}

function groupOf({ groups }: Form, section: string): Group {
  const group = groups.find(({ id }) => id === section);
  if (!group) throw notFound();
  return group;
}

/** A part of the form by its id, the overall view among them. */
const partCard = (answered: Answered, section: string, notice: string): Card =>
  section === OVERALL
    ? overallCard(answered, notice)
    : sectionCard(answered, groupOf(answered.form, section), notice);

export const openSection = action(
  'evaluations.section',
  schema.Section,
  draws(async ({ person }, { evaluation, section }, { evaluations }: EvaluationServices) =>
    partCard(await evaluations.evaluationSeenBy(evaluation, person), section, ''),
  ),
);

/** The answers of a group by its criteria, from the form's fields, which are in their order. */
const answersOf = ({ criteria }: Group, given: schema.Answers): Record<string, CriterionAnswer> =>
  Object.fromEntries(
    criteria.flatMap(({ id }, at) => {
      const position = (at + 1) as 1 | 2 | 3 | 4 | 5;
      const score = given[`score${position}`];
      return score === undefined ? [] : [[id, { score, comment: given[`comment${position}`] }]];
    }),
  );

/** The next part that is empty, so that the form goes by itself; undefined when none follows. */
function nextPart({ form, sections }: Answered, section: string): string | undefined {
  const at = form.groups.findIndex(({ id }) => id === section);
  return [...form.groups.slice(at + 1).map(({ id }) => id), OVERALL].find((id) => !sections.has(id));
}

export const answer = action(
  'evaluations.answer',
  schema.Answers,
  redraws(
    async ({ person }, given, { evaluations }: EvaluationServices) => {
      const { evaluation, section, revision } = given;
      const { form } = await evaluations.evaluationSeenBy(evaluation, person);
      const answers = answersOf(groupOf(form, section), given);
      return evaluations.answer(person, evaluation, section, answers, revision);
    },
    async (turn, given, services, word, outcome) => {
      const { evaluation, section } = given;
      const answered = await services.evaluations.evaluationSeenBy(evaluation, turn.person);
      if (outcome === 'stale') return partCard(answered, section, STALE);
      const next = nextPart(answered, section);
      return next ? partCard(answered, next, word) : evaluationOf(turn, given, services, word);
    },
    'C’est enregistré.',
  ),
);

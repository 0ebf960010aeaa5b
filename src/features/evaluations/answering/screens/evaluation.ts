import type { Card } from '../../../../core/card.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { dueText, pastText } from '../../../../core/due.ts';
import { notFound } from '../../../../core/errors.ts';
import { action } from '../../../../core/feature.ts';
import { guideSource, withFacts } from '../../../../core/guide/index.ts';
import { draws, redraws } from '../../../../core/redraw.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { closingDue } from '../../campaigns/rules/schedule.ts';
import { noticed, STATES } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import { type EvaluationServices, todayOf } from '../../screens/services.ts';
import { progressOf } from '../rules/answers.ts';
import { modelNotice, OVERALL } from '../rules/form.ts';
import type { Answered } from '../store/answered.ts';
import { memoryOf } from './memory.ts';

function untilText({ evaluation: { closesOn, state }, writable }: Answered, today: string): string {
  if (!writable) return 'Cette évaluation est fermée.';
  return state === 'open' && closesOn < today
    ? `${pastText(closingDue(closesOn))}. Vous pouvez encore répondre.`
    : `${dueText(closingDue(closesOn))}. Jusque-là, vous pouvez répondre et changer vos réponses.`;
}

/** An evaluation: its parts, how far it is, what was noted during the year. */
function evaluationCard(
  answered: Answered,
  person: { readonly objectId: string },
  today: string,
  notice = '',
): Card {
  const { evaluation, contract, form, sections, writable } = answered;
  const { done, total } = progressOf(form, sections);
  const mine = evaluation.responsibleId === person.objectId;
  const parts = [
    ...form.groups.map(({ id, title }) => ({ id, title })),
    { id: OVERALL, title: 'Votre avis d’ensemble' },
  ];
  return {
    template: 'evaluations/evaluation',
    summary: notice || `${contract.title} : ${done} sur ${total}.`,
    view: {
      evaluation: evaluation.id,
      contract: contract.id,
      name: escapeMarkdown(contract.title),
      supplier: `${escapeMarkdown(contract.supplierName)} · ${STATES[evaluation.state]}`,
      ...noticed(notice),
      progress: `${done} partie${done < 2 ? '' : 's'} sur ${total}`,
      done: `${Math.max(1, Math.round((done / total) * 100))}`,
      rest: `${Math.max(1, 100 - Math.round((done / total) * 100))}`,
      started: done > 0,
      unfinished: done < total,
      until: untilText(answered, today),
      model: modelNotice(form).map((text) => ({ text })),
      kind: evaluation.final
        ? 'Évaluation de fin de contrat (RCTI, article 79)'
        : `Évaluation de l’année ${evaluation.year}`,
      source: guideSource(evaluation.final ? '4.10' : '4.9'),
      signable: evaluation.final && evaluation.state === 'submitted' && contract.finalSignedOn === null,
      signed: contract.finalSignedOn
        ? `Signée par le dirigeant le ${frenchDay(contract.finalSignedOn)}. Sa copie est due au Courtier dans les ${withFacts('{{copyDays}}')}.`
        : '',
      isSigned: evaluation.final && contract.finalSignedOn !== null,
      today,
      parts: parts.map(({ id, title }, at) => {
        const section = sections.get(id);
        return {
          evaluation: evaluation.id,
          section: id,
          label: `${at + 1} · ${title}`,
          state: section ? 'Rempli' : 'À remplir',
          by: section ? `Par ${escapeMarkdown(section.by)}` : '',
          written: section !== undefined,
        };
      }),
      ...memoryOf(answered),
      responsible: mine
        ? 'Vous soumettez pour votre organisation.'
        : evaluation.responsibleName === ''
          ? 'La personne qui a noté le contrat soumet pour votre organisation.'
          : `${escapeMarkdown(evaluation.responsibleName)} soumet pour votre organisation.`,
      changed:
        evaluation.submittedAt !== null &&
        [...sections.values()].some(({ at }) => at > (evaluation.submittedAt ?? at)),
      submittable: writable && mine && done === total,
      takable: writable && !mine,
      submit: evaluation.state === 'submitted' ? 'Soumettre de nouveau' : 'Soumettre',
    },
  };
}

/** An evaluation as it stands, for one of those who answer it. */
export async function evaluationOf(
  { person }: ActionTurn,
  { evaluation }: { readonly evaluation: string },
  services: EvaluationServices,
  notice: string,
): Promise<Card> {
  const answered = await services.evaluations.evaluationSeenBy(evaluation, person);
  return evaluationCard(answered, person, todayOf(services), notice);
}

export const open = action('evaluations.open', schema.Reference, draws(evaluationOf));

export const take = action(
  'evaluations.take',
  schema.Reference,
  redraws(
    ({ person }, { evaluation }, { evaluations }) => evaluations.takeOverSubmission(person, evaluation),
    evaluationOf,
    'Vous soumettrez pour votre organisation.',
  ),
);

export const signedByHead = action(
  'evaluations.signed',
  schema.SignedByHead,
  redraws(
    async ({ person }, { evaluation, signedOn }, { evaluations, contracts }) => {
      const { contract, evaluation: row } = await evaluations.evaluationSeenBy(evaluation, person);
      if (!row.final || row.state !== 'submitted') throw notFound();
      await contracts.complete(person, contract.id, 'final', signedOn);
    },
    evaluationOf,
    () =>
      withFacts(
        'C’est noté. La copie signée est due au Courtier dans les {{copyDays}} : la carte du contrat vous le rappellera.',
      ),
  ),
);

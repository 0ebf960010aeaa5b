import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { count, escapeMarkdown, shorten, uncapital } from '../../../../core/text/text.ts';
import { AGAIN_NAMES, type DraftAnswer } from '../rules/answers.ts';
import { AGAIN, type Criterion, criteriaOf, type Form, modelNotice, OVERALL } from '../rules/form.ts';
import { criteriaOfPart, groupsOf, type Part } from '../rules/parts.ts';
import { type Contribution, progressOf, reconcile } from '../rules/reconciling.ts';
import type { Answered } from '../store/answered.ts';
import { type Given, revisionOf } from '../store/answering.ts';
import { aboutCriterion, memoryOf, memoryTitle } from './memory.ts';

const scaleChoices = ({ scale }: Form) =>
  ([5, 4, 3, 2, 1] as const).map((score) => ({ title: `${score} · ${scale[score]}`, value: String(score) }));

/** « 4 · Satisfaisant ». */
export const scoreText = (form: Form, score: DraftAnswer['score']): string =>
  score === undefined ? 'Sans note' : score === 'na' ? 'Sans objet' : `${score} · ${form.scale[score]}`;

/** A comment as a card quotes it after something; empty when there is none. */
export const quoted = (comment = ''): string =>
  comment === '' ? '' : ` « ${escapeMarkdown(shorten(comment, 200))} »`;

/** What somebody who answers sees as theirs: the person responsible, what they and their colleagues say together. */
export const viewOf = ({ mine, own, form, reconciled }: Answered) =>
  mine ? reconciled : reconcile(form, own, []);

/** What was typed on a card drawn before what is kept now: shown over that, and where both differ, what is kept is said. */
export type Typed = Pick<Given, 'criteria' | 'overall'>;

/** Whether something else was typed than what is kept; a field that was left empty takes nothing away. */
const isTypedOver = <T>(typed: T | undefined, kept: T | undefined): boolean =>
  typed !== undefined && typed !== '' && typed !== kept;

/** « Enregistré : 4 · Satisfaisant « Bien. » », where something else was typed over it. */
function keptText(form: Form, kept: Kept | undefined, typed: Kept | undefined): string[] {
  const isOther = isTypedOver(typed?.score, kept?.score) || isTypedOver(typed?.comment, kept?.comment);
  const isSaid = kept && (kept.score !== undefined || kept.comment);
  return isOther && isSaid ? [`Enregistré : ${scoreText(form, kept.score)}${quoted(kept.comment)}`] : [];
}
interface Kept {
  readonly score?: DraftAnswer['score'];
  readonly comment?: string | undefined;
}

/** What a card shows: what was typed, and elsewhere what is kept. */
function shownOf(answered: Answered, typed: Typed | undefined) {
  const kept = viewOf(answered);
  if (!typed) return kept;
  const criteria = Object.fromEntries(
    criteriaOf(answered.form).map(({ id }): [string, DraftAnswer] => {
      const [mine, theirs] = [typed.criteria[id], kept.criteria[id]];
      return [id, { score: mine?.score ?? theirs?.score, comment: mine?.comment || theirs?.comment || '' }];
    }),
  );
  const { overall, again, comment } = typed.overall ?? {};
  return {
    ...kept,
    criteria,
    overall: {
      overall: overall ?? kept.overall.overall,
      again: again ?? kept.overall.again,
      comment: comment || kept.overall.comment,
    },
  };
}

/** What each colleague said of a criterion, side by side, for the person who decides; for others, only who answered. */
function colleaguesOn({ mine, others, form }: Answered, id: string): string[] {
  const said = others.flatMap((each) => {
    const answer = each.criteria[id];
    return answer && (answer.score !== undefined || answer.comment !== '') ? [{ by: each.by, answer }] : [];
  });
  if (said.length === 0) return [];
  if (!mine) return [`Déjà noté par ${escapeMarkdown(said.map(({ by }) => by).join(', '))}`];
  return said.map(
    ({ by, answer }) => `${escapeMarkdown(by)} : ${scoreText(form, answer.score)}${quoted(answer.comment)}`,
  );
}

function criterionView(answered: Answered, criterion: Criterion, at: number, typed: Typed | undefined) {
  const { form, before, ground, evaluation } = answered;
  const { criteria, conflicts } = shownOf(answered, typed);
  const kept = viewOf(answered).criteria[criterion.id];
  const answer = criteria[criterion.id];
  const last = before?.answers.criteria[criterion.id];
  const scored = answer?.score !== undefined && answer.score !== 'na';
  return {
    scoreId: `score${at + 1}`,
    commentId: `comment${at + 1}`,
    commentBox: `box${at + 1}`,
    title: criterion.title,
    label: `${criterion.title} : ${uncapital(criterion.help)}`,
    score: scored ? String(answer.score) : '',
    comment: answer?.comment ?? '',
    commented: (answer?.comment ?? '') !== '',
    choices: scaleChoices(form),
    conflict: conflicts.has(criterion.id),
    notes: [
      ...keptText(form, kept, typed?.criteria[criterion.id]),
      ...colleaguesOn(answered, criterion.id),
      ...aboutCriterion(ground.memory, criterion.id),
    ].map((text) => ({ text })),
    last: last && before ? `En ${before.year} : ${scoreText(form, last.score)}. Reprendre` : '',
    taken: last !== undefined && answer?.score === undefined,
    evaluation: evaluation.id,
    criterion: criterion.id,
  };
}

/** What the end of a contract, or its beginning, is no matter of: it is proposed as « sans objet ». */
function proposedNone({ evaluation, contract }: Answered, { only }: Criterion): boolean {
  if (evaluation.final || only === undefined) return false;
  const opens = Temporal.PlainDate.from(evaluation.opensOn);
  return only === 'end'
    ? contract.endsOn > opens.add({ years: 1 }).toString()
    : contract.startsOn < opens.subtract({ years: 1 }).toString();
}

/** The criteria that are « sans objet », by their places. */
function noneView(answered: Answered, part: Part, typed: Typed | undefined) {
  const { criteria } = shownOf(answered, typed);
  const fresh = revisionOf(answered.form, part, answered.own?.revisions) === 0;
  const places = criteriaOfPart(answered.form, part).map((each, at) => ({ ...each, at: String(at + 1) }));
  const chosen = places.filter((each) => {
    const score = criteria[each.id]?.score;
    return score === 'na' || (score === undefined && fresh && proposedNone(answered, each));
  });
  return {
    none: chosen.map(({ at }) => at).join(','),
    noneChoices: places.map(({ title, at }) => ({ title, value: at })),
    proposed: chosen.some(({ id }) => criteria[id]?.score === undefined),
  };
}

/** The overall view that is kept, where something else was typed over it. */
function keptOverall(answered: Answered, { overall: typed }: Typed): string[] {
  const { overall, again, comment } = viewOf(answered).overall;
  const isOther =
    isTypedOver(typed?.overall, overall) ||
    isTypedOver(typed?.again, again) ||
    isTypedOver(typed?.comment, comment);
  if (!isOther || (overall === undefined && again === undefined && !comment)) return [];
  const words = [
    ...(overall === undefined ? [] : [scoreText(answered.form, overall)]),
    ...(again === undefined ? [] : [`choisir de nouveau : ${AGAIN_NAMES[again].toLowerCase()}`]),
  ];
  return [`Enregistré : ${words.join(', ')}${quoted(comment)}`];
}

function overallView(answered: Answered, typed: Typed | undefined) {
  const { form, others, mine, reference = '' } = answered;
  const { overall, conflicts } = shownOf(answered, typed);
  const { contact = reference, consented } = typed?.overall ?? {};
  const shown = contact === consented ? reference : contact;
  const said = (each: Contribution): string[] => {
    const { overall: score, again, comment } = each.overall;
    if (score === undefined && again === undefined && !comment) return [];
    const words = [
      ...(score === undefined ? [] : [scoreText(form, score)]),
      ...(again === undefined ? [] : [`choisir de nouveau : ${AGAIN_NAMES[again].toLowerCase()}`]),
    ];
    return [`${escapeMarkdown(each.by)} : ${words.join(', ')}${quoted(comment)}`];
  };
  return {
    overall: String(overall.overall ?? ''),
    again: overall.again ?? '',
    comment: overall.comment ?? '',
    overallChoices: scaleChoices(form),
    conflict: conflicts.has(AGAIN) || conflicts.has(OVERALL),
    colleagues: [...(typed ? keptOverall(answered, typed) : []), ...(mine ? others.flatMap(said) : [])].map(
      (text) => ({ text }),
    ),
    reference: String(shown !== ''),
    contact: shown,
    consented: reference,
  };
}

/** A card of the form: its criteria with all that helps to score them, then, on the second one, the overall view. */
export function partCard(answered: Answered, part: Part, notice = '', typed?: Typed): Card {
  const { evaluation, contract, form, ground, own, mine, seen, standing, before } = answered;
  const view = viewOf(answered);
  const { done, total } = progressOf(form, view);
  const criteria = criteriaOfPart(form, part);
  const share = Math.round((done / total) * 100);
  const known = new Set(criteriaOf(form).map(({ id }) => id));
  const places = new Map(criteria.map(({ id }, at) => [id, at]));
  return {
    template: 'evaluations/part',
    summary: notice || `${contract.title} : ${count(done, 'réponse')} sur ${total}.`,
    view: {
      evaluation: evaluation.id,
      part,
      revision: revisionOf(form, part, own?.revisions),
      seen,
      name: escapeMarkdown(contract.title),
      supplier: `${escapeMarkdown(contract.supplierName)} · ${evaluation.final ? 'fin de contrat' : evaluation.year}`,
      position: `Carte ${part} de 2 · ${done} réponse${done < 2 ? '' : 's'} sur ${total}`,
      done: `${Math.max(1, share)}`,
      rest: `${Math.max(1, 100 - share)}`,
      started: done > 0,
      unfinished: done < total,
      standing: escapeMarkdown(standing.sentence),
      ...noticeView(notice),
      criteria: groupsOf(form, part).flatMap((group) =>
        group.criteria.map((each, n) => ({
          group: n === 0 ? group.title : '',
          heads: n === 0,
          ...criterionView(answered, each, places.get(each.id) ?? 0, typed),
        })),
      ),
      ...noneView(answered, part, typed),
      lastYear: before ? `Le reste comme en ${before.year}` : '',
      repeatable: before !== undefined && criteria.some(({ id }) => view.criteria[id]?.score === undefined),
      // What is about a criterion is beside it.
      ...memoryOf(ground.memory, ({ criterion }) => criterion === null || !known.has(criterion)),
      memoryTitle: memoryTitle(evaluation.final),
      first: part === 1,
      last: part === 2,
      mine,
      submits: part === 2 && mine,
      sends: part === 2 && !mine,
      ...overallView(answered, typed),
      model: part === 1 ? modelNotice(form).map((text) => ({ text })) : [],
    },
  };
}

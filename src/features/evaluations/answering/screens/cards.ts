import type { Card } from '../../../../core/card.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { dueText, pastText } from '../../../../core/due.ts';
import { guideSource, withFacts } from '../../../../core/guide/index.ts';
import { pageAt, pageOf, pagingRow } from '../../../../core/paging.ts';
import { count, escapeMarkdown, shorten } from '../../../../core/text.ts';
import { closingDue } from '../../campaigns/rules/schedule.ts';
import type { CampaignState, EvaluationState } from '../../campaigns/rules/states.ts';
import type { Waiting } from '../../campaigns/store/channels.ts';
import { enough, type Result } from '../../results/store/result-scores.ts';
import type { Evaluation } from '../../tables.ts';
import {
  AGAIN_NAMES,
  meanOf,
  type Overall,
  progressOf,
  type SectionAnswers,
  versionOf,
} from '../rules/answers.ts';
import { type Form, type Group, modelNotice, OVERALL } from '../rules/form.ts';
import type { Answered, ContractEvent } from '../store/answered.ts';
import { decimal, scoreText } from './documents.ts';

export const PAGE = 6;
const MOST_REMEMBERED = 8;
/** In a channel, where nobody turns pages. */
const MOST_WAITING = 10;

export const noticed = (notice: string) => ({ notice: escapeMarkdown(notice), noticed: notice !== '' });

export const STATES: Record<EvaluationState, string> = {
  open: 'À remplir',
  submitted: 'Soumise',
  excluded: 'Non demandée',
};

/** « 4 · Satisfaisant » for each step of the scale, the best first, then « sans objet ». */
const scaleOf = ({ scale }: Form, withNone: boolean) => [
  ...([5, 4, 3, 2, 1] as const).map((score) => ({
    title: `${score} · ${scale[score]}`,
    value: String(score),
  })),
  ...(withNone ? [{ title: 'Sans objet', value: 'na' }] : []),
];

export interface Mine {
  readonly evaluation: Evaluation;
  readonly title: string;
  readonly supplier: string;
  readonly campaign: CampaignState;
}

function standingOf({ evaluation: { state, closesOn }, campaign }: Mine, today: string): string {
  if (state !== 'open') return STATES[state];
  if (campaign === 'closed') return 'Fermée sans réponse';
  return closesOn < today
    ? pastText(closingDue(closesOn))
    : `${STATES.open} · ${dueText(closingDue(closesOn))}`;
}

export function listCard(
  rows: readonly Mine[],
  total: number,
  page: number,
  today: string,
  notice = '',
): Card {
  return {
    template: 'evaluations/list',
    summary: notice || `${count(total, 'évaluation')}.`,
    view: {
      ...noticed(notice),
      empty: total === 0,
      evaluations: rows.map((row) => ({
        evaluation: row.evaluation.id,
        title: escapeMarkdown(row.title),
        facts: `${escapeMarkdown(row.supplier)} · ${standingOf(row, today)}`,
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'évaluations'),
    },
  };
}

const eventText = ({ on, good, text }: ContractEvent): string =>
  `${good ? 'Bon' : 'Mauvais'}, ${frenchDay(on)} : ${escapeMarkdown(shorten(text, 160))}`;

/** What happened during the year: what was noted, then what changed; the rest is counted. */
function memoryOf({ events, changes }: Answered) {
  const lines = [...events.map(eventText), ...changes.map((change) => escapeMarkdown(shorten(change, 160)))];
  const rest = lines.length - MOST_REMEMBERED;
  return {
    memory: [
      ...lines.slice(0, MOST_REMEMBERED),
      ...(rest > 0 ? [`Et ${count(rest, 'autre')} : voyez le document.`] : []),
    ].map((text) => ({ text })),
    remembered: lines.length > 0,
  };
}

function untilText({ evaluation: { closesOn, state }, writable }: Answered, today: string): string {
  if (!writable) return 'Cette évaluation est fermée.';
  return state === 'open' && closesOn < today
    ? `${pastText(closingDue(closesOn))}. Vous pouvez encore répondre.`
    : `${dueText(closingDue(closesOn))}. Jusque-là, vous pouvez répondre et changer vos réponses.`;
}

/** An evaluation: its parts, how far it is, what was noted during the year. */
export function evaluationCard(
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

/** « Partie 2 de 6 » : where a group of criteria is in the form, the overall view at its end. */
function partOf({ groups }: Form, group: Group | undefined): string {
  const total = groups.length + 1;
  return `Partie ${group ? groups.indexOf(group) + 1 : total} de ${total}`;
}

/** A part of the form, with what was noted beside it. */
export function sectionCard(answered: Answered, group: Group, notice = ''): Card {
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

/** A comment as a summary quotes it; empty when there is none. */
const quoted = (comment = ''): string =>
  comment === '' ? '' : `« ${escapeMarkdown(shorten(comment, 200))} »`;

/** All the answers, to confirm before they are submitted. */
export function summaryCard(
  { evaluation, contract, form, sections, reference }: Answered,
  notice = '',
): Card {
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

export function eventsCard(
  contract: { readonly id: string; readonly title: string; readonly supplierName: string },
  events: readonly ContractEvent[],
  page: number,
  today: string,
  notice = '',
): Card {
  const paged = pageOf(events, page, PAGE);
  return {
    template: 'evaluations/events',
    summary: notice || `${count(events.length, 'événement')} noté${events.length < 2 ? '' : 's'}.`,
    view: {
      contract: contract.id,
      name: `${escapeMarkdown(contract.title)} · ${escapeMarkdown(contract.supplierName)}`,
      ...noticed(notice),
      today,
      empty: events.length === 0,
      events: paged.items.map((event) => ({
        contract: contract.id,
        event: event.id,
        text: eventText(event),
        by: `Noté par ${escapeMarkdown(event.by)}`,
      })),
      ...pagingRow(paged, 'événements'),
    },
  };
}

/** A person's contracts, to choose the one that an event is about. */
export const chooseCard = (
  contracts: readonly { readonly id: string; readonly title: string; readonly supplierName: string }[],
  total: number,
  page: number,
): Card => ({
  template: 'evaluations/choose',
  summary: 'Sur quel contrat ?',
  view: {
    none: total === 0,
    contracts: contracts.map(({ id, title, supplierName }) => ({
      contract: id,
      name: escapeMarkdown(title),
      supplier: escapeMarkdown(supplierName),
    })),
    ...pagingRow(pageAt(contracts, page, total, PAGE), 'contrats'),
  },
});

/** In a channel: what the body has still to answer. No person is named. */
export function channelCard(designated: boolean, waiting: readonly Waiting[], notice = ''): Card {
  const rest = waiting.length - MOST_WAITING;
  return {
    template: 'evaluations/channel',
    summary: notice || 'Les rappels d’évaluation de votre organisation.',
    view: {
      ...noticed(notice),
      designated,
      undesignated: !designated,
      none: designated && waiting.length === 0,
      waiting: waiting.slice(0, MOST_WAITING).map(({ title, supplier, closesOn }) => ({
        title: escapeMarkdown(title),
        facts: `${escapeMarkdown(supplier)} · ${dueText(closingDue(closesOn))}`,
      })),
      rest: `Et ${count(rest, 'autre')}.`,
      more: rest > 0,
    },
  };
}

/** A link to a document of ours, good for a quarter of an hour. */
export const linkCard = (what: string, button: string, url: string): Card => ({
  template: 'evaluations/link',
  summary: `${what} est prêt.`,
  view: { what, button, url },
});

/** Thanks to those who answered, with what all said together. */
export const thanksCard = (
  suppliers: readonly { readonly name: string; readonly year: number; readonly results: readonly Result[] }[],
): Card => ({
  template: 'evaluations/thanks',
  summary: 'Merci d’avoir évalué vos fournisseurs.',
  view: {
    suppliers: suppliers.map(({ name, year, results }) => {
      const overall = results.find((row) => row.criterion === OVERALL && row.year === year);
      return {
        name: escapeMarkdown(name),
        result:
          overall && enough(overall)
            ? `${decimal(overall.mean)} sur 5 dans l’ensemble, ${count(overall.n, 'réponse')}`
            : 'Moins de trois réponses : le résultat n’est pas montré.',
      };
    }),
  },
});

import type { Card } from '../../core/card.ts';
import { frenchDay } from '../../core/clock.ts';
import { pageAt, pageOf, pagingRow } from '../../core/paging.ts';
import { count, escapeMarkdown, shorten } from '../../core/text.ts';
import { meanOf, OVERALL, type Overall, progressOf, type SectionAnswers } from './answers.ts';
import type { Campaign, Participation } from './campaigns.ts';
import type { Form, Group } from './form.ts';
import type { Answered, ContractEvent } from './service.ts';
import type { CampaignState, EvaluationState } from './states.ts';
import type { Evaluation } from './tables.ts';

export const PAGE = 6;
const MOST_EVENTS_SHOWN = 5;

const noticed = (notice: string) => ({ notice: escapeMarkdown(notice), noticed: notice !== '' });

const STATES: Record<EvaluationState, string> = {
  open: 'À remplir',
  submitted: 'Soumise',
  excluded: 'Non demandée',
};
export const CAMPAIGN_NAMES: Record<CampaignState, string> = {
  planned: 'À venir',
  open: 'En cours',
  paused: 'En pause',
  closed: 'Terminée',
};
const AGAIN = { yes: 'Oui', maybe: 'Peut-être', no: 'Non' } as const;

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
}

export function listCard(rows: readonly Mine[], total: number, page: number, notice = ''): Card {
  return {
    template: 'evaluations/list',
    summary: notice || `${count(total, 'évaluation')}.`,
    view: {
      ...noticed(notice),
      empty: total === 0,
      evaluations: rows.map(({ evaluation, title, supplier }) => ({
        evaluation: evaluation.id,
        title: escapeMarkdown(title),
        facts: `${escapeMarkdown(supplier)} · ${STATES[evaluation.state]}${evaluation.state === 'open' ? ` · jusqu’au ${frenchDay(evaluation.closesOn)}` : ''}`,
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'évaluations'),
    },
  };
}

const eventText = ({ on, good, text }: ContractEvent): string =>
  `${good ? '＋' : '－'} ${frenchDay(on)} : ${escapeMarkdown(shorten(text, 160))}`;

/** An evaluation: its parts, how far it is, what was noted during the year. */
export function evaluationCard(answered: Answered, person: { readonly objectId: string }, notice = ''): Card {
  const { evaluation, contract, form, sections, events, writable } = answered;
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
      until: writable
        ? `Vous pouvez répondre et changer vos réponses jusqu’au ${frenchDay(evaluation.closesOn)}.`
        : 'Cette évaluation est fermée.',
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
      events: events.slice(-MOST_EVENTS_SHOWN).map((event) => ({ text: eventText(event) })),
      hasEvents: events.length > 0,
      responsible: mine
        ? 'Vous soumettez pour votre organisation.'
        : evaluation.responsibleName === ''
          ? 'La personne qui a noté le contrat soumet pour votre organisation.'
          : `${escapeMarkdown(evaluation.responsibleName)} soumet pour votre organisation.`,
      submittable: writable && mine && done === total,
      takable: writable && !mine,
      submit: evaluation.state === 'submitted' ? 'Soumettre de nouveau' : 'Soumettre',
    },
  };
}

/** A part of the form, with what was noted beside it. */
export function sectionCard(
  { evaluation, contract, form, sections, events, writable }: Answered,
  group: Group,
  notice = '',
): Card {
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
      events: events.slice(-MOST_EVENTS_SHOWN).map((event) => ({ text: eventText(event) })),
      hasEvents: events.length > 0,
      writable,
    },
  };
}

export function overallCard({ evaluation, contract, form, sections, writable }: Answered, notice = ''): Card {
  const held = sections.get(OVERALL);
  const answers = held?.answers as Overall | undefined;
  return {
    template: 'evaluations/overall',
    summary: `Votre avis d’ensemble : ${contract.supplierName}.`,
    view: {
      evaluation: evaluation.id,
      revision: held?.revision ?? 0,
      name: `${escapeMarkdown(contract.title)} · ${escapeMarkdown(contract.supplierName)}`,
      ...noticed(notice),
      overall: String(answers?.overall ?? ''),
      again: answers?.again ?? '',
      comment: answers?.comment ?? '',
      scale: scaleOf(form, false),
      writable,
    },
  };
}

/** All the answers, to confirm before they are submitted. */
export function summaryCard({ evaluation, contract, form, sections }: Answered): Card {
  const criteria = Object.assign(
    {},
    ...form.groups.map(({ id }) => sections.get(id)?.answers),
  ) as SectionAnswers;
  const overall = sections.get(OVERALL)?.answers as Overall | undefined;
  const mean = meanOf(form, criteria);
  const text = (score: SectionAnswers[string]['score'] | undefined) =>
    score === undefined ? 'Sans réponse' : score === 'na' ? 'Sans objet' : `${score} · ${form.scale[score]}`;
  return {
    template: 'evaluations/summary',
    summary: 'Vérifiez vos réponses avant de les soumettre.',
    view: {
      evaluation: evaluation.id,
      name: `${escapeMarkdown(contract.title)} · ${escapeMarkdown(contract.supplierName)}`,
      groups: form.groups.map((group) => ({
        title: group.title,
        answers: group.criteria.map(({ id, title }) => ({ title, value: text(criteria[id]?.score) })),
      })),
      overall: overall ? text(overall.overall) : '',
      again: overall ? `Choisir de nouveau ce fournisseur : ${AGAIN[overall.again].toLowerCase()}` : '',
      mean: mean === undefined ? '' : `Moyenne des critères : ${mean.toLocaleString('fr-CA')} sur 5`,
      averaged: mean !== undefined,
    },
  };
}

export function eventsCard(
  contract: { readonly id: string; readonly title: string; readonly supplierName: string },
  events: readonly ContractEvent[],
  today: string,
  notice = '',
): Card {
  return {
    template: 'evaluations/events',
    summary: notice || `${count(events.length, 'événement')} noté${events.length < 2 ? '' : 's'}.`,
    view: {
      contract: contract.id,
      name: `${escapeMarkdown(contract.title)} · ${escapeMarkdown(contract.supplierName)}`,
      ...noticed(notice),
      today,
      empty: events.length === 0,
      events: pageOf(events, 1, 10).items.map((event) => ({
        contract: contract.id,
        event: event.id,
        text: eventText(event),
        by: `Noté par ${escapeMarkdown(event.by)}`,
      })),
    },
  };
}

/** A person's contracts, to choose the one that an event is about. */
export const chooseCard = (
  contracts: readonly { readonly id: string; readonly title: string; readonly supplierName: string }[],
): Card => ({
  template: 'evaluations/choose',
  summary: 'Sur quel contrat ?',
  view: {
    none: contracts.length === 0,
    contracts: contracts.map(({ id, title, supplierName }) => ({
      contract: id,
      name: escapeMarkdown(title),
      supplier: escapeMarkdown(supplierName),
    })),
  },
});

// The staff's side.

const participationText = ({ open, submitted, excluded }: Participation): string => {
  const total = open + submitted;
  const share = total === 0 ? 0 : Math.round((submitted / total) * 100);
  return `${submitted} sur ${total} (${share} %)${excluded > 0 ? ` · ${excluded} mis de côté` : ''}`;
};

export function campaignsCard(
  rows: readonly { readonly campaign: Campaign; readonly participation: Participation }[],
  total: number,
  page: number,
  today: string,
  notice = '',
): Card {
  return {
    template: 'evaluations/campaigns',
    summary: notice || `${count(total, 'campagne')}.`,
    view: {
      ...noticed(notice),
      today,
      until: Temporal.PlainDate.from(today).add({ days: 45 }).toString(),
      empty: total === 0,
      campaigns: rows.map(({ campaign, participation }) => ({
        campaign: campaign.id,
        name: escapeMarkdown(campaign.name),
        facts: `${CAMPAIGN_NAMES[campaign.state]} · du ${frenchDay(campaign.opensOn)} au ${frenchDay(campaign.closesOn)} · ${participationText(participation)}`,
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'campagnes'),
    },
  };
}

export interface Asked {
  readonly id: string;
  readonly state: EvaluationState;
  readonly excludedWhy: string | null;
  readonly title: string;
  readonly supplier: string;
  readonly organization: string;
}

export function campaignCard(
  campaign: Campaign,
  participation: Participation,
  asked: readonly Asked[],
  total: number,
  page: number,
  notice = '',
): Card {
  const { open, submitted } = participation;
  const share = open + submitted === 0 ? 0 : Math.round((submitted / (open + submitted)) * 100);
  return {
    template: 'evaluations/campaign',
    summary: notice || `${campaign.name} : ${participationText(participation)}.`,
    view: {
      campaign: campaign.id,
      revision: campaign.revision,
      name: escapeMarkdown(campaign.name),
      facts: `${CAMPAIGN_NAMES[campaign.state]} · du ${frenchDay(campaign.opensOn)} au ${frenchDay(campaign.closesOn)}`,
      ...noticed(notice),
      participation: `Réponses : ${participationText(participation)}`,
      done: `${Math.max(1, share)}`,
      rest: `${Math.max(1, 100 - share)}`,
      started: share > 0,
      unfinished: share < 100,
      closesOn: campaign.closesOn,
      pausable: campaign.state === 'open',
      resumable: campaign.state === 'paused',
      extendable: campaign.state === 'open' || campaign.state === 'paused',
      closable: campaign.state !== 'closed',
      empty: total === 0,
      asked: asked.map((each) => ({
        evaluation: each.id,
        title: escapeMarkdown(
          `${each.organization === '' ? 'Organisation non confirmée' : each.organization} · ${each.supplier}`,
        ),
        state: each.excludedWhy
          ? `${STATES[each.state]} : ${escapeMarkdown(each.excludedWhy)}`
          : STATES[each.state],
        excludable: each.state === 'open',
      })),
      ...pagingRow(pageAt(asked, page, total, PAGE), 'contrats'),
    },
  };
}

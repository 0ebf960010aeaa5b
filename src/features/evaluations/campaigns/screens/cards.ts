import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { laterOf } from '../../../../core/time/days.ts';
import { type EvaluationStanding, isAwaited } from '../../rules/standing.ts';
import type { ApartBy, CampaignKind, CampaignState } from '../rules/states.ts';
import type { Campaign } from '../store/campaign-records.ts';
import type { Preview } from '../store/campaign-steps.ts';
import type { Answers, List, Participation } from '../store/participation.ts';

export const PAGE = 6;
/** What the dates of a new campaign propose. */
const WINDOW_DAYS = 45;
/** What more time proposes. */
const EXTENDED_DAYS = 14;

const STATE_NAMES: Record<CampaignState, string> = {
  planned: 'À venir',
  open: 'En cours',
  paused: 'En pause',
  closed: 'Terminée',
};
const KIND_NAMES: Record<CampaignKind, string> = {
  window: 'tous à la fois',
  anniversary: 'à l’anniversaire de chaque contrat',
  final: 'à la fin de chaque contrat (RCTI, article 79)',
};

const shareOf = ({ open, submitted }: Answers): number =>
  open + submitted === 0 ? 0 : Math.round((submitted / (open + submitted)) * 100);

const participationText = (answers: Answers): string => {
  const { open, submitted, excluded, coming } = answers;
  return [
    `${submitted} sur ${open + submitted} (${shareOf(answers)} %)`,
    ...(coming > 0 ? [`${coming} à venir`] : []),
    ...(excluded > 0 ? [`${excluded} mis de côté`] : []),
  ].join(' · ');
};

const datesOf = ({ opensOn, closesOn }: Pick<Campaign, 'opensOn' | 'closesOn'>): string =>
  `du ${frenchDay(opensOn)} au ${frenchDay(closesOn)}`;
const factsOf = (campaign: Campaign): string =>
  `${STATE_NAMES[campaign.state]} · ${KIND_NAMES[campaign.kind]} · ${datesOf(campaign)}`;

export function campaignsCard(
  rows: readonly (Campaign & { readonly answers: Answers })[],
  total: number,
  page: number,
  today: Temporal.PlainDate,
  days: BusinessDays,
  suppliers: readonly { readonly title: string; readonly value: string }[],
  notice = '',
): Card {
  return {
    template: 'evaluations/campaigns',
    summary: notice || `${count(total, 'campagne')}.`,
    view: {
      ...noticeView(notice),
      opens: days.onOrAfter(today).toString(),
      until: days.onOrAfter(today.add({ days: WINDOW_DAYS })).toString(),
      supplierChoices: [...suppliers],
      empty: total === 0,
      campaigns: rows.map((campaign) => ({
        campaign: campaign.id,
        name: escapeMarkdown(campaign.name),
        facts: `${factsOf(campaign)} · ${participationText(campaign.answers)}`,
      })),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'campagnes'),
    },
  };
}

/** A campaign before it is started: whom it asks, and when. */
export function confirmCard(
  { name, kind, opensOn, closesOn, scope, opened, contracts, people }: Preview,
  {
    lines,
    typed,
    suppliers,
  }: {
    readonly lines: readonly string[];
    readonly typed: {
      readonly suppliers: string;
      readonly bodies: string;
      readonly endsFrom: string;
      readonly endsTo: string;
    };
    readonly suppliers: readonly { readonly title: string; readonly value: string }[];
  },
): Card {
  const asked =
    contracts === 0
      ? 'Aucun contrat n’est concerné pour le moment.'
      : `${count(contracts, 'contrat')} à évaluer, que ${count(people, 'personne')} ${people > 1 ? 'suivent' : 'suit'}.`;
  return {
    template: 'evaluations/confirm',
    summary: `Lancer « ${name} » ? ${asked}`,
    view: {
      name: escapeMarkdown(name),
      typed: name,
      kind,
      opensOn,
      closesOn,
      ...typed,
      supplierChoices: [...suppliers],
      scope: JSON.stringify(scope),
      scopeLines: lines.map((line) => ({ line: escapeMarkdown(line) })),
      facts: `Contrats évalués ${KIND_NAMES[kind]}, ${datesOf({ opensOn, closesOn })}.`,
      asked,
      now: opened,
    },
  };
}

export interface Asked {
  readonly id: string;
  readonly title: string;
  readonly supplier: string;
  readonly organization: string;
  readonly unreachable: boolean;
  /** Whether its body answered nothing that the campaign asks. */
  readonly silent: boolean;
  readonly standing: EvaluationStanding | undefined;
  readonly apartBy: ApartBy | null;
  readonly excludable: boolean;
}

/** Where an evaluation stands, and whether somebody can be told of it. */
const standingText = ({ standing, unreachable, silent, organization }: Asked): string =>
  [
    standing?.sentence ?? '',
    ...(silent && organization !== '' && standing && isAwaited(standing)
      ? ['Cet organisme n’a encore rien répondu.']
      : []),
    ...(unreachable && standing && isAwaited(standing) ? ['Personne n’est joignable.'] : []),
  ].join(' ');

/** The business day that a longer campaign is proposed to end on. */
export const laterDay = (closesOn: string, today: Temporal.PlainDate, days: BusinessDays): string => {
  const end = Temporal.PlainDate.from(closesOn);
  return days.onOrAfter(laterOf(end, today).add({ days: EXTENDED_DAYS })).toString();
};

/** A campaign: how far it is, and a page of what it asks about. */
export function campaignCard(
  campaign: Campaign,
  participation: Participation,
  {
    list,
    asked,
    total,
    page,
    extended,
    closable,
    reopenable,
    scope,
    silent,
  }: {
    readonly list: List;
    readonly asked: readonly Asked[];
    readonly total: number;
    readonly page: number;
    /** What an extension proposes. */
    readonly extended: string;
    readonly closable: boolean;
    readonly reopenable: boolean;
    /** Which contracts it is about, in words. */
    readonly scope: readonly string[];
    /** How many evaluations of silent bodies may be recalled. */
    readonly silent: number;
  },
  notice = '',
): Card {
  const { open, late, unreachable, submitted } = participation;
  const share = shareOf(participation);
  const here = { list, page };
  const goes = campaign.state !== 'closed';
  const apart = goes ? asked.filter(({ excludable }) => excludable) : [];
  const back = goes ? asked.filter(({ apartBy }) => apartBy === 'broker') : [];
  const recalled = asked.filter(({ standing }) => standing && isAwaited(standing));
  const choices = (these: readonly Asked[]) =>
    these.map(({ id, organization, title }) => ({
      title: organization === '' ? title : `${title} (${organization})`,
      value: id,
    }));
  const lists: readonly [List, string][] = [
    ['all', 'Tous'],
    ['open', `Sans réponse (${open})`],
    ['late', `Repère passé (${late})`],
    ['unreachable', `Injoignables (${unreachable})`],
    ['submitted', `Soumises (${submitted})`],
    ['apart', `Mis de côté (${participation.excluded})`],
  ];
  return {
    template: 'evaluations/campaign',
    summary: notice || `${campaign.name} : ${participationText(participation)}.`,
    view: {
      campaign: campaign.id,
      revision: campaign.revision,
      name: escapeMarkdown(campaign.name),
      facts: factsOf(campaign),
      scopeLines: campaign.kind === 'final' ? [] : scope.map((line) => ({ line: escapeMarkdown(line) })),
      ...noticeView(notice),
      participation: `Réponses : ${participationText(participation)}`,
      done: `${Math.max(1, share)}`,
      rest: `${Math.max(1, 100 - share)}`,
      started: share > 0,
      unfinished: share < 100,
      extended,
      pausable: campaign.state === 'open',
      resumable: campaign.state === 'paused',
      extendable: campaign.state === 'open' || campaign.state === 'paused',
      closable,
      reopenable,
      ...here,
      lists: lists
        .filter(([id]) => id !== list && (id !== 'apart' || participation.excluded > 0))
        .map(([id, label]) => ({ campaign: campaign.id, list: id, label })),
      listed: lists.find(([id]) => id === list)?.[1] ?? '',
      empty: total === 0,
      excludable: apart.length > 0,
      excludables: choices(apart),
      includable: back.length > 0,
      includables: choices(back),
      remindable: campaign.state === 'open' && (recalled.length > 0 || silent > 0),
      recallables: choices(recalled),
      someSilent: silent > 0,
      allSilent: `Tous les organismes silencieux (${count(silent, 'évaluation')})`,
      asked: asked.map((each) => ({
        evaluation: each.id,
        ...here,
        title: escapeMarkdown(
          `${each.organization === '' ? 'Organisation non confirmée' : each.organization} · ${each.title}`,
        ),
        state: escapeMarkdown(`${each.supplier} · ${standingText(each)}`),
        includable: each.apartBy === 'broker' && campaign.state !== 'closed',
      })),
      ...pagingRow(pageAt(asked, page, total, PAGE), 'contrats'),
    },
  };
}

import { lt, sql } from 'drizzle-orm';
import type { Retention } from '../../core/rows/retention.ts';
import { contractRows } from '../contracts/index.ts';
import * as tables from './tables.ts';

const {
  campaigns,
  evaluations,
  sections,
  submissions,
  signatures,
  scores,
  redactions,
  events,
  channels,
  releases,
  sheetOrders,
} = tables;

const REPORT = 'Rapport d’évaluation du rendement du fournisseur, et ce qui le fonde.';
const withContract = (table: typeof evaluations | typeof events) =>
  ({ with: contractRows, on: [table.contractId], id: [contractRows.id] }) as const;
const withEvaluation = (
  table: typeof sections | typeof submissions | typeof signatures | typeof scores | typeof redactions,
) => ({ with: evaluations, on: [table.evaluationId], id: [evaluations.id] }) as const;
/** Those of a contract that is not there any more: releases before this one forgot the contract alone. */
const orphaned = (table: typeof evaluations | typeof events) =>
  ({
    period: { of: 'guide', after: 'keptYears' },
    since: 'la fin du contrat, déjà oublié',
    past: () =>
      sql`not exists (select 1 from ${contractRows} where ${contractRows.id} = ${table.contractId})`,
  }) as const;

export const retention: readonly Retention[] = [
  {
    table: campaigns,
    what: 'Campagnes d’évaluation',
    why: 'Les évaluations y renvoient : la campagne part quand il n’y en a plus.',
    ends: [
      {
        period: { of: 'guide', after: 'keptYears' },
        since: 'la fin de la campagne, si aucune évaluation n’en reste',
        past: ({ day }) => sql`${lt(campaigns.closesOn, day)}
          and not exists (select 1 from ${evaluations} where ${evaluations.campaignId} = ${campaigns.id})`,
      },
    ],
  },
  {
    table: evaluations,
    what: 'Évaluations demandées',
    why: REPORT,
    ends: [withContract(evaluations), orphaned(evaluations)],
    persons: {
      named: [
        {
          tenantId: evaluations.responsibleTenant,
          objectId: evaluations.responsibleId,
          name: evaluations.responsibleName,
        },
      ],
      erased: 'stays',
      noun: ['évaluation confiée', 'évaluations confiées'],
    },
  },
  {
    table: sections,
    what: 'Réponses de chaque personne, partie par partie',
    why: REPORT,
    ends: [withEvaluation(sections)],
    persons: {
      named: [{ ...sections, name: sections.by }],
      erased: 'stays',
      noun: ['partie d’évaluation remplie', 'parties d’évaluation remplies'],
    },
  },
  {
    table: submissions,
    what: 'Évaluations soumises, chaque fois',
    why: REPORT,
    ends: [withEvaluation(submissions)],
    persons: {
      named: [{ ...submissions, name: submissions.by }],
      erased: 'stays',
      noun: ['évaluation soumise', 'évaluations soumises'],
    },
  },
  {
    table: signatures,
    what: 'Signatures du dirigeant, notées et corrigées',
    why: REPORT,
    ends: [withEvaluation(signatures)],
    persons: {
      named: [{ ...signatures, name: signatures.by }],
      erased: 'stays',
      noun: ['signature notée', 'signatures notées'],
    },
  },
  {
    table: scores,
    what: 'Notes de la dernière soumission',
    why: REPORT,
    ends: [withEvaluation(scores)],
  },
  {
    table: redactions,
    what: 'Mots mis à la place de commentaires, pour les fournisseurs',
    why: REPORT,
    ends: [withEvaluation(redactions)],
  },
  {
    table: events,
    what: 'Ce qui s’est passé avec un fournisseur durant l’année',
    why: REPORT,
    ends: [withContract(events), orphaned(events)],
    persons: {
      named: [{ ...events, name: events.by }],
      erased: 'stays',
      noun: ['événement noté', 'événements notés'],
    },
  },
  {
    table: channels,
    what: 'Canaux où un organisme reçoit ses rappels',
    why: 'Un réglage de l’organisme, qui ne nomme personne.',
    ends: [
      {
        period: { of: 'broker', setting: 'conversationDays' },
        since: 'le dernier échange : il part avec la conversation',
        past: ({ at }) => sql`${lt(channels.designatedAt, at)}
          and not exists (select 1 from conversations c where c.id = ${channels.conversationId})`,
      },
    ],
  },
  {
    table: releases,
    what: 'Fiches de résultats transmises aux fournisseurs',
    why: 'Le lien d’une fiche ne vaut plus après 90 jours.',
    ends: [
      {
        period: { of: 'broker', setting: 'sheetDays' },
        since: 'la transmission',
        past: ({ at }) => lt(releases.at, at),
      },
    ],
    alsoNamed: { by: 'la personne de l’équipe qui l’a transmise : trouvée par le journal, retirée' },
  },
  {
    table: sheetOrders,
    what: 'Demandes de fiches de résultats : lesquelles, et ce qu’il en est advenu',
    why: 'Les liens qu’elles ont donnés ne valent plus après 90 jours.',
    ends: [
      {
        period: { of: 'broker', setting: 'sheetDays' },
        since: 'le dernier geste',
        past: ({ at }) => lt(sheetOrders.updatedAt, at),
      },
    ],
    persons: {
      named: [
        sheetOrders,
        {
          tenantId: sheetOrders.reviewerTenant,
          objectId: sheetOrders.reviewerId,
          name: sheetOrders.reviewerName,
        },
      ],
      erased: 'stays',
      noun: ['demande de fiches de résultats', 'demandes de fiches de résultats'],
    },
  },
];

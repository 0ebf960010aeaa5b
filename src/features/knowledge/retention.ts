import { lt } from 'drizzle-orm';
import type { Retention } from '../../core/rows/retention.ts';
import {
  escalationAskers,
  escalationComplements,
  escalations,
  knowledgeBench,
  knowledgeBenchRuns,
  knowledgeEntries,
  knowledgeEntryVersions,
  knowledgeImprovements,
  questions,
} from './tables.ts';

export const retention: readonly Retention[] = [
  {
    table: questions,
    what: 'Questions posées, et ce qui a été montré',
    why: 'Le temps de voir ce qui manque aux réponses.',
    ends: [
      {
        period: { of: 'broker', setting: 'questionDays' },
        since: 'la question',
        past: ({ at }) => lt(questions.askedAt, at),
      },
    ],
    persons: { named: [questions], erased: 'goes', noun: ['question posée', 'questions posées'] },
  },
  {
    table: escalations,
    what: 'Questions transmises à l’équipe, et leurs réponses',
    why: 'La même question, posée de nouveau, reçoit la même réponse.',
    ends: [
      {
        period: { of: 'broker', setting: 'escalationDays' },
        since: 'le dernier changement',
        past: ({ at }) => lt(escalations.updatedAt, at),
      },
    ],
    persons: {
      named: [
        {
          tenantId: escalations.takenByTenant,
          objectId: escalations.takenById,
          name: escalations.takenByName,
        },
      ],
      erased: 'stays',
      noun: ['question prise en charge', 'questions prises en charge'],
    },
  },
  {
    table: escalationAskers,
    what: 'Qui attend la réponse ou a annulé sa demande, et ce que la personne a joint',
    why: 'La réponse est envoyée à chacun ; « mes demandes » la retrouve.',
    ends: [{ with: escalations, on: [escalationAskers.escalationId], id: [escalations.id] }],
    persons: {
      named: [escalationAskers],
      erased: 'goes',
      noun: ['question transmise', 'questions transmises'],
    },
  },
  {
    table: escalationComplements,
    what: 'Précisions ajoutées à une question transmise',
    why: 'L’équipe répond d’après elles.',
    ends: [
      {
        with: escalationAskers,
        on: [
          escalationComplements.escalationId,
          escalationComplements.tenantId,
          escalationComplements.objectId,
        ],
        id: [escalationAskers.escalationId, escalationAskers.tenantId, escalationAskers.objectId],
      },
    ],
    persons: {
      named: [escalationComplements],
      erased: 'goes',
      noun: ['précision ajoutée', 'précisions ajoutées'],
    },
  },
  {
    table: knowledgeEntries,
    what: 'Réponses publiées par l’équipe',
    why: 'Une réponse publiée reste tant qu’elle sert ; retirée, elle peut encore être relue.',
    ends: [
      {
        period: { of: 'broker', setting: 'retiredEntryDays' },
        since: 'le retrait',
        past: ({ at }) => lt(knowledgeEntries.retired, at),
      },
    ],
    alsoNamed: { owner: 'la personne de l’équipe qui l’a publiée : trouvée par ses versions, retirée' },
  },
  {
    table: knowledgeEntryVersions,
    what: 'Versions des réponses publiées : qui a écrit quoi, et quand',
    why: 'Une version d’avant peut être comparée et rétablie.',
    ends: [{ with: knowledgeEntries, on: [knowledgeEntryVersions.entryId], id: [knowledgeEntries.id] }],
    persons: {
      named: [
        {
          tenantId: knowledgeEntryVersions.authorTenant,
          objectId: knowledgeEntryVersions.authorId,
          name: knowledgeEntryVersions.authorName,
        },
      ],
      erased: 'stays',
      noun: ['version de réponse écrite', 'versions de réponses écrites'],
    },
  },
  {
    table: knowledgeImprovements,
    what: 'Ce que l’équipe a fait de questions mal servies : une formulation, une réponse, un hors-sujet',
    why: 'Une formulation ajoutée sert tant qu’elle n’est pas défaite.',
    ends: [
      {
        period: { of: 'broker', setting: 'retiredEntryDays' },
        since: 'le jour où elle est défaite',
        past: ({ at }) => lt(knowledgeImprovements.undoneAt, at),
      },
    ],
    persons: {
      named: [
        {
          tenantId: knowledgeImprovements.authorTenant,
          objectId: knowledgeImprovements.authorId,
          name: knowledgeImprovements.authorName,
        },
      ],
      erased: 'stays',
      noun: ['question améliorée', 'questions améliorées'],
    },
  },
  {
    table: knowledgeBench,
    what: 'Banc de questions de l’équipe : une question, et la réponse attendue',
    why: 'La justesse des réponses se mesure avec les mêmes questions.',
    ends: ['never'],
  },
  {
    table: knowledgeBenchRuns,
    what: 'Résultats du banc de questions',
    why: 'La justesse se compare d’une date à l’autre.',
    ends: ['never'],
  },
];

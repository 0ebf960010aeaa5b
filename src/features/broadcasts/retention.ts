import { lt } from 'drizzle-orm';
import type { Retention } from '../../core/rows/retention.ts';
import {
  acknowledgements,
  broadcasts,
  corrections,
  installs,
  listPeople,
  lists,
  reviews,
  templates,
} from './tables.ts';

const withNotice = (table: typeof reviews | typeof corrections | typeof acknowledgements | typeof installs) =>
  ({ with: broadcasts, on: [table.broadcastId], id: [broadcasts.id] }) as const;

export const retention: readonly Retention[] = [
  {
    table: broadcasts,
    what: 'Avis diffusés, et brouillons',
    why: 'Ce que le Courtier a dit à tous peut être retrouvé et corrigé.',
    ends: [
      {
        period: { of: 'broker', setting: 'broadcastDays' },
        since: 'le dernier changement',
        past: ({ at }) => lt(broadcasts.updatedAt, at),
      },
    ],
    persons: {
      named: [
        { tenantId: broadcasts.authorTenant, objectId: broadcasts.authorId, name: broadcasts.authorName },
      ],
      erased: 'stays',
      noun: ['avis rédigé', 'avis rédigés'],
    },
    alsoNamed: { approver_name: 'la personne de l’équipe qui a approuvé : trouvée par son examen, retirée' },
  },
  {
    table: reviews,
    what: 'Approbations et renvois d’un avis',
    why: 'Un avis approuvé montre par qui.',
    ends: [withNotice(reviews)],
    persons: { named: [reviews], erased: 'stays', noun: ['examen d’un avis', 'examens d’avis'] },
  },
  {
    table: corrections,
    what: 'Corrections qui attendent une approbation',
    why: 'Elles remplacent ce qui a été envoyé une fois approuvées.',
    ends: [withNotice(corrections)],
    persons: {
      named: [corrections],
      erased: 'stays',
      noun: ['correction en attente', 'corrections en attente'],
    },
  },
  {
    table: acknowledgements,
    what: 'Qui a pris connaissance d’un avis',
    why: 'Le Courtier sait qui reste à joindre.',
    ends: [withNotice(acknowledgements)],
    persons: {
      named: [acknowledgements],
      erased: 'goes',
      noun: ['avis dont vous avez pris connaissance', 'avis dont vous avez pris connaissance'],
    },
  },
  {
    table: installs,
    what: 'Installations faites pour un avis',
    why: 'Une installation n’est pas essayée deux fois.',
    ends: [withNotice(installs)],
    persons: { named: [installs], erased: 'goes', noun: ['installation', 'installations'] },
  },
  {
    table: templates,
    what: 'Modèles d’avis',
    why: 'L’équipe commence ses avis par eux, jusqu’à ce qu’elle les retire. Qui les a gardés est au journal.',
    ends: ['never'],
  },
  {
    table: lists,
    what: 'Listes de destinataires : fichiers et groupes Entra',
    why: 'Un avis montre pour qui il était ; la liste est relue à son départ.',
    ends: [
      {
        period: { of: 'broker', setting: 'broadcastDays' },
        since: 'le dépôt',
        past: ({ at }) => lt(lists.createdAt, at),
      },
    ],
    persons: {
      named: [{ tenantId: lists.tenantId, objectId: lists.objectId }],
      erased: 'stays',
      noun: ['liste de destinataires donnée', 'listes de destinataires données'],
    },
  },
  {
    table: listPeople,
    what: 'Personnes d’une liste de destinataires',
    why: 'Elles reçoivent l’avis de la liste ; chaque ligne qui ne joint personne est dite.',
    ends: [{ with: lists, on: [listPeople.listId], id: [lists.id] }],
    persons: {
      named: [listPeople],
      erased: 'goes',
      noun: ['place dans une liste de destinataires', 'places dans des listes de destinataires'],
    },
  },
];

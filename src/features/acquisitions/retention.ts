import { lt, sql } from 'drizzle-orm';
import type { Hold, Retention } from '../../core/rows/retention.ts';
import { peopleTable } from '../people/index.ts';
import {
  acquisitionFacts,
  acquisitionMembers,
  acquisitionOpenings,
  acquisitionRecord,
  acquisitions,
} from './tables.ts';

const WHY =
  'Un projet qui n’avance plus n’a plus à être gardé. Celui qui a mené à un contrat suit le contrat.';
type OfFile =
  | typeof acquisitionMembers
  | typeof acquisitionFacts
  | typeof acquisitionRecord
  | typeof acquisitionOpenings;
const withFile = (table: OfFile) =>
  ({ with: acquisitions, on: [table.acquisitionId], id: [acquisitions.id] }) as const;

export const retention: readonly Retention[] = [
  {
    table: acquisitions,
    what: 'Dossiers d’acquisition',
    why: WHY,
    ends: [
      {
        period: { of: 'broker', setting: 'fileDays' },
        since: 'le dernier changement',
        past: ({ at }) => lt(acquisitions.updatedAt, at),
      },
    ],
  },
  {
    table: acquisitionMembers,
    what: 'À qui un dossier a été confié ou partagé',
    why: WHY,
    ends: [withFile(acquisitionMembers)],
    persons: {
      named: [acquisitionMembers],
      erased: 'goes',
      noun: ['accès à un dossier', 'accès à des dossiers'],
    },
  },
  {
    table: acquisitionOpenings,
    what: 'Quand une personne a ouvert un dossier pour la dernière fois',
    why: 'Le dernier dossier ouvert est celui dont elle parle.',
    ends: [withFile(acquisitionOpenings)],
    persons: {
      named: [acquisitionOpenings],
      erased: 'goes',
      noun: ['ouverture d’un dossier', 'ouvertures de dossiers'],
    },
  },
  {
    table: acquisitionFacts,
    what: 'Ce qu’un dossier sait : besoins, offres retenues, choix, autorisation',
    why: 'Documents qui appuient le choix.',
    ends: [withFile(acquisitionFacts)],
  },
  {
    table: acquisitionRecord,
    what: 'Ce qui a été fait dans un dossier',
    why: 'Documents qui appuient le choix.',
    ends: [withFile(acquisitionRecord)],
    persons: {
      named: [{ ...acquisitionRecord, name: acquisitionRecord.by }],
      erased: 'stays',
      noun: ['geste dans un dossier', 'gestes dans des dossiers'],
    },
    alsoNamed: { sentence: 'un partage nomme un collègue : remplacé dans les dossiers de son organisme' },
  },
];

export const holds: readonly Hold[] = [
  {
    table: peopleTable,
    period: { of: 'broker', setting: 'fileDays' },
    since: 'le dernier changement d’un dossier qui est le sien',
    why: 'La personne y est encore nommée.',
    rows: ({ at }) => sql`exists (select 1 from ${acquisitionMembers} m
      join ${acquisitions} a on a.id = m.acquisition_id
      where m.tenant_id = ${peopleTable.tenantId} and m.object_id = ${peopleTable.objectId}
        and a.updated_at >= ${at.toISOString()}::timestamptz)`,
  },
];

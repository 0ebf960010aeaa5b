import { eq, lt, sql } from 'drizzle-orm';
import type { Hold, Retention } from '../../core/rows/retention.ts';
import type { Period } from '../../core/time/periods.ts';
import { acquisitionTable } from '../acquisitions/index.ts';
import { confirmations, kickoffs, mailNotes, slots } from './tables.ts';

const cancelled: Period = { of: 'broker', setting: 'cancelledMeetingDays' };
const withMeeting = (table: typeof slots | typeof confirmations | typeof mailNotes) =>
  ({ with: kickoffs, on: [table.kickoffId], id: [kickoffs.id] }) as const;

export const retention: readonly Retention[] = [
  {
    table: kickoffs,
    what: 'Rencontres de démarrage et leurs demandes',
    why: 'La demande au Courtier appuie le choix et mène au contrat. Une rencontre annulée n’appuie plus rien.',
    ends: [
      { with: acquisitionTable, on: [kickoffs.acquisitionId], id: [acquisitionTable.id] },
      {
        period: cancelled,
        since: 'l’annulation',
        past: ({ at }) => sql`${eq(kickoffs.state, 'cancelled')} and ${lt(kickoffs.updatedAt, at)}`,
      },
    ],
    persons: {
      named: [
        {
          tenantId: kickoffs.requesterTenant,
          objectId: kickoffs.requesterId,
          name: kickoffs.requesterName,
        },
        { tenantId: kickoffs.takenTenant, objectId: kickoffs.takenId, name: kickoffs.takenName },
      ],
      erased: 'stays',
      noun: ['rencontre demandée ou suivie', 'rencontres demandées ou suivies'],
    },
  },
  {
    table: slots,
    what: 'Moments proposés pour une rencontre',
    why: 'Personne n’est pris deux fois au même moment.',
    ends: [
      withMeeting(slots),
      {
        period: cancelled,
        since: 'la fin d’un moment rendu',
        past: ({ at }) => sql`${eq(slots.state, 'released')} and ${lt(slots.endsAt, at)}`,
      },
    ],
  },
  {
    table: confirmations,
    what: 'Étapes vers le contrat, confirmées par chacun',
    why: 'Elles disent comment le contrat a été conclu.',
    ends: [withMeeting(confirmations)],
    persons: {
      named: [{ ...confirmations, name: confirmations.by }],
      erased: 'stays',
      noun: ['étape confirmée', 'étapes confirmées'],
    },
  },
  {
    table: mailNotes,
    what: 'Courriels aux fournisseurs, notés à la main : réponses, adresses refusées et corrigées',
    why: 'Le dossier d’une rencontre dit qui a été joint, et comment.',
    ends: [withMeeting(mailNotes)],
    persons: {
      named: [mailNotes],
      erased: 'stays',
      noun: ['courriel noté', 'courriels notés'],
    },
  },
];

export const holds: readonly Hold[] = [
  {
    table: acquisitionTable,
    period: cancelled,
    since: 'le dernier changement d’une rencontre demandée au Courtier',
    why: 'Ce que le Courtier et le fournisseur ont reçu reste lisible.',
    rows: ({ at }) => sql`exists (select 1 from ${kickoffs} k where k.acquisition_id = ${acquisitionTable.id}
      and k.updated_at >= ${at.toISOString()}::timestamptz)`,
  },
];

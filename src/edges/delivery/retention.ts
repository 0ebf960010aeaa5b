import { lt, type SQL, sql } from 'drizzle-orm';
import type { Retention } from '../../core/rows/retention.ts';
import type { Period } from '../../core/time/periods.ts';
import { conversations, deliveries, lanes, pauses, posts, preferences } from './tables.ts';

const ledger: Period = { of: 'broker', setting: 'deliveryDays' };
/** The limits look an hour back, by clocks that differ a little. */
const limits: Period = { of: 'code', hours: 2, setIn: 'src/edges/delivery/retention.ts' };

/** What was posted in a conversation since: somebody reads there, even in silence. */
const nothingSent = (at: Date): SQL => sql`not exists (select 1 from ${deliveries}
  where ${deliveries.postedIn} = ${conversations.id} and ${deliveries.changedAt} >= ${at.toISOString()}::timestamptz)`;

/** Whom the assistant knows it can still write to, until they are forgotten. */
const ofNobodyKnown: SQL = sql`not exists (select 1 from people p
  where p.tenant_id = ${conversations.tenantId} and p.object_id = ${conversations.personId})`;

export const deliveryRetention: readonly Retention[] = [
  {
    table: deliveries,
    what: 'Registre des avis : à qui, quand, avec quel résultat',
    why: 'Le même avis n’est pas envoyé deux fois, et l’équipe voit ce qui a été reçu.',
    ends: [
      {
        period: ledger,
        since: 'le dernier changement, ou la date prévue',
        past: ({ at }) => sql`${lt(deliveries.changedAt, at)} and ${lt(deliveries.dueAt, at)}`,
      },
    ],
    persons: { named: [deliveries], erased: 'goes', noun: ['avis reçu ou à venir', 'avis reçus ou à venir'] },
  },
  {
    table: preferences,
    what: 'Pauses et heure des rappels',
    why: 'Elles valent tant que Courtier peut écrire à la personne.',
    ends: [
      {
        period: { of: 'broker', setting: 'conversationDays' },
        since: 'le dernier échange : elles partent avec la conversation personnelle',
        past: ({ at }) => sql`not exists (select 1 from ${conversations}
            where ${conversations.tenantId} = ${preferences.tenantId} and ${conversations.personId} = ${preferences.objectId})
          and (${preferences.pausedUntil} is null or ${lt(preferences.pausedUntil, at)})`,
      },
    ],
    persons: {
      named: [preferences],
      erased: 'goes',
      noun: ['préférence de rappel', 'préférences de rappel'],
    },
  },
  {
    table: conversations,
    what: 'Conversations où Courtier est installé',
    why: 'Courtier ne peut écrire que là ; un canal qui ne fait que lire garde la sienne.',
    ends: [
      {
        period: { of: 'broker', setting: 'conversationDays' },
        since: 'le dernier message reçu ou envoyé ; celle d’une personne connue reste jusqu’à son oubli',
        past: ({ at }) => sql`${lt(conversations.seenAt, at)} and ${nothingSent(at)} and ${ofNobodyKnown}`,
      },
    ],
    persons: {
      named: [
        { tenantId: conversations.tenantId, objectId: conversations.personId, name: conversations.name },
      ],
      erased: 'goes',
      noun: ['conversation personnelle', 'conversations personnelles'],
    },
  },
  {
    table: lanes,
    what: 'Rythme des envois d’un locataire',
    why: 'Les limites de Teams sont tenues, tous processus confondus.',
    ends: [
      {
        period: ledger,
        since: 'le dernier envoi',
        past: ({ at }) => sql`${lt(lanes.nextAt, at)}
          and (${lanes.pausedUntil} is null or ${lt(lanes.pausedUntil, at)})
          and not exists (select 1 from ${deliveries} where ${deliveries.tenantId} = ${lanes.tenantId})`,
      },
    ],
  },
  {
    table: pauses,
    what: 'Pauses que Teams a demandées',
    why: 'Ce qui a été refusé pour trop de hâte attend, puis repart.',
    ends: [
      {
        period: limits,
        since: 'la fin de la pause',
        past: ({ at }) => lt(pauses.pausedUntil, at),
        by: 'la livraison, à mesure',
      },
    ],
  },
  {
    table: posts,
    what: 'Moments des derniers envois',
    why: 'Les limites de Teams par conversation portent sur une heure.',
    ends: [
      {
        period: limits,
        since: 'l’envoi',
        past: ({ at }) => lt(posts.at, at),
        by: 'la livraison, à mesure',
      },
    ],
  },
];

import { inArray, lt, sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import type { Hold, Retention } from '../../core/rows/retention.ts';
import type { Period } from '../../core/time/periods.ts';
import { acquisitionTable } from '../acquisitions/index.ts';
import { peopleTable } from '../people/index.ts';
import * as tables from './tables.ts';

const { contracts, contractsNow, followers, followersNow } = tables;
const { dutiesDone, dutiesWanted, invoices, amendments, terminations, references } = tables;
const { comments, commentWords } = tables;

const AS_THE_GUIDE_SAYS: Period = { of: 'guide', after: 'keptYears' };
const withContract = (
  table:
    | typeof followers
    | typeof dutiesDone
    | typeof dutiesWanted
    | typeof invoices
    | typeof amendments
    | typeof terminations
    | typeof references,
) => ({ with: contracts, on: [table.contractId], id: [contracts.id] }) as const;
/** The contracts that ended before a day, amendments and termination included. */
const endedBefore = (day: string) =>
  new QueryBuilder().select({ id: contractsNow.id }).from(contractsNow).where(lt(contractsNow.endsOn, day));

export const retention: readonly Retention[] = [
  {
    table: contracts,
    what: 'Contrats notés',
    why: 'Contrat spécifique signé.',
    ends: [
      {
        period: AS_THE_GUIDE_SAYS,
        since: 'la fin du contrat, avenants et résiliation compris',
        past: ({ day }) => inArray(contracts.id, endedBefore(day)),
      },
    ],
    persons: {
      named: [{ tenantId: contracts.createdTenant, objectId: contracts.createdId }],
      erased: 'stays',
      noun: ['contrat noté', 'contrats notés'],
    },
  },
  {
    table: followers,
    what: 'Qui reçoit les rappels d’un contrat',
    why: 'Les rappels vont à ceux qui suivent le contrat.',
    ends: [withContract(followers)],
    persons: { named: [followers], erased: 'goes', noun: ['contrat suivi', 'contrats suivis'] },
  },
  {
    table: dutiesDone,
    what: 'Obligations faites',
    why: 'Elles disent comment le contrat a été tenu.',
    ends: [withContract(dutiesDone)],
    persons: {
      named: [{ ...dutiesDone, name: dutiesDone.by }],
      erased: 'stays',
      noun: ['obligation notée faite', 'obligations notées faites'],
    },
  },
  {
    table: dutiesWanted,
    what: 'Obligations d’avant l’entrée du contrat, encore à faire',
    why: 'Elles sont rappelées depuis que quelqu’un l’a dit.',
    ends: [withContract(dutiesWanted)],
    persons: {
      named: [{ ...dutiesWanted, name: dutiesWanted.by }],
      erased: 'stays',
      noun: ['obligation gardée à faire', 'obligations gardées à faire'],
    },
  },
  {
    table: invoices,
    what: 'Factures payées',
    why: 'Factures du fournisseur.',
    ends: [withContract(invoices)],
  },
  {
    table: amendments,
    what: 'Avenants',
    why: 'Avenant signé.',
    ends: [withContract(amendments)],
    persons: {
      named: [{ tenantId: amendments.askedTenant, objectId: amendments.askedId, name: amendments.askedBy }],
      erased: 'stays',
      noun: ['avenant demandé', 'avenants demandés'],
    },
    alsoNamed: {
      validated_by: 'le nom de la personne du Courtier, écrit par le client : retiré s’il est le même',
    },
  },
  {
    table: terminations,
    what: 'Résiliations',
    why: 'Lettre de résiliation et ce qui y est lié.',
    ends: [withContract(terminations)],
    persons: { named: [terminations], erased: 'stays', noun: ['résiliation notée', 'résiliations notées'] },
  },
  {
    table: references,
    what: 'Personnes qui acceptent de parler de leur expérience, et comment les joindre',
    why: 'Leur accord vaut pour ce contrat (guide, section 4.6).',
    ends: [
      withContract(references),
      {
        period: { of: 'broker', setting: 'referenceDays' },
        since: 'la fin du contrat',
        past: ({ day }) => inArray(references.contractId, endedBefore(day)),
      },
    ],
    persons: { named: [references], erased: 'goes', noun: ['référence', 'références'] },
  },
  {
    table: comments,
    what: 'Commentaires et plaintes, avec leurs réponses',
    why: 'Ils servent à la gestion de la performance, comme les communications sur un contrat.',
    ends: [
      {
        period: AS_THE_GUIDE_SAYS,
        since: 'l’envoi',
        past: ({ at }) => lt(comments.createdAt, at),
      },
    ],
    persons: {
      named: [comments],
      erased: 'stays',
      noun: ['commentaire au Courtier', 'commentaires au Courtier'],
    },
    alsoNamed: { answered_by: 'la personne de l’équipe qui a répondu : trouvée par le journal, retirée' },
  },
  {
    table: commentWords,
    what: 'Mots ajoutés à un commentaire ou à une plainte, réponses, fermetures',
    why: 'Ils disent comment la plainte a été traitée.',
    ends: [{ with: comments, on: [commentWords.commentId], id: [comments.id] }],
    persons: {
      named: [commentWords],
      erased: 'stays',
      noun: ['mot au sujet d’un commentaire', 'mots au sujet de commentaires'],
    },
  },
];

export const holds: readonly Hold[] = [
  {
    table: acquisitionTable,
    period: { of: 'guide', after: 'contract' },
    since: 'la fin du contrat auquel il a mené',
    why: 'Documents appuyant le choix de l’offre.',
    rows: ({ day }) => sql`exists (select 1 from ${contractsNow} c
      where c.acquisition_id = ${acquisitionTable.id} and c.ends_on >= ${day}::date)`,
  },
  {
    table: peopleTable,
    period: { of: 'guide', after: 'contract' },
    since: 'la fin d’un contrat dont la personne reçoit les rappels',
    why: 'Elle a encore des obligations à tenir.',
    rows: ({
      day,
    }) => sql`exists (select 1 from ${followersNow} f join ${contractsNow} c on c.id = f.contract_id
      where f.tenant_id = ${peopleTable.tenantId} and f.object_id = ${peopleTable.objectId}
        and c.ends_on >= ${day}::date)`,
  },
];

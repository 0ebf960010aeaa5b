import { lt, sql } from 'drizzle-orm';
import type { Retention } from '../../core/rows/retention.ts';
import { peopleTable } from '../people/index.ts';
import {
  cancelledVersions,
  corrections,
  digestChanges,
  ficheVersions,
  measureProposals,
  measures,
  offers,
  subscriptions,
  suppliers,
  uploads,
} from './tables.ts';

const FOR_EVER = 'Une comparaison d’autrefois se refait avec les fiches d’alors ; elles sont publiques.';

export const retention: readonly Retention[] = [
  { table: suppliers, what: 'Fournisseurs du catalogue', why: FOR_EVER, ends: ['never'] },
  { table: ficheVersions, what: 'Versions publiées des fiches', why: FOR_EVER, ends: ['never'] },
  {
    table: cancelledVersions,
    what: 'Versions de fiches annulées avant d’entrer en vigueur, et pourquoi',
    why: 'Ce qui devait changer au catalogue, et qui a été repris, s’explique.',
    ends: ['never'],
  },
  {
    table: corrections,
    what: 'Corrections des fiches en vigueur : ce qui était faux, et pourquoi',
    why: 'Qui l’a demandée et approuvée ; la fiche corrigée, elle, reste avec la raison.',
    ends: [
      {
        period: { of: 'broker', setting: 'broadcastDays' },
        since: 'le dépôt',
        past: ({ at }) => lt(corrections.createdAt, at),
      },
    ],
    persons: {
      named: [
        corrections,
        {
          tenantId: corrections.reviewerTenant,
          objectId: corrections.reviewerId,
          name: corrections.reviewerName,
        },
      ],
      erased: 'stays',
      noun: ['correction de fiche', 'corrections de fiches'],
    },
  },
  {
    table: measures,
    what: 'Offres et fournisseurs suspendus ou retirés par le Courtier, et pourquoi',
    why: 'Une comparaison d’autrefois se refait avec ce qui était offert alors.',
    ends: ['never'],
  },
  {
    table: measureProposals,
    what: 'Suspensions et retraits demandés, approuvés ou renvoyés',
    why: 'Qui les a demandés et approuvés ; ce qui a été décidé, lui, reste avec la raison.',
    ends: [
      {
        period: { of: 'broker', setting: 'broadcastDays' },
        since: 'le dernier geste',
        past: ({ at }) => lt(measureProposals.updatedAt, at),
      },
    ],
    persons: {
      named: [
        measureProposals,
        {
          tenantId: measureProposals.reviewerTenant,
          objectId: measureProposals.reviewerId,
          name: measureProposals.reviewerName,
        },
      ],
      erased: 'stays',
      noun: ['suspension ou retrait demandé', 'suspensions ou retraits demandés'],
    },
  },
  {
    table: offers,
    what: 'À quel fournisseur appartient chaque offre',
    why: 'L’identifiant d’une offre ne sert jamais deux fois.',
    ends: ['never'],
  },
  {
    table: uploads,
    what: 'Fiches déposées par l’équipe',
    why: 'Le temps de les relire et de les publier.',
    ends: [
      {
        period: { of: 'broker', setting: 'uploadDays' },
        since: 'le dépôt',
        past: ({ at }) => lt(uploads.createdAt, at),
      },
    ],
    persons: { named: [uploads], erased: 'goes', noun: ['dépôt de fiches', 'dépôts de fiches'] },
  },
  {
    table: subscriptions,
    what: 'Abonnements au catalogue, d’une personne ou d’un canal',
    why: 'Ils valent tant que la personne, ou la conversation du canal, est connue.',
    ends: [
      {
        period: { of: 'broker', setting: 'personDays' },
        since: 'le dernier passage de la personne, ou le dernier échange du canal',
        past: ({ at }) => sql`${lt(subscriptions.createdAt, at)} and not exists (select 1 from conversations c
            where c.id = ${subscriptions.conversationId})
          and (${subscriptions.kind} = 'channel' or not exists (select 1 from ${peopleTable}
            where ${peopleTable.tenantId} = ${subscriptions.tenantId}
              and ${peopleTable.objectId} = ${subscriptions.objectId}))`,
      },
    ],
    persons: { named: [subscriptions], erased: 'goes', noun: ['abonnement', 'abonnements'] },
  },
  {
    table: digestChanges,
    what: 'Ce qui a pris effet au catalogue, jour par jour',
    why: 'La matière de l’avis du jour, qui peut être relu.',
    ends: [
      {
        period: { of: 'broker', setting: 'digestDays' },
        since: 'le jour de l’avis',
        past: ({ day }) => lt(digestChanges.day, day),
      },
    ],
  },
];

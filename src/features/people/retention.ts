import { eq, lt, sql } from 'drizzle-orm';
import type { Retention } from '../../core/rows/retention.ts';
import { RETENTION_HOURS } from './audit/store/audit.ts';
import { LISTED_HOURS } from './links/store/link-listing.ts';
import { maker, revoker } from './links/store/own-links.ts';
import { QUOTA_DAYS } from './quotas/store/quotas.ts';
import { SILENT_DAYS } from './silence/rules.ts';
import * as tables from './tables.ts';

const { people, memberships, organizations, organizationAliases, organizationContacts } = tables;
const { registerImports, tenantMappings, closedDays } = tables;
const { staffChannel, downloadLinks, signingKey, signingKeys, pageLinks, quotaCounts, audit, auditChain } =
  tables;

const SEVEN_YEARS = {
  of: 'code',
  hours: RETENTION_HOURS,
  setIn: 'src/features/people/audit/store/audit.ts',
} as const;
const NIGHTLY = 'people.purge, avec le maillon qui le dit';

export const retention: readonly Retention[] = [
  {
    table: people,
    what: 'Personnes : identité Entra, nom, rôle, dernier passage',
    why: 'Les droits tiennent à l’identité. Un mois avant l’oubli, la personne en est prévenue. L’équipe reste tant qu’elle a son rôle, et chacun tant qu’il doit ou attend quelque chose.',
    ends: [
      {
        period: { of: 'code', hours: 24 * SILENT_DAYS, setIn: 'src/features/people/silence/rules.ts' },
        since: 'le dernier passage d’un client',
        past: ({ at }) => sql`${lt(people.lastSeen, at)} and ${eq(people.role, 'client')}`,
        by: 'people.purge, après un avis d’un mois',
        apart: true,
      },
    ],
    persons: { named: [people], erased: 'goes', noun: ['fiche d’identité', 'fiches d’identité'] },
  },
  {
    table: memberships,
    what: 'Adhésions : qui agit pour quel organisme',
    why: 'Elles ne valent que pour une personne connue.',
    ends: [
      {
        with: people,
        on: [memberships.tenantId, memberships.objectId],
        id: [people.tenantId, people.objectId],
      },
    ],
    persons: { named: [memberships], erased: 'goes', noun: ['adhésion', 'adhésions'] },
  },
  {
    table: organizations,
    what: 'Organismes publics',
    why: 'Le répertoire des organismes ne nomme personne ; les contrats y renvoient.',
    ends: ['never'],
  },
  {
    table: organizationAliases,
    what: 'Autres noms des organismes',
    why: 'Ils mènent au même organisme, et ne nomment personne.',
    ends: ['never'],
  },
  {
    table: organizationContacts,
    what: 'Contacts des organismes, d’après le registre de l’équipe : nom et courriel',
    why: 'L’organisme lui-même les a donnés pour qu’on le joigne. Un contact que le registre ne redit plus n’est plus sûr.',
    ends: [
      {
        period: { of: 'broker', setting: 'personDays' },
        since: 'la dernière fois que le registre l’a dit',
        past: ({ at }) => lt(organizationContacts.createdAt, at),
      },
    ],
    alsoNamed: { name: 'la personne que l’organisme donne pour contact, qui n’a pas de compte ici' },
  },
  {
    table: registerImports,
    what: 'Registres d’organismes déposés par l’équipe',
    why: 'Le temps de les relire et de les confirmer.',
    ends: [
      {
        period: { of: 'broker', setting: 'uploadDays' },
        since: 'le dépôt',
        past: ({ at }) => lt(registerImports.createdAt, at),
      },
    ],
    persons: { named: [registerImports], erased: 'goes', noun: ['registre déposé', 'registres déposés'] },
  },
  {
    table: tenantMappings,
    what: 'Locataires associés à un organisme',
    why: 'Un réglage de l’administration, qui ne nomme personne.',
    ends: ['never'],
  },
  {
    table: staffChannel,
    what: 'Canal de l’équipe',
    why: 'Un réglage de l’administration : une seule ligne.',
    ends: ['never'],
  },
  {
    table: signingKey,
    what: 'Clé qui signe les liens',
    why: 'Les liens donnés tiennent tant qu’elle est là : une seule ligne.',
    ends: ['never'],
  },
  {
    table: signingKeys,
    what: 'Clés suivantes, numérotées',
    why: 'Les liens qu’une clé a signés tiennent tant qu’elle est là ; « courtier cle retirer » l’enlève.',
    ends: ['never'],
  },
  {
    table: downloadLinks,
    what: 'Liens de téléchargement',
    why: 'Un lien vaut quinze minutes.',
    ends: [
      {
        period: { of: 'code', hours: 0, setIn: 'src/features/people/links/store/downloads.ts' },
        since: 'l’échéance du lien',
        past: ({ at }) => lt(downloadLinks.expiresAt, at),
      },
    ],
  },
  {
    table: pageLinks,
    what: 'Liens des fournisseurs et des agendas : pour quoi, par qui, dernier usage',
    why: 'L’équipe retrouve un an un lien qui ne vaut plus, et dit quoi faire.',
    ends: [
      {
        period: { of: 'code', hours: LISTED_HOURS, setIn: 'src/features/people/links/store/link-listing.ts' },
        since: 'le dernier jour du lien',
        past: ({ at }) => lt(pageLinks.until, at),
      },
    ],
    persons: { named: [pageLinks, maker, revoker], erased: 'stays', noun: ['lien', 'liens'] },
  },
  {
    table: closedDays,
    what: 'Jours où le bureau est fermé',
    why: 'Les délais de ce qui est gardé se comptent encore avec eux.',
    ends: [
      {
        period: SEVEN_YEARS,
        since: 'le jour',
        past: ({ day }) => lt(closedDays.day, day),
      },
    ],
  },
  {
    table: quotaCounts,
    what: 'Comptes du jour : combien de créations, par personne, organisme et locataire',
    why: 'Une limite est d’un jour ; la carte qui dit qu’elle est atteinte se lit encore quelques jours.',
    ends: [
      {
        period: { of: 'code', hours: 24 * QUOTA_DAYS, setIn: 'src/features/people/quotas/store/quotas.ts' },
        since: 'le jour compté',
        past: ({ day }) => lt(quotaCounts.day, day),
      },
    ],
  },
  {
    table: audit,
    what: 'Journal des actions : qui a fait quoi, sans nom ni mot',
    why: 'Aussi longtemps que le plus long devoir du guide (4.12). La base n’en laisse partir rien de plus jeune que six ans.',
    ends: [
      {
        period: SEVEN_YEARS,
        since: 'l’action',
        past: ({ at }) => lt(audit.at, at),
        by: NIGHTLY,
        apart: true,
      },
    ],
    persons: { named: [audit], erased: 'kept', noun: ['action au journal', 'actions au journal'] },
  },
  {
    table: auditChain,
    what: 'Maillons du journal',
    why: 'Ils montrent que le journal n’a pas été changé.',
    ends: [{ with: audit, on: [auditChain.auditId], id: [audit.id] }],
  },
];

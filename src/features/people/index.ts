import type { Role } from '../../core/feature.ts';
import { feature } from '../../core/manifest.ts';
import { PERIODS_FILE, readPeriods } from '../../core/periods.ts';
import type { Conversation, Person } from '../../core/turn.ts';
import * as journal from './audit/screens/actions.ts';
import { buildAudit } from './audit/store/audit.ts';
import { buildForgetting } from './forgetting/store/forgetting.ts';
import * as jobs from './jobs.ts';
import { buildLinks } from './links/store/downloads.ts';
import { buildSignatures } from './links/store/signatures.ts';
import * as notices from './organizations/notices.ts';
import * as handlers from './organizations/screens/actions.ts';
import { buildBelonging } from './organizations/store/belonging.ts';
import { buildLeaving } from './organizations/store/leaving.ts';
import { buildOrganizations } from './organizations/store/organizations.ts';
import * as data from './privacy/screens/actions.ts';
import { dataDocument, dataFile } from './privacy/screens/documents.ts';
import { buildPrivacy } from './privacy/store/own-data.ts';
import { flood, reached } from './quotas/notices.ts';
import { buildQuotas } from './quotas/store/quotas.ts';
import { retention } from './retention.ts';
import { buildPeople } from './roster/store/people.ts';
import { buildStaffChannel } from './roster/store/staff-channel.ts';

export type { Break } from './audit/rules/chain.ts';
export type { Audit } from './audit/store/audit.ts';
export { type Verified, verifyChain } from './audit/store/verification.ts';
export type { Forgetting } from './forgetting/store/forgetting.ts';
export type { Links } from './links/store/downloads.ts';
export type { Signatures } from './links/store/signatures.ts';
export { membersAudience, membersOfAudience, staffAudience } from './organizations/store/audience.ts';
export type { Belonging } from './organizations/store/belonging.ts';
export type { Organizations } from './organizations/store/organizations.ts';
export type { Privacy } from './privacy/store/own-data.ts';
export type { Quotas } from './quotas/store/quotas.ts';
export type { People, PersonKey } from './roster/store/people.ts';
export { STAFF_CHANNEL, type StaffChannel } from './roster/store/staff-channel.ts';
export { acting as actingView, people as peopleTable } from './tables.ts';

/** Who is who: people, organizations, memberships, roles, and the rights of each over their own data. */
export const people = feature({
  id: 'people',
  below: [],
  read: () => readPeriods(PERIODS_FILE),
  build(ports, _below, periods) {
    const { db, clock, queue, deliveries, afterwards, house, timeZone } = ports;
    const { admins, publicUrl, quotaPercent: percent } = ports.settings;
    const people = buildPeople(db, clock, admins);
    const belonging = buildBelonging(db);
    const audit = buildAudit(db, clock);
    const quotas = buildQuotas({ db, clock, deliveries, belonging, quotas: house.quotas, percent });
    const staffChannel = buildStaffChannel(db, clock, audit, queue);
    const leaving = buildLeaving(db, belonging, house.bodies);
    const { retentions, holds } = house;
    return {
      people,
      access: {
        may: (person: Person, role: Role) => people.may(person, role),
        isStaffRoom: async ({ id }: Conversation) => (await staffChannel.findStaffChannel()) === id,
      },
      audit,
      staffChannel,
      belonging,
      quotas,
      leaving,
      organizations: buildOrganizations({ db, clock, audit, deliveries, quotas }),
      links: buildLinks(db, clock, publicUrl),
      signatures: buildSignatures(db, clock, publicUrl),
      forgetting: buildForgetting({ db, clock, audit, periods, timeZone, retentions, holds }),
      privacy: buildPrivacy({ db, audit, deliveries, house, leaving, periods, afterwards }),
    };
  },
  messages: [...handlers.messages, journal.message],
  anywhere: { 'désigner ce canal': 'It makes that place the staff’s.' },
  actions: [
    handlers.declare,
    handlers.stay,
    handlers.membershipsPage,
    handlers.decide,
    handlers.decideInstead,
    handlers.bodies,
    handlers.openBody,
    handlers.renameBody,
    handlers.addAlias,
    handlers.removeAlias,
    handlers.unmap,
    handlers.changeRole,
    journal.search,
    data.exportData,
    data.askErase,
    data.keepData,
    data.eraseData,
  ],
  jobs: [jobs.announceRequest, jobs.tellDecision, jobs.purge],
  notices: [
    notices.request,
    notices.decision,
    notices.departure,
    notices.orphaned,
    notices.teamLeft,
    reached,
    flood,
  ],
  trails: [
    {
      prefix: 'membership',
      title: 'Adhésions',
      one: 'Adhésion',
      acts: {
        request: 'a demandé une adhésion',
        confirm: 'a confirmé une adhésion',
        confirmTenant: 'a confirmé une adhésion et associé le locataire',
        refuse: 'a refusé une adhésion',
      },
    },
    {
      prefix: 'organization',
      title: 'Organismes',
      one: 'Organisme',
      acts: {
        rename: 'a corrigé le nom d’un organisme',
        alias: 'a ajouté un nom à un organisme',
        unalias: 'a retiré un nom d’un organisme',
      },
      names: (ids, { organizations }) => organizations.namesOf(ids),
    },
    {
      prefix: 'role',
      title: 'Rôles de l’équipe',
      one: 'Rôle de',
      acts: {
        staff: 'a donné un rôle dans l’équipe',
        admin: 'a donné un rôle d’administration',
        client: 'a retiré un rôle',
      },
      names: (ids, { people }) => people.namesOf(ids),
    },
    { prefix: 'tenant', title: 'Locataires', one: 'Locataire', acts: { unmap: 'a dissocié un locataire' } },
    {
      prefix: 'staffChannel',
      title: 'Canal de l’équipe',
      one: 'Canal de l’équipe',
      acts: { designate: 'a désigné le canal de l’équipe' },
    },
    {
      prefix: 'privacy',
      title: 'Données personnelles',
      one: 'Ses données',
      acts: { export: 'a téléchargé ses données', erase: 'a supprimé ses données' },
    },
    {
      prefix: 'audit',
      title: 'Journal',
      one: 'Journal',
      acts: { purge: 'a oublié ce dont la durée de conservation est passée' },
    },
    {
      prefix: 'retention',
      title: 'Conservation',
      one: 'Table et lignes',
      acts: { forget: 'a oublié ce dont la durée de conservation est passée' },
      names: async (ids) => new Map(ids.map((id) => [id, id.replace(':', ' : ')])),
    },
  ],
  retention,
  templates: [
    'people/organization',
    'people/organization-which',
    'people/bodies',
    'people/body',
    'people/leaving',
    'people/departure',
    'people/memberships',
    'people/mappings',
    'people/team',
    'people/quota',
    'people/journal',
    'people/my-data',
    'people/my-data-link',
    'people/my-data-erase',
    'people/my-data-erased',
  ],
  privacy: {
    title: 'Identité, organisation et journal',
    export: async (person, { people, organizations, audit, conversations, quotas }) => ({
      fiche: (await people.findPerson(person)) ?? null,
      organisation: await organizations.membershipsHeldOf(person),
      conversation: (await conversations.personal(person)) ?? null,
      journal: await audit.auditOf(person),
      limitesDuJour: await quotas.heldOf(person),
    }),
    async erase(tx, person, { people, links, conversations, deliveries, quotas }) {
      await quotas.erase(tx, person);
      await people.erase(tx, person);
      await links.erase(tx, person);
      await conversations.forgetPersonal(tx, person);
      await deliveries.erase(tx, person);
    },
  },
  downloads: [
    { kind: 'myData', handle: dataFile },
    { kind: 'myDataDocument', handle: dataDocument },
  ],
});

import { numberedRows } from '../../core/cards/numbered.ts';
import { feature } from '../../core/manifest.ts';
import type { Role } from '../../core/routes/turns.ts';
import { PERIODS_FILE, readPeriods } from '../../core/time/periods.ts';
import type { Conversation, Person } from '../../core/turn.ts';
import * as journal from './audit/screens/actions.ts';
import { buildAudit } from './audit/store/audit.ts';
import * as closing from './closing/screens/actions.ts';
import { buildClosedDays } from './closing/store/closed-days.ts';
import { firstSteps } from './first-steps.ts';
import { buildForgetting } from './forgetting/store/forgetting.ts';
import * as jobs from './jobs.ts';
import { revokedLink } from './links/notices.ts';
import * as pageLinkScreens from './links/screens/actions.ts';
import { buildLinks } from './links/store/downloads.ts';
import { buildOwnLinks } from './links/store/own-links.ts';
import { buildPageLinks } from './links/store/page-links.ts';
import * as notices from './organizations/notices.ts';
import * as asking from './organizations/screens/asking.ts';
import {
  decide,
  decideInstead,
  membershipCardOf,
  membershipsPage,
} from './organizations/screens/deciding.ts';
import { declare, stay } from './organizations/screens/declaring.ts';
import * as members from './organizations/screens/members.ts';
import * as merging from './organizations/screens/merging.ts';
import { addAlias, bodies, openBody, removeAlias, renameBody } from './organizations/screens/naming.ts';
import { buildBelonging } from './organizations/store/belonging.ts';
import { buildLeaving } from './organizations/store/leaving.ts';
import { buildOrganizations } from './organizations/store/organizations.ts';
import * as data from './privacy/screens/actions.ts';
import { dataDocument, dataFile } from './privacy/screens/documents.ts';
import { buildPrivacy } from './privacy/store/own-data.ts';
import { flood, reached } from './quotas/notices.ts';
import { buildQuotas } from './quotas/store/quotas.ts';
import { figuresInWords, REGISTER_ACTS } from './registering/rules/trail.ts';
import * as registering from './registering/screens/actions.ts';
import { buildRegister } from './registering/store/register.ts';
import { retention } from './retention.ts';
import { channelLost } from './roster/notices.ts';
import { changeRole, showTeam, withdrawRole } from './roster/screens/roles.ts';
import { buildPeople } from './roster/store/people.ts';
import { buildPresence } from './roster/store/presence.ts';
import { buildStaffChannel } from './roster/store/staff-channel.ts';
import { buildWithdrawing } from './roster/store/withdrawing.ts';
import { messages } from './screens/commands.ts';
import * as silences from './silence/notices.ts';
import { stillHere } from './silence/screens/actions.ts';
import { buildSilence } from './silence/store/silence.ts';
import { pageLinks, people as peopleTable } from './tables.ts';

import * as tenants from './tenants/screens.ts';
import { buildTenants } from './tenants/store.ts';

export type { Break } from './audit/rules/chain.ts';
export type { Audit } from './audit/store/audit.ts';
export { type Verified, verifyChain } from './audit/store/verification.ts';
export {
  CHOOSING_PAGE,
  Choosing,
  type ChoosingView,
  Chosen,
  choosingCard,
  Searching,
} from './choosing/screens.ts';
export type { ClosedDays } from './closing/store/closed-days.ts';
export type { Forgetting } from './forgetting/store/forgetting.ts';
export type { Links } from './links/store/downloads.ts';
export type { PageLinks } from './links/store/page-links.ts';
export { renewKey, retireKey } from './links/store/signing-key.ts';
export {
  membersAudience,
  membersOfAudience,
  staffAudience,
  staffRoomOf,
  withoutStaffRoom,
} from './organizations/store/audience.ts';
export type { Belonging, Body } from './organizations/store/belonging.ts';
export type { Organizations } from './organizations/store/organizations.ts';
export type { Privacy } from './privacy/store/own-data.ts';
export type { Quotas } from './quotas/store/quotas.ts';
export { readRegister } from './registering/rules/reading.ts';
export { importRegister } from './registering/store/importing.ts';
export type { People, PersonKey } from './roster/store/people.ts';
export { type Reached, STAFF_CHANNEL, type StaffChannel } from './roster/store/staff-channel.ts';
export {
  acting as actingView,
  organizationAliases as bodyAliasTable,
  organizations as bodyTable,
  people as peopleTable,
} from './tables.ts';
export { CONSENTS } from './tenants/screens.ts';
export { buildTenantRecords, type ServedTenant } from './tenants/store.ts';

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
    const staffChannel = buildStaffChannel({
      ...{ db, clock, audit, queue, deliveries, people, admins },
      roster: ports.roster,
    });
    const leaving = buildLeaving(db, belonging, house.bodies);
    const links = buildLinks(db, clock, publicUrl);
    const pageLinks = buildPageLinks({ db, clock, audit, deliveries, publicUrl, pages: house.pages });
    const { retentions, holds } = house;
    const forgetting = buildForgetting({ db, clock, audit, periods, timeZone, retentions, holds });
    const held = () => forgetting.held(peopleTable);
    return {
      people,
      access: {
        may: (person: Person, role: Role) => people.may(person, role),
        isStaffRoom: async ({ id }: Conversation) => (await staffChannel.findStaffChannel()) === id,
      },
      presence: buildPresence(people, afterwards),
      audit,
      staffChannel,
      closedDays: buildClosedDays(db, clock, ports.days, audit),
      belonging,
      quotas,
      leaving,
      organizations: buildOrganizations({ db, clock, audit, deliveries, quotas, house }),
      tenants: buildTenants({ db, installer: ports.installer, served: ports.settings.tenants }, audit),
      register: buildRegister({ db, clock, audit, deliveries, quotas }),
      links,
      pageLinks,
      withdrawing: buildWithdrawing({
        db,
        audit,
        deliveries,
        people,
        links,
        pageLinks,
        charges: house.charges,
      }),
      ownLinks: buildOwnLinks(db),
      silence: buildSilence({ db, clock, audit, deliveries, ties: house.ties, held, admins }),
      forgetting,
      privacy: buildPrivacy({ db, audit, deliveries, house, leaving, periods, afterwards }),
    };
  },
  resume: ({ staffChannel }) => staffChannel.noteAdmins(),
  refresh: ({ closedDays }) => closedDays.refresh(),
  messages: [...messages, ...tenants.messages, pageLinkScreens.message, journal.message],
  anywhere: { 'désigner ce canal': 'It makes that place the staff’s.' },
  actions: [
    declare,
    stay,
    membershipsPage,
    decide,
    decideInstead,
    bodies,
    openBody,
    renameBody,
    addAlias,
    removeAlias,
    members.members,
    members.revoke,
    members.askTogether,
    members.confirmTogether,
    merging.askMerge,
    merging.merge,
    merging.confirmKind,
    merging.removeContact,
    registering.showRegister,
    registering.confirmRegister,
    registering.discardRegister,
    registering.registers,
    registering.registerHelp,
    tenants.show,
    tenants.check,
    tenants.unmap,
    changeRole,
    withdrawRole,
    showTeam,
    closing.showClosedDays,
    closing.closeDay,
    closing.openDay,
    stillHere,
    pageLinkScreens.list,
    pageLinkScreens.askRevoke,
    pageLinkScreens.revoke,
    pageLinkScreens.replace,
    pageLinkScreens.endOwn,
    journal.search,
    data.exportData,
    data.askErase,
    data.keepData,
    data.eraseData,
  ],
  jobs: [jobs.announceRequest, jobs.tellDecision, jobs.purge, jobs.watchChannel],
  notices: [
    channelLost,
    notices.request,
    notices.decision,
    notices.revoked,
    notices.departure,
    notices.orphaned,
    notices.teamLeft,
    notices.roleWithdrawn,
    reached,
    flood,
    silences.silence,
    silences.emptying,
    revokedLink,
  ],
  freeText: asking.ask,
  spoken: [
    { words: ['télécharger mes données'], verb: 'people.exportData' },
    { words: ['supprimer mes données', 'effacer mes données'], verb: 'people.askErase' },
    { words: ['je suis toujours là'], verb: 'people.stillHere' },
    { words: ['jours de fermeture'], verb: 'people.closedDays', data: { page: 1 } },
    { words: ['adhésions en attente'], verb: 'people.membershipsPage', data: { page: 1 } },
    { words: ['importer un registre', 'importer les organismes'], verb: 'people.registerHelp' },
    { words: ['registres déposés'], verb: 'people.registers', data: { page: 1 } },
    { words: ['tous les organismes'], verb: 'people.bodies', data: { page: 1, searched: '' } },
    {
      words: ['voir les liens', 'liens en vigueur'],
      verb: 'people.links',
      data: { which: 'alive', page: 1 },
    },
    { words: ['anciens liens'], verb: 'people.links', data: { which: 'former', page: 1 } },
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
        revoke: 'a retiré une adhésion',
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
        kind: 'a confirmé le genre d’un organisme',
        contact: 'a retiré un contact d’un organisme',
        merge: 'a fusionné un organisme avec celui-ci',
      },
      names: (ids, { organizations }) => organizations.namesOf(ids),
    },
    {
      prefix: 'register',
      title: 'Registre des organismes',
      one: 'Registre des organismes',
      acts: REGISTER_ACTS,
      names: async (ids) => new Map(ids.map((id) => [id, figuresInWords(id)])),
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
    {
      prefix: 'tenant',
      title: 'Locataires',
      one: 'Locataire',
      acts: {
        unmap: 'a dissocié un locataire',
        'consent.given': 'a constaté le consentement d’un locataire',
        'consent.partial': 'a constaté le consentement partiel d’un locataire',
        'consent.missing': 'a constaté qu’un locataire n’a pas consenti',
      },
    },
    {
      prefix: 'link',
      title: 'Liens',
      one: 'Lien',
      acts: { make: 'a demandé un lien', revoke: 'a révoqué un lien' },
      ...numberedRows(pageLinks),
    },
    {
      prefix: 'staffChannel',
      title: 'Canal de l’équipe',
      one: 'Canal de l’équipe',
      acts: { designate: 'a désigné le canal de l’équipe' },
    },
    {
      prefix: 'closedDay',
      title: 'Jours de fermeture',
      one: 'Jour de fermeture',
      acts: { add: 'a fermé le bureau un jour', remove: 'a rouvert le bureau un jour' },
    },
    {
      prefix: 'privacy',
      title: 'Données personnelles',
      one: 'Ses données',
      acts: {
        export: 'a téléchargé ses données',
        erase: 'a supprimé ses données',
        forget: 'a oublié une personne restée silencieuse deux ans',
      },
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
    'people/colleagues',
    'people/bodies',
    'people/choosing',
    'people/body',
    'people/members',
    'people/members-together',
    'people/merge',
    'people/register',
    'people/registers',
    'people/register-help',
    'people/leaving',
    'people/departure',
    'people/memberships',
    'people/mappings',
    'people/team',
    'people/closed-days',
    'people/withdrawal',
    'people/quota',
    'people/journal',
    'people/links',
    'people/link-revoke',
    'people/link',
    'people/link-ended',
    'people/silence',
    'people/still-here',
    'people/emptying',
    'people/my-data',
    'people/my-data-link',
    'people/my-data-erase',
    'people/my-data-erased',
  ],
  firstSteps,
  waits: [
    {
      kind: 'membership',
      noun: ['adhésion', 'adhésions'],
      list: ({ organizations, days }, only) => organizations.waits(days, only),
      open: membershipCardOf,
    },
  ],
  files: {
    role: 'staff',
    noun: 'le registre des organismes',
    takes: registering.isRegister,
    quota: {
      noun: ['registre déposé', 'registres déposés'],
      person: 100,
      body: 500,
      tenant: 1_000,
      why: 'A register is corrected and dropped again a few times on the day of its import.',
    },
    handle: registering.registerDropped,
  },
  privacy: {
    title: 'Identité, organisation et journal',
    export: async (person, { people, organizations, register, ownLinks, audit, conversations, quotas }) => ({
      fiche: (await people.findPerson(person)) ?? null,
      organisation: await organizations.membershipsHeldOf(person),
      registresDeposes: await register.heldOf(person),
      liens: await ownLinks.heldOf(person),
      conversation: (await conversations.personal(person)) ?? null,
      journal: await audit.auditOf(person),
      limitesDuJour: await quotas.heldOf(person),
    }),
    async erase(tx, person, { people, register, links, ownLinks, conversations, deliveries, quotas }) {
      await quotas.erase(tx, person);
      await register.erase(tx, person);
      await ownLinks.erase(tx, person);
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

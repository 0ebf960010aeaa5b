import { feature } from '../../core/manifest.ts';
import { buildAudit } from './audit.ts';
import { buildBelonging } from './belonging.ts';
import * as data from './data-handlers.ts';
import * as handlers from './handlers.ts';
import * as jobs from './jobs.ts';
import { buildLinks } from './links.ts';
import * as notices from './notices.ts';
import { buildOrganizations } from './organizations.ts';
import { buildPeople } from './people.ts';
import { buildPrivacy } from './privacy.ts';
import { Subject } from './schema.ts';
import { buildSignatures } from './signatures.ts';
import { buildStaffChannel } from './staff-channel.ts';

export { membersAudience, membersOfAudience, staffAudience } from './audience.ts';
export type { Audit } from './audit.ts';
export type { Belonging } from './belonging.ts';
export type { Links } from './links.ts';
export type { Organizations } from './organizations.ts';
export type { People, PersonKey } from './people.ts';
export type { Privacy } from './privacy.ts';
export type { Signatures } from './signatures.ts';
export { STAFF_CHANNEL, type StaffChannel } from './staff-channel.ts';

/** Who is who: people, organizations, memberships, roles, and the rights of each over their own data. */
export const people = feature({
  id: 'people',
  below: [],
  build({ db, clock, queue, deliveries, afterwards, house, settings: { admins, publicUrl } }) {
    const people = buildPeople(db, clock, admins);
    const audit = buildAudit(db, clock);
    return {
      people,
      access: people,
      audit,
      staffChannel: buildStaffChannel(db, clock, audit, queue),
      belonging: buildBelonging(db),
      organizations: buildOrganizations(db, clock, audit, deliveries),
      links: buildLinks(db, clock, publicUrl),
      signatures: buildSignatures(db, clock, publicUrl),
      privacy: buildPrivacy(db, audit, house.privacies, afterwards),
    };
  },
  messages: handlers.messages,
  actions: [
    handlers.declare,
    handlers.membershipsPage,
    handlers.decide,
    handlers.unmap,
    handlers.changeRole,
    data.exportData,
    data.askErase,
    data.keepData,
    data.eraseData,
  ],
  jobs: [jobs.announceRequest, jobs.tellDecision, jobs.purge],
  notices: [notices.request, notices.decision],
  templates: [
    'people/organization',
    'people/memberships',
    'people/mappings',
    'people/team',
    'people/my-data',
    'people/my-data-link',
    'people/my-data-erase',
    'people/my-data-erased',
  ],
  privacy: {
    title: 'Identité, organisation et journal',
    export: async (person, { people, organizations, audit, conversations }) => ({
      fiche: (await people.find(person)) ?? null,
      organisation: await organizations.held(person),
      conversation: (await conversations.personal(person)) ?? null,
      journal: await audit.of(person),
    }),
    async erase(tx, person, { people, conversations }) {
      await people.erase(tx, person);
      await conversations.forgetPersonal(tx, person);
    },
  },
  downloads: [
    {
      kind: 'myData',
      handle: async (subject, { privacy }) => ({
        fileName: 'mes-donnees-courtier.json',
        mediaType: 'application/json; charset=utf-8',
        body: await privacy.export({ ...Subject.parse(subject), name: '' }),
      }),
    },
  ],
});

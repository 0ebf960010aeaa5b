import type { Feature } from '../../core/feature.ts';
import * as data from './data-handlers.ts';
import * as handlers from './handlers.ts';
import * as jobs from './jobs.ts';
import * as notices from './notices.ts';
import { Subject } from './schema.ts';

export { membersAudience, membersOfAudience, staffAudience } from './audience.ts';
export { type Audit, buildAudit } from './audit.ts';
export { type Belonging, buildBelonging } from './belonging.ts';
export type { PeopleServices } from './handlers.ts';
export { buildLinks, type Links } from './links.ts';
export { buildOrganizations, type Organizations } from './organizations.ts';
export { buildPeople, type People, type PersonKey } from './people.ts';
export { buildPrivacy, type Privacy } from './privacy.ts';
export { buildSignatures, type Signatures } from './signatures.ts';
export { buildStaffChannel, type StaffChannel } from './staff-channel.ts';

/** Who is who: people, organizations, memberships, roles, and the rights of each over their own data. */
export const people: Feature<handlers.PeopleServices> = {
  id: 'people',
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
};

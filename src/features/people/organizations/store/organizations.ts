import { buildBodies, buildBodyRecords } from './bodies.ts';
import { buildBodyNames } from './body-names.ts';
import { buildMappings } from './mappings.ts';
import { buildMembershipRecords } from './membership-records.ts';
import { buildMembershipSteps, type OrganizationParts } from './membership-steps.ts';

/**
 * For whom a person acts. Several ministries may share a tenant, so a request waits for the broker's
 * staff, unless the tenant was mapped to that very body.
 */
export const buildOrganizations = ({ db, clock, audit, deliveries, quotas }: OrganizationParts) => ({
  ...buildMembershipRecords(db),
  ...buildMembershipSteps({ db, clock, audit, deliveries, quotas }),
  ...buildBodies(db),
  ...buildBodyRecords(db),
  ...buildBodyNames(db, clock, audit),
  ...buildMappings(db, audit),
});

export type Organizations = ReturnType<typeof buildOrganizations>;

import { buildBodies } from './bodies.ts';
import { buildBodyKind } from './body-kind.ts';
import { buildBodyNames } from './body-names.ts';
import { buildBodyRecords } from './body-records.ts';
import { buildMembers } from './members.ts';
import { buildMembershipRecords } from './membership-records.ts';
import { buildMembershipSteps, type OrganizationParts } from './membership-steps.ts';
import { buildMerging, type MergingParts } from './merging.ts';

/**
 * For whom a person acts. Several ministries may share a tenant, so a request waits for the broker's
 * staff, unless the tenant was mapped to that very body.
 */
export const buildOrganizations = ({
  db,
  clock,
  audit,
  deliveries,
  quotas,
  house,
}: OrganizationParts & MergingParts) => ({
  ...buildMembershipRecords(db),
  ...buildMembershipSteps({ db, clock, audit, deliveries, quotas }),
  ...buildBodies(db),
  ...buildBodyRecords(db),
  ...buildBodyNames(db, clock, audit),
  ...buildBodyKind(db, clock, audit),
  ...buildMembers({ db, clock, audit, deliveries }),
  ...buildMerging({ db, clock, audit, house }),
});

export type Organizations = ReturnType<typeof buildOrganizations>;

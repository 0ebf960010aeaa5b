import type { Clock } from '../../../../core/clock.ts';
import type { Db, Deliveries } from '../../../../core/ports.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { buildBodies, buildBodyRecords } from './bodies.ts';
import { buildBodyNames } from './body-names.ts';
import { buildMappings } from './mappings.ts';
import { buildMembershipRecords } from './membership-records.ts';
import { buildMembershipSteps } from './membership-steps.ts';

/**
 * For whom a person acts. Several ministries may share a tenant, so a request waits for the broker's
 * staff, unless the tenant was mapped to that very body.
 */
export const buildOrganizations = (db: Db, clock: Clock, audit: Audit, deliveries: Deliveries) => ({
  ...buildMembershipRecords(db),
  ...buildMembershipSteps(db, clock, audit, deliveries),
  ...buildBodies(db),
  ...buildBodyRecords(db),
  ...buildBodyNames(db, clock, audit),
  ...buildMappings(db, audit),
});

export type Organizations = ReturnType<typeof buildOrganizations>;

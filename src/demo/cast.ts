import type { Person } from '../core/turn.ts';
import type { Services } from '../features/registry.ts';
import { CLIENT, STAFF, TENANT } from '../playground.ts';

const as = ({ aadObjectId, name }: typeof CLIENT): Person => ({
  tenantId: TENANT,
  objectId: aadObjectId,
  name,
});

/** Those who act in the scenes, as the assistant knows them once they write. */
export const client = as(CLIENT);
export const staff = as(STAFF);

const BODY = 'Ministère de la Démonstration';
const MEMBERSHIP = 'd0000000-0000-4000-8000-000000000001';

/** The client acts for a public body, which the staff confirmed. */
export async function belongs({ people, organizations }: Services): Promise<void> {
  for (const person of [client, staff]) await people.see(person);
  const held = await organizations.findMembership(client);
  if (held?.state === 'confirmed') return;
  const { id, state } = await organizations.requestMembership(client, held?.organization ?? BODY, MEMBERSHIP);
  if (state === 'pending') await organizations.decideMembership(staff, id, 1, 'confirm');
}

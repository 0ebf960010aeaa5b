import type { Recipient } from '../ports/delivery.ts';
import type { Person } from '../turn.ts';

/** A person, as somebody who is told something. */
export const recipientOf = ({ tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>): Recipient => ({
  kind: 'person',
  tenantId,
  objectId,
});

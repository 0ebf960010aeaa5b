import type { Recipient } from '../ports/delivery.ts';
import type { PersonKey } from './person-key.ts';

/** A person, as somebody who is told something. */
export const recipientOf = ({ tenantId, objectId }: PersonKey): Recipient => ({
  kind: 'person',
  tenantId,
  objectId,
});

import type { Person } from '../turn.ts';

/** What tells a person from any other: their name is for display only. */
export type PersonKey = Pick<Person, 'tenantId' | 'objectId'>;

/** Both in one text: the tenant, then the object id. So does a form name somebody who is chosen from a list. */
export const personKeyOf = ({ tenantId, objectId }: PersonKey): string => `${tenantId}/${objectId}`;

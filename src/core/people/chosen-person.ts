import { z } from 'zod';
import type { Person } from '../turn.ts';

/** How a form names somebody who is chosen from a list: the tenant, then the object id. */
export const keyOf = ({ tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>): string =>
  `${tenantId}/${objectId}`;

/** Whether both are one person, or both nobody. */
export const isSame = (
  one: Pick<Person, 'tenantId' | 'objectId'> | undefined,
  other: Pick<Person, 'tenantId' | 'objectId'> | undefined,
): boolean => one?.objectId === other?.objectId && one?.tenantId === other?.tenantId;

/** « tenant/object »: one of the people whom a card offered. */
export const ChosenPerson = z
  .string({ error: 'Choisissez une personne.' })
  .regex(/^[^/]{1,100}\/[^/]{1,100}$/, 'Choisissez une personne.')
  .transform((text) => {
    const [tenantId = '', objectId = ''] = text.split('/');
    return { tenantId, objectId };
  });

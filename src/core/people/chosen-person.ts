import { z } from 'zod';
import type { PersonKey } from './person-key.ts';

/** Whether both are one person, or both nobody. */
export const isSame = (one: PersonKey | undefined, other: PersonKey | undefined): boolean =>
  one?.objectId === other?.objectId && one?.tenantId === other?.tenantId;

/** « tenant/object »: one of the people whom a card offered. */
export const ChosenPerson = z
  .string({ error: 'Choisissez une personne.' })
  .regex(/^[^/]{1,100}\/[^/]{1,100}$/, 'Choisissez une personne.')
  .transform((text) => {
    const [tenantId = '', objectId = ''] = text.split('/');
    return { tenantId, objectId };
  });

import type { Afterwards } from '../../../../core/process/afterwards.ts';
import type { Presence } from '../../../../core/router.ts';
import type { Person } from '../../../../core/turn.ts';
import type { People } from './people.ts';

/** Who shows up is written as soon as the database can, and only then. */
export function buildPresence(people: People, afterwards: Pick<Afterwards, 'write'>): Presence {
  const keyOf = (how: string, { tenantId, objectId }: Person) => `${how}:${tenantId}/${objectId}`;
  return {
    wrote: (person) => afterwards.write(keyOf('wrote', person), () => people.see(person)),
    pressed: (person) => afterwards.write(keyOf('pressed', person), () => people.seeAgain(person)),
  };
}

import { personKeyOf } from '../../../../core/people/person-key.ts';
import type { Afterwards } from '../../../../core/process/afterwards.ts';
import type { Presence } from '../../../../core/router.ts';
import type { People } from './people.ts';

/** Who shows up is written as soon as the database can, and only then. */
export function buildPresence(people: People, afterwards: Pick<Afterwards, 'write'>): Presence {
  return {
    wrote: (person) => afterwards.write(`wrote:${personKeyOf(person)}`, () => people.see(person)),
    pressed: (person) => afterwards.write(`pressed:${personKeyOf(person)}`, () => people.seeAgain(person)),
  };
}

import type { Kept } from '../../../../core/feature.ts';
import { isPerson } from '../../../../core/is-person.ts';
import type { BodyThings } from '../../../../core/manifest.ts';
import type { Db, Deliveries, Tx } from '../../../../core/ports.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { people } from '../../tables.ts';
import { keyOf } from '../rules/names.ts';
import { membersAudience } from './audience.ts';
import type { Belonging } from './belonging.ts';
import { bodyKeyed } from './body-names.ts';

/** So many things of a kind, and the command that finds them. */
export interface Things {
  readonly noun: readonly [string, string];
  readonly command: string;
  readonly count: number;
}
/** What somebody leaves, or left, behind. */
export interface Departure {
  readonly organization: string;
  readonly things: readonly Things[];
}

/** Tells those who stay, once, that one of them acts for their body no more. */
export const tellDeparture = (
  tx: Tx,
  deliveries: Deliveries,
  membership: string,
  { tenantId, objectId }: PersonKey,
  organization: string,
): Promise<void> =>
  deliveries.address(
    tx,
    {
      kind: 'people.departure',
      key: `membership:${membership}/departure`,
      about: `membership:${membership}`,
      subject: { tenantId, objectId, organization },
    },
    membersAudience([organization]),
  );

/** What stays with a body when somebody acts for it no more. Nothing is moved: all is counted when it is asked. */
export function buildLeaving(db: Db, belonging: Belonging, bodies: () => readonly BodyThings[]) {
  const counted = async (person: PersonKey, organization: string, what: keyof Kept): Promise<Things[]> => {
    const things = await Promise.all(
      bodies().map(async ({ noun, command, count }) => ({
        noun,
        command,
        count: (await count(person, organization))[what],
      })),
    );
    return things.filter(({ count }) => count > 0);
  };

  return {
    /** What a person would see no more, were they to act for the body of that name; undefined when it is theirs. */
    async leftFor(person: PersonKey, name: string): Promise<Departure | undefined> {
      const body = await belonging.bodyOf(person);
      if (!body || (await bodyKeyed(db, keyOf(name)))?.id === body.id) return undefined;
      return { organization: body.name, things: await counted(person, body.id, 'seen') };
    },

    /** What somebody made for a body where they act no more, for one who does; undefined when there is nothing to tell. */
    async leftTo(
      recipient: PersonKey,
      leaver: PersonKey,
      organization: string,
    ): Promise<(Departure & { readonly name: string }) | undefined> {
      const body = await belonging.bodyOf(recipient);
      if (body?.id !== organization || (await belonging.together(recipient, leaver))) return undefined;
      const things = await counted(leaver, organization, 'made');
      const [known] = await db.select({ name: people.name }).from(people).where(isPerson(people, leaver));
      return things.length === 0
        ? undefined
        : { organization: body.name, things, name: known?.name ?? 'Une personne' };
    },
  };
}

export type Leaving = ReturnType<typeof buildLeaving>;

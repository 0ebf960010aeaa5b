import type { BodyThings } from '../../../../core/manifest.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Kept } from '../../../../core/routes/keeping.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { memberships, people } from '../../tables.ts';
import { nameKeyOf } from '../rules/names.ts';
import { membersAudience, staffAudience } from './audience.ts';
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

/** What a person who is erased leaves a body, counted while it is still theirs. */
export interface Farewell {
  readonly membership: string;
  readonly organizationId: string;
  /** What they made for it, for the colleagues who go on. */
  readonly made: readonly Things[];
  /** What only they saw, where nobody of the body is left. */
  readonly orphaned: readonly Things[];
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

/** Tells, once, that somebody was erased: those of their body who stay, or the staff where nobody does. */
export async function tellErasure(
  tx: Tx,
  deliveries: Deliveries,
  { membership, organizationId: organization, made, orphaned }: Farewell,
): Promise<void> {
  const about = `membership:${membership}`;
  const key = `${about}/departure`;
  const orphan = { kind: 'people.orphaned', key: `${about}/orphaned`, about };
  await deliveries.address(
    tx,
    { kind: 'people.departure', key, about, subject: { organization, things: made } },
    membersAudience([organization]),
  );
  if (orphaned.length > 0)
    await deliveries.address(
      tx,
      { ...orphan, subject: { organization, things: orphaned } },
      staffAudience(deliveries),
    );
}

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
    /** What a person leaves the body for which they act; undefined where they act for none. */
    async farewell(person: PersonKey): Promise<Farewell | undefined> {
      const body = await belonging.bodyOf(person);
      const [held] = await db
        .select({ id: memberships.id })
        .from(memberships)
        .where(isPerson(memberships, person));
      if (!body || !held) return undefined;
      const colleagues = await belonging.colleagues(person);
      return {
        membership: held.id,
        organizationId: body.id,
        made: await counted(person, body.id, 'made'),
        orphaned: colleagues.length > 0 ? [] : await counted(person, body.id, 'seen'),
      };
    },

    /** What a person would see no more, were they to act for the body of that name; undefined when it is theirs. */
    async leftFor(person: PersonKey, name: string): Promise<Departure | undefined> {
      const body = await belonging.bodyOf(person);
      if (!body || (await bodyKeyed(db, nameKeyOf(name)))?.id === body.id) return undefined;
      return { organization: body.name, things: await counted(person, body.id, 'seen') };
    },

    /** The name of a body, for one who acts for it. */
    async actsFor(person: PersonKey, organization: string): Promise<string | undefined> {
      const body = await belonging.bodyOf(person);
      return body?.id === organization ? body.name : undefined;
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

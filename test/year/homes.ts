import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf } from '../support/rows.ts';
import type { Actor } from './cast.ts';
import type { World } from './world.ts';

type Homes = Map<string, ReadonlySet<string>>;

const kept =
  (key: string) =>
  ({ memory }: Pick<World, 'memory'>): Homes => {
    const known = (memory.get(key) ?? new Map()) as Homes;
    memory.set(key, known);
    return known;
  };
const homes = kept('homes');
const ever = kept('ever');
const keyOf = ({ person }: Pick<Actor, 'person'>): string => `${person.tenantId}${person.objectId}`;

/** The bodies whose words somebody may read: where they are, and, while they change, where they were and go to. */
export const homesOf = (world: Pick<World, 'memory'>, actor: Actor): ReadonlySet<string> =>
  homes(world).get(keyOf(actor)) ?? new Set([actor.code]);

/** The bodies for which somebody ever acted: what they wrote then to the broker, in their own name, stays theirs. */
export const everOf = (world: Pick<World, 'memory'>, actor: Actor): ReadonlySet<string> =>
  new Set([actor.code, ...homesOf(world, actor), ...(ever(world).get(keyOf(actor)) ?? [])]);

/** Somebody is on their way to another body. */
export function goesTo(world: Pick<World, 'memory'>, actor: Actor, code: string): void {
  ever(world).set(keyOf(actor), new Set([...everOf(world, actor), code]));
  homes(world).set(keyOf(actor), new Set([...homesOf(world, actor), code]));
}

/** Of a body that somebody does not act for, or no longer: what they write then is theirs alone. */
const NOBODYS = 'eux-mêmes';

/** The word that somebody writes everywhere: that of the body for which they act now. */
export async function codeOf(
  { db, cast }: Pick<World, 'db' | 'cast'>,
  { person, kind, code }: Actor,
): Promise<string> {
  if (kind !== 'client') return code;
  const [row] = await rowsOf(
    db,
    sql`select o.name as body from memberships m join organizations o on o.id = m.organization_id
      where m.state = 'confirmed' and m.tenant_id = ${person.tenantId} and m.object_id = ${person.objectId}`,
    z.object({ body: z.string() }),
  );
  return cast.find(({ body }) => body === row?.body)?.code ?? NOBODYS;
}

const Row = z.object({ person: z.string(), body: z.string() });

/** Who arrived is no longer of where they came from, their own words apart. */
export async function lookAtHomes({ db, memory, cast }: World): Promise<void> {
  const known = homes({ memory });
  if (known.size === 0) return;
  const codes = new Map(cast.map(({ body, code }) => [body, code]));
  const rows = await rowsOf(
    db,
    sql`select m.tenant_id || m.object_id as person, o.name as body from memberships m
      join organizations o on o.id = m.organization_id where m.state = 'confirmed'`,
    Row,
  );
  for (const { person, body } of rows) {
    const actor = cast.find((each) => keyOf(each) === person);
    const code = codes.get(body);
    if (actor && code && known.has(person)) known.set(person, new Set([code, actor.code]));
  }
}

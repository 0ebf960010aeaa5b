import { sql } from 'drizzle-orm';
import { effectId } from '../../src/core/routing/effect.ts';
import { fold } from '../../src/core/text/text.ts';
import type { Actor } from './cast.ts';
import { firstFiches } from './prices.ts';
import { seedOf } from './random.ts';
import type { World } from './world.ts';

/** The contracts of an office that begins with some: of the two years before, each ending within the three that follow. */
const SIGNED_BEFORE_DAYS = 700;
const LENGTHS = [12, 24, 36];

/** What there is already when a world begins: the bodies of its people, and contracts that they follow, by sets. */
export async function inherit(world: World): Promise<void> {
  const { contracts } = world.sizes;
  if (contracts === 0) return;
  const clients = world.cast.filter(({ kind }) => kind === 'client');
  await bodiesOf(world, clients);
  await contractsOf(world, clients, contracts);
}

const idOfBody = (world: World, body: string) => effectId('body', world.seed, body);

async function bodiesOf(world: World, clients: readonly Actor[]): Promise<void> {
  const at = world.clock.now().toString();
  const bodies = [...new Set(clients.map(({ body }) => body))].map((body) => ({
    id: idOfBody(world, body),
    key: fold(body),
    name: body,
  }));
  await world.db.execute(sql`
    insert into organizations (id, key, name, created_at)
    select (o ->> 'id')::uuid, o ->> 'key', o ->> 'name', ${at}::timestamptz
    from jsonb_array_elements(${JSON.stringify(bodies)}::jsonb) o`);
  const members = clients.map(({ person, body }) => ({
    id: effectId('member', world.seed, person.objectId),
    tenant: person.tenantId,
    object: person.objectId,
    body: idOfBody(world, body),
  }));
  await world.db.execute(sql`
    insert into memberships (id, tenant_id, object_id, organization_id, state, requested_at, decided_at)
    select (m ->> 'id')::uuid, m ->> 'tenant', m ->> 'object', (m ->> 'body')::uuid, 'confirmed',
      ${at}::timestamptz, ${at}::timestamptz
    from jsonb_array_elements(${JSON.stringify(members)}::jsonb) m`);
}

async function contractsOf(world: World, clients: readonly Actor[], count: number): Promise<void> {
  const now = world.clock.now();
  const suppliers = firstFiches(world.seed, world.sizes.suppliers).map(({ supplier }) => supplier);
  const rows = Array.from({ length: count }, (_, n) => {
    const actor = clients[n % clients.length] as Actor;
    const supplier = suppliers[n % suppliers.length];
    const draw = Math.abs(seedOf(world.seed, 'contract', n));
    const signed = Temporal.PlainDate.from('2026-11-20').subtract({ days: draw % SIGNED_BEFORE_DAYS });
    // It still lasts when the world begins.
    const months = LENGTHS.find((each) => each * 30 > (draw % SIGNED_BEFORE_DAYS) + 30) ?? 36;
    return {
      id: effectId('contract', world.seed, n),
      body: idOfBody(world, actor.body),
      tenant: actor.person.tenantId,
      object: actor.person.objectId,
      title: `Contrat ${n + 1} ${actor.code}`,
      supplier: supplier?.id,
      name: supplier?.name,
      signed: signed.toString(),
      ends: signed.add({ months }).subtract({ days: 1 }).toString(),
      cents: 100_000 + (draw % 9_000_000),
      rcti: draw % 2 === 0,
    };
  });
  await world.db.execute(sql`
    insert into contracts (id, organization_id, title, supplier_id, supplier_name, offers, signed_on, starts_on, ends_on,
      amount_cents, rcti, created_tenant, created_id, created_at, updated_at)
    select (c ->> 'id')::uuid, (c ->> 'body')::uuid, c ->> 'title', c ->> 'supplier', c ->> 'name', 'Courriel',
      (c ->> 'signed')::date, (c ->> 'signed')::date, (c ->> 'ends')::date, (c ->> 'cents')::bigint,
      (c ->> 'rcti')::boolean, c ->> 'tenant', c ->> 'object', ${now.toString()}::timestamptz, ${now.toString()}::timestamptz
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as t(c, n) order by n`);
  await world.db.execute(sql`
    insert into contract_followers (contract_id, tenant_id, object_id)
    select id, created_tenant, created_id from contracts`);
  // Planners know what a table holds from then on.
  await world.db.execute(sql`analyze`);
}

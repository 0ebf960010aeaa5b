import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf } from '../support/rows.ts';
import { type Sizes, staffRoom } from './cast.ts';
import { befall } from './faults.ts';
import type { Happened } from './history.ts';
import type { Instead } from './house.ts';
import { inherit } from './inherited.ts';
import { type Law, LawBroken } from './law.ts';
import { laws as allLaws } from './laws.ts';
import { session } from './people.ts';
import { type Happening, planOf } from './plan.ts';
import { firstFiches, publishPrices } from './prices.ts';
import { pursue } from './pursuing.ts';
import { randomOf } from './random.ts';
import type { Store } from './store.ts';
import { visitAsSupplier } from './suppliers.ts';
import { openWorld, type World } from './world.ts';

/** How a year went. */
export interface Outcome {
  readonly hash: string;
  readonly figures: World['figures'] & {
    readonly happenings: number;
    readonly seconds: number;
    readonly lines: number;
    /** The most memory that the process ever held. */
    readonly megabytes: number;
  };
  readonly counts: Readonly<Record<string, number>>;
  /** How many things each law had to judge. */
  readonly judged: Readonly<Record<string, number>>;
  readonly failure?: {
    readonly law: string;
    readonly message: string;
    readonly after: number;
    readonly last: readonly Happened[];
  };
}

export interface Living {
  readonly laws?: readonly Law[];
  /** What happens, when it is not all that the seed plans. */
  readonly plan?: readonly Happening[];
  /** Where the world keeps what it knows, when it is not the embedded database. */
  readonly store?: () => Promise<Store>;
  readonly progress?: (done: number, all: number, world: World) => void;
  /** Broken parts, to show that a law catches what follows. */
  readonly instead?: Instead;
  /** Tampers with the world before it begins: how a law is shown to catch. */
  readonly spoil?: (world: World) => void | Promise<void>;
  /** Looks at the world where its life ended, before it is closed. */
  readonly ended?: (world: World) => void | Promise<void>;
}

const COUNTED = [
  'acquisitions',
  'kickoffs',
  'contracts',
  'contract_invoices',
  'memberships',
  'questions',
  'escalations',
  'broadcasts',
  'evaluations',
  'deliveries',
  'audit',
];
const LAST_LINES = 40;
const MOST_STOPS = 400;

/** Lives what a seed plans, to its end or to the first law that does not hold. */
export async function live(
  seed: number,
  sizes: Sizes,
  {
    laws = allLaws,
    plan = planOf(seed, sizes),
    progress = () => {},
    spoil,
    ended,
    instead,
    store,
  }: Living = {},
): Promise<Outcome> {
  const started = performance.now();
  const world = await openWorld(seed, sizes, { laws, instead, store: await store?.() });
  let done = 0;
  let failure: Outcome['failure'];
  try {
    await begin(world);
    await spoil?.(world);
    for (const happening of plan) {
      await passTo(world, happening.at);
      await happen(world, happening);
      done++;
      progress(done, plan.length, world);
    }
    await rest(world);
  } catch (error) {
    const law = error instanceof LawBroken ? error.law : 'the simulator itself';
    const message =
      error instanceof LawBroken ? error.message : String(error instanceof Error ? error.stack : error);
    failure = { law, message, after: done, last: world.history.lines.slice(-LAST_LINES) };
  }
  try {
    await ended?.(world);
    return {
      hash: world.history.digest(),
      figures: {
        ...world.figures,
        happenings: done,
        seconds: Math.round((performance.now() - started) / 1_000),
        lines: world.history.lines.length,
        megabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
      },
      counts: await countsOf(world),
      judged: Object.fromEntries(world.judged),
      ...(failure && { failure }),
    };
  } finally {
    await world.close();
  }
}

async function countsOf(world: World): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of COUNTED) {
    const [row] = await rowsOf(
      world.db,
      sql`select count(*)::int as n from ${sql.identifier(table)}`,
      z.object({ n: z.number() }),
    );
    counts[table] = row?.n ?? 0;
  }
  return counts;
}

/** The broker's people take their places, and the Catalogue opens. */
async function begin(world: World): Promise<void> {
  const { services } = world.houseFor(0);
  const admin = world.cast.find(({ kind }) => kind === 'admin');
  if (!admin) throw new Error('no administrator');
  for (const actor of world.cast) {
    await services.people.see(actor.person);
    await world.install(actor);
    if (actor.kind === 'staff')
      await world.db.transaction((tx) => services.people.setRole(tx, actor.person, 'staff'));
  }
  await world.install(admin, staffRoom);
  await world.says(admin, 'désigner ce canal', { conversation: staffRoom });
  await services.catalogue.publication.publish(
    [...firstFiches(world.seed, world.sizes.suppliers)],
    'command',
  );
  await inherit(world);
  await world.work();
}

/** Time passes, with a stop at each moment for which something waits. */
async function passTo(world: World, at: Temporal.Instant): Promise<void> {
  const { clock } = world;
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    const next = await nextDue(world);
    const least = clock.now().add({ seconds: 1 });
    if (!next || Temporal.Instant.compare(next, at) >= 0) break;
    clock.advance(clock.now().until(Temporal.Instant.compare(next, least) < 0 ? least : next));
    await world.work();
  }
  if (Temporal.Instant.compare(clock.now(), at) < 0) clock.advance(clock.now().until(at));
}

const Next = z.object({ at: z.string().nullable() });

/** The next moment for which a job or a notice waits. */
async function nextDue(world: World): Promise<Temporal.Instant | undefined> {
  const now = world.clock.now().toString();
  const [row] = await rowsOf(
    world.db,
    sql`select to_json(min(t)) #>> '{}' as at from (
      select min(after) as t from test_jobs where after > ${now}::timestamptz
      union all select min(due_at) from deliveries where state = 'pending' and due_at > ${now}::timestamptz) due`,
    Next,
  );
  return row?.at ? Temporal.Instant.from(row.at) : undefined;
}

async function happen(world: World, { kind, who, seed, steps, errand }: Happening): Promise<void> {
  const random = randomOf(seed);
  world.setHappening(`${errand ?? kind} ${who}`);
  switch (kind) {
    case 'session': {
      const actor = world.cast[who];
      if (actor) await session(world, actor, random, steps);
      return world.work();
    }
    case 'supplier':
      return visitAsSupplier(world, random);
    case 'errand': {
      const actor = world.cast[who];
      if (actor && errand) await pursue(world, actor, errand, random, steps);
      return world.work();
    }
    case 'prices':
    case 'correction':
      return publishPrices(world, random, kind);
    case 'fault':
      return befall(world, random, who);
    case 'tick':
      return world.work('hours');
    case 'night':
      return world.work('nights');
    case 'day':
      return world.judge('day');
  }
}

const REST_DAYS = 4;

/** Nothing happens for some days, and nothing fails: all that waits is done. */
async function rest(world: World): Promise<void> {
  world.setHappening('le repos');
  for (let day = 0; day < REST_DAYS; day++) {
    for (let hours = 6; hours <= 24; hours += 6) {
      await passTo(world, world.clock.now().add({ hours: 6 }));
      await world.work(hours < 24 ? 'hours' : 'nights');
    }
    await world.judge('day');
  }
  await world.judge('end');
}

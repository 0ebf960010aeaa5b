import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { features } from '../../../src/features/registry.ts';
import { rowsOf } from '../../support/rows.ts';
import { countOf, textsOf } from '../facts.ts';
import { days, ZONE } from '../house.ts';
import { judged, type Law, nothing } from '../law.ts';
import type { World } from '../world.ts';

const rules = new Map(features.flatMap(({ notices }) => notices ?? []).map((each) => [each.kind, each]));
const OPENS = 8;
const CLOSES = 18;
const Posted = z.object({
  id: z.string(),
  kind: z.string(),
  person: z.string(),
  urgent: z.boolean().nullable(),
});

/** What was posted since a law last looked, each with its kind. */
async function since(world: World, key: string) {
  const seen = (world.memory.get(key) ?? 0) as number;
  world.memory.set(key, world.postedIds.length);
  const fresh = world.postedIds.slice(seen);
  if (fresh.length === 0) return [];
  const ids = sql.join(
    fresh.map(({ id }) => sql`${id}::uuid`),
    sql`, `,
  );
  const rows = await rowsOf(
    world.db,
    sql`select id::text as id, kind, tenant_id || object_id as person, (subject ->> 'urgent')::boolean as urgent
      from deliveries where id in (${ids}) and operation = 'post'`,
    Posted,
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return fresh.flatMap(({ id, at }) => {
    const row = known.get(id);
    return row ? [{ ...row, at: at.toZonedDateTimeISO(ZONE) }] : [];
  });
}

/** Reminders come between 8 and 18 h of a business day. */
export const decentHours: Law = {
  id: 'nobody is disturbed at a bad hour',
  from: 'docs/reliability.md, decent hours',
  async turn(_turned, world) {
    const posted = (await since(world, 'decent')).filter(({ kind }) => rules.get(kind)?.hours === 'decent');
    return judged(
      posted.length,
      ...posted
        .filter(({ at }) => at.hour < OPENS || at.hour >= CLOSES || !days.isBusinessDay(at.toPlainDate()))
        .map(({ kind, at }) => `${kind} is sent at ${at.toPlainDateTime()}`),
    );
  },
};

/** What is recalled comes in one card a day. */
export const oneCardADay: Law = {
  id: 'one card of reminders a day',
  from: 'docs/reliability.md, the card of the day',
  async turn(_turned, world) {
    const cards = (world.memory.get('cards') ?? new Map()) as Map<string, string>;
    world.memory.set('cards', cards);
    const posted = (await since(world, 'daily')).filter(
      ({ kind, urgent }) => kind === 'reminders.day' && !urgent,
    );
    const wrong: string[] = [];
    for (const { at, id, person } of posted) {
      const key = `${person} ${at.toPlainDate()}`;
      const before = cards.get(key) ?? id;
      cards.set(key, id);
      if (before !== id) wrong.push(`two cards of ${at.toPlainDate()} for ${person}`);
    }
    return judged(posted.length, ...wrong);
  },
};

const Told = z.object({ who: z.string(), step: z.string(), told: z.string(), later: z.boolean() });

/** What was told of each step, and to whom, when it was looked at last. */
const toldBefore = ({ memory }: Pick<World, 'memory'>) =>
  (memory.get('told') ?? new Map()) as Map<string, z.infer<typeof Told>>;

/**
 * A step of what is recalled is told once, unless its person put it off or took it again. Whoever had all that is kept
 * of them erased is told again of what is still theirs to do: nothing says any more that they were.
 */
export const toldOnce: Law = {
  id: 'each step is recalled once',
  from: 'docs/dates.md, the days of reminders',
  shown({ to, shown }, world) {
    if (shown.template !== 'people/my-data-erased') return nothing;
    const before = toldBefore(world);
    const theirs = `${to.person.tenantId}${to.person.objectId} `;
    for (const who of [...before.keys()]) if (who.startsWith(theirs)) before.delete(who);
    return nothing;
  },
  async day(world) {
    const rows = await rowsOf(
      world.db,
      sql`select tenant_id || object_id || ' ' || thing as who, step_on::text as step, told_in as told,
        later_on is not null or stopped_at is not null as later from reminders where told_in is not null`,
      Told,
    );
    const before = toldBefore(world);
    world.memory.set('told', new Map(rows.map((row) => [row.who, row])));
    return judged(
      rows.length,
      ...rows.map((row) => {
        const old = before.get(row.who);
        // What was told before the step came was another one.
        return old &&
          old.told >= old.step &&
          old.step === row.step &&
          old.told !== row.told &&
          !old.later &&
          !row.later
          ? `${row.who}: the step of ${row.step} is told in ${old.told}, then in ${row.told}`
          : undefined;
      }),
    );
  },
};

/** A conversation has as many messages as the ledger tells that it sent, or may have sent. */
export const exactlyOnce: Law = {
  id: 'a notice reaches everybody once, or is listed',
  from: 'docs/reliability.md, once and surely',
  async end(world) {
    const twice = await textsOf(
      world,
      sql`select 'two notices are the message ' || activity_id as text from deliveries
        where state = 'sent' and operation = 'post' and activity_id is not null and target is null
        group by activity_id having count(*) > 1`,
    );
    const Row = z.object({ chat: z.string(), activity: z.string(), kind: z.string() });
    const sent = await rowsOf(
      world.db,
      sql`select posted_in as chat, activity_id as activity, kind from deliveries
        where state = 'sent' and operation = 'post' and activity_id is not null and target is null`,
      Row,
    );
    const lost = sent
      .filter(({ activity }) => !world.chats.everPosted.has(activity))
      .map(({ kind, activity }) => `${kind} is said to be sent as ${activity}, which nobody received`);
    return judged(sent.length, ...twice, ...lost);
  },
};

/** All that waits for its hour is sent, or listed with its reason. */
export const drained: Law = {
  id: 'queues drain',
  from: 'docs/reliability.md, nothing is lost',
  async end(world) {
    const now = world.clock.now().subtract({ minutes: 5 }).toString();
    return judged(
      world.figures.jobs + world.figures.notices,
      ...(await textsOf(
        world,
        sql`select 'a job waits: ' || name as text from test_jobs where after is null or after < ${now}::timestamptz`,
      )),
      ...(await textsOf(
        world,
        sql`select kind || ' is ' || state || ' since ' || due_at as text from deliveries
          where state in ('pending', 'sending') and due_at < ${now}::timestamptz`,
      )),
    );
  },
};

const LATE_DAYS = 6;
const Waiting = z.object({
  tenantId: z.string(),
  objectId: z.string(),
  thing: z.string(),
  since: z.string(),
});

/** By person, the first of the looks since which every one found that they can be written to, and asked for no pause. */
async function reachableSince(world: World): Promise<ReadonlyMap<string, Temporal.PlainDate>> {
  const before = (world.memory.get('reachable') ?? new Map()) as Map<string, Temporal.PlainDate>;
  const now = world.clock.now();
  const people = await textsOf(
    world,
    sql`select distinct c.tenant_id || c.person_id as text from conversations c
      left join delivery_preferences d on d.tenant_id = c.tenant_id and d.object_id = c.person_id
      where c.person_id is not null and c.blocked is null
        and (d.paused_until is null or d.paused_until <= ${now.toString()}::timestamptz)`,
  );
  const today = now.toZonedDateTimeISO(ZONE).toPlainDate();
  const since = new Map(people.map((person) => [person, before.get(person) ?? today]));
  world.memory.set('reachable', since);
  return since;
}

/**
 * What is to be recalled does not wait for days. What was done before its card was drawn is not recalled any more; nor
 * is whoever could not be written to: who adds the assistant again in a night is told in the morning, of all that came
 * meanwhile, so that it is late once they were reachable for as many days.
 */
export const inTime: Law = {
  id: 'what is due is recalled in time',
  from: 'guide, 4.12; docs/dates.md',
  async day(world) {
    const long = world.clock.now().toZonedDateTimeISO(ZONE).toPlainDate().subtract({ days: LATE_DAYS });
    const reachable = await reachableSince(world);
    const waiting = await rowsOf(
      world.db,
      sql`select r.tenant_id as "tenantId", r.object_id as "objectId", r.thing, r.step_on::text as since
        from reminders r
        join people p on p.tenant_id = r.tenant_id and p.object_id = r.object_id
        where r.waits and r.stopped_at is null and (r.later_on is null or r.later_on < ${long.toString()}::date)
          and r.step_on < ${long.toString()}::date and r.changed_at < ${long.toString()}::date`,
      Waiting,
    );
    const late: string[] = [];
    for (const { thing, since, ...person } of waiting) {
      const from = reachable.get(`${person.tenantId}${person.objectId}`);
      if (!from || Temporal.PlainDate.compare(from, long) >= 0) continue;
      const theirs = await world.services().house.recalls.of(person);
      if (theirs.some((recall) => recall.thing === thing && recall.state === 'open'))
        late.push(`${thing} waits to be told since ${since}`);
    }
    return judged(await countOf(world, sql`reminders`), ...late);
  },
};

import { castOf, type Sizes } from './cast.ts';
import type { ErrandName } from './errands.ts';
import { ZONE } from './house.ts';
import { type Random, randomOf, seedOf } from './random.ts';

/** Something that is to happen: who or what, when, and the seed of all that is drawn in it. */
export interface Happening {
  readonly at: Temporal.Instant;
  readonly kind:
    | 'session'
    | 'errand'
    | 'supplier'
    | 'tick'
    | 'night'
    | 'day'
    | 'prices'
    | 'correction'
    | 'fault';
  /** Whose session, by their place in the cast; which fault. */
  readonly who: number;
  readonly seed: number;
  /** At most so many presses. */
  readonly steps: number;
  /** What somebody comes for. */
  readonly errand?: ErrandName;
}

const FIRST_DAY = '2026-11-24';
/** The moments of a day when the house looks at its schedule: in the night, and before and after the decent hours. */
const TICKS = ['02:20', '07:50', '12:30', '17:40'];
const STAFF_SHARE = 35;
/** Nobody comes on a Saturday or a Sunday. */
const WORKDAYS = 7 / 5;
/** Of a hundred sessions of clients, how many are of whoever does most in their body. */
const KEEN = 80;
/** Of a hundred days, and of those without work, on how many the schedule does not run; never two after each other. */
const QUIET = { workday: 70, weekend: 85 };
/** How often in a month; of the staff and of suppliers, for each ten bodies. */
const FAULTS = 2;
const SUPPLIER_VISITS = 1;
const CORRECTIONS = 0.4;
const STAFF_ERRANDS = 4;
/** An errand goes on as long as it leads somewhere. */
const LONG = 45;

type Weighed<T> = readonly (readonly [weight: number, what: T])[];

/** After so many business days a project is looked at again: by its body, then by the staff, then by its supplier. */
const ROUND = 5;
const STAFF_TURN = 1;
const SUPPLIER_TURN = 2;
/** How many bodies one of the staff, or a supplier, looks after at a time. */
const A_STAFF_DAY = 4;

/** What else clients come for, of a hundred times. */
const CLIENTS: Weighed<ErrandName> = [
  [8, 'begin'],
  [10, 'meeting'],
  [20, 'invoices'],
  [8, 'duties'],
  [8, 'amend'],
  [14, 'trial'],
  [6, 'evaluate'],
  [12, 'note'],
  [4, 'comment'],
  [5, 'belong'],
  [2, 'terminate'],
  [3, 'leave'],
];
const BROKERS: Weighed<ErrandName> = [
  [40, 'members'],
  [30, 'queue'],
  [10, 'absence'],
  [10, 'campaign'],
  [10, 'broadcast'],
];

/** All that is to happen in a world, in the order of time. */
export function planOf(seed: number, sizes: Sizes): readonly Happening[] {
  const random = randomOf(seedOf(seed, 'plan'));
  const cast = castOf(sizes);
  const first = Temporal.PlainDate.from(FIRST_DAY);
  const last = first.add({ months: sizes.months });
  const plan: Happening[] = [];
  const add = (
    day: Temporal.PlainDate,
    time: string,
    kind: Happening['kind'],
    { who = 0, steps = 0, errand }: { who?: number; steps?: number; errand?: ErrandName | undefined } = {},
  ): void => {
    const at = day.toZonedDateTime({ timeZone: ZONE, plainTime: Temporal.PlainTime.from(time) }).toInstant();
    const own = seedOf(seed, kind, day.toString(), time, who, plan.length);
    plan.push({ at, kind, who, steps, seed: own, ...(errand && { errand }) });
  };
  const clients = cast.filter(({ kind }) => kind === 'client').length;
  const hour = (): string => timeBetween(6, 21, random);
  const office = (): string => timeBetween(8, 16, random);
  const share = (inMonth: number): number => {
    const perDay = inMonth / 30;
    return Math.floor(perDay) + (random.chance(Math.round((perDay % 1) * 100)) ? 1 : 0);
  };
  let days = 0;
  let faults = 0;
  let workdays = 0;
  let quiet = false;
  for (let day = first; Temporal.PlainDate.compare(day, last) < 0; day = day.add({ days: 1 }), days++) {
    const weekend = day.dayOfWeek > 5;
    const turned = clocksChange(day);
    const still: boolean = !turned && !quiet && random.chance(weekend ? QUIET.weekend : QUIET.workday);
    quiet = still;
    const ticks = still ? [] : ticksOf(turned ? TICKS.length : sizes.ticks, random);
    for (const time of ticks) add(day, time, days % sizes.nights === 0 ? 'night' : 'tick');
    if (days % sizes.judged === 0) add(day, '23:30', 'day');
    if (day.day === 1) add(day, '09:15', 'prices');
    for (let n = share(FAULTS); n > 0; n--) add(day, hour(), 'fault', { who: faults++ });
    if (weekend) continue;
    if (day.day > 1) for (let n = share(CORRECTIONS * WORKDAYS); n > 0; n--) add(day, '10:10', 'correction');
    const turn = workdays++ % ROUND;
    for (let body = 0; body < Math.min(sizes.projects, sizes.bodies); body++)
      if ((turn + body) % ROUND === 0)
        add(day, office(), 'errand', { who: body * sizes.members, steps: LONG, errand: 'goOn' });
    for (let n = 0; n < sizes.projects / A_STAFF_DAY && turn === STAFF_TURN; n++)
      add(day, office(), 'errand', {
        who: random.int(clients, cast.length - 1),
        steps: LONG,
        errand: 'meetings',
      });
    for (let n = 0; n < sizes.projects / A_STAFF_DAY && turn === SUPPLIER_TURN; n++)
      add(day, hour(), 'supplier');
    for (let n = share(sizes.sessions * WORKDAYS); n > 0; n--) {
      const who = random.chance(STAFF_SHARE) ? random.int(clients, cast.length - 1) : clientOf(sizes, random);
      add(day, hour(), 'session', { who, steps: random.int(2, 7) });
    }
    for (let n = share(sizes.errands * WORKDAYS); n > 0; n--)
      add(day, office(), 'errand', {
        who: clientOf(sizes, random),
        steps: LONG,
        // First they say where they are from.
        errand: days < FIRST_DAYS ? 'belong' : random.weighed(CLIENTS),
      });
    for (let n = share(STAFF_ERRANDS * WORKDAYS * Math.ceil(sizes.projects / 10)); n > 0; n--)
      add(day, office(), 'errand', {
        who: random.int(clients, cast.length - 1),
        steps: LONG,
        errand: days < FIRST_DAYS ? 'members' : random.weighed(BROKERS),
      });
    for (let n = share(SUPPLIER_VISITS * WORKDAYS * Math.ceil(sizes.projects / 10)); n > 0; n--)
      add(day, hour(), 'supplier');
  }
  return plan.sort((one, other) => Temporal.Instant.compare(one.at, other.at));
}

/** What happens in so many days of a plan. */
export const firstDays = (plan: readonly Happening[], days: number): readonly Happening[] => {
  const [first] = plan;
  const until = first?.at.add({ hours: 24 * days });
  return plan.filter(({ at }) => until && Temporal.Instant.compare(at, until) < 0);
};

const FIRST_DAYS = 7;

/** Whether clocks change on a day: the house looks at its schedule in each part of it. */
const clocksChange = (day: Temporal.PlainDate): boolean =>
  day.toZonedDateTime({ timeZone: ZONE }).hoursInDay !== 24;

const timeBetween = (first: number, last: number, random: Random): string =>
  `${String(random.int(first, last)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}`;

/** So many of the moments of a day, in their order. */
function ticksOf(count: number, random: Random): readonly string[] {
  if (count >= TICKS.length) return TICKS;
  const drawn = new Set(Array.from({ length: count }, () => random.pick(TICKS)));
  return TICKS.filter((time) => drawn.has(time));
}

/** Of a body, mostly the same person comes. */
function clientOf({ bodies, members }: Sizes, random: Random): number {
  const body = random.int(0, bodies - 1);
  return body * members + (random.chance(KEEN) ? 0 : random.int(0, members - 1));
}

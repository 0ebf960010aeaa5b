import { castOf, type Sizes } from './cast.ts';
import { ZONE } from './house.ts';
import { type Random, randomOf, seedOf } from './random.ts';

/** Something that is to happen: who or what, when, and the seed of all that is drawn in it. */
export interface Happening {
  readonly at: Temporal.Instant;
  readonly kind: 'session' | 'supplier' | 'tick' | 'night' | 'day' | 'prices' | 'fault';
  /** Whose session, by their place in the cast. */
  readonly who: number;
  readonly seed: number;
  /** At most so many presses. */
  readonly steps: number;
}

const FIRST_DAY = '2026-11-24';
/** The moments of a day when the house looks at its schedule: in the night, and before and after the decent hours. */
const TICKS = ['02:20', '07:50', '12:30', '17:40'];
const STAFF_SHARE = 35;
/** Nobody comes on a Saturday or a Sunday. */
const WORKDAYS = 7 / 5;
/** Of a hundred sessions of clients, how many are of whoever does most in their body. */
const KEEN = 75;
const FAULTS_A_MONTH = 3;
/** Of a hundred days without work, on how many the house is not even looked at. */
const QUIET = 60;
const SUPPLIER_VISITS = 6;

/** All that is to happen in a world, in the order of time. */
export function planOf(seed: number, sizes: Sizes): readonly Happening[] {
  const random = randomOf(seedOf(seed, 'plan'));
  const cast = castOf(sizes);
  const first = Temporal.PlainDate.from(FIRST_DAY);
  const last = first.add({ months: sizes.months });
  const plan: Happening[] = [];
  const add = (day: Temporal.PlainDate, time: string, kind: Happening['kind'], who = 0, steps = 0): void => {
    const at = day.toZonedDateTime({ timeZone: ZONE, plainTime: Temporal.PlainTime.from(time) }).toInstant();
    plan.push({ at, kind, who, steps, seed: seedOf(seed, kind, day.toString(), time, who, plan.length) });
  };
  const clients = cast.filter(({ kind }) => kind === 'client').length;
  const hour = (): string =>
    `${String(random.int(6, 21)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}`;
  let days = 0;
  for (let day = first; Temporal.PlainDate.compare(day, last) < 0; day = day.add({ days: 1 }), days++) {
    const night = days % sizes.nights === 0;
    const weekend = day.dayOfWeek > 5;
    const ticks = weekend && random.chance(QUIET) ? [] : ticksOf(sizes.ticks, random);
    for (const time of ticks) add(day, time, night ? 'night' : 'tick');
    if (days % sizes.judged === 0) add(day, '23:30', 'day');
    if (day.day === 1) add(day, '09:15', 'prices');
    const share = (inMonth: number): number => {
      const perDay = inMonth / 30;
      return Math.floor(perDay) + (random.chance(Math.round((perDay % 1) * 100)) ? 1 : 0);
    };
    for (let n = weekend ? 0 : share(sizes.sessions * WORKDAYS); n > 0; n--) {
      const who = random.chance(STAFF_SHARE) ? random.int(clients, cast.length - 1) : clientOf(sizes, random);
      add(day, hour(), 'session', who, random.int(2, 9));
    }
    for (let n = share(SUPPLIER_VISITS); n > 0; n--) add(day, hour(), 'supplier');
    for (let n = share(FAULTS_A_MONTH); n > 0; n--) add(day, hour(), 'fault');
  }
  return plan.sort((one, other) => Temporal.Instant.compare(one.at, other.at));
}

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

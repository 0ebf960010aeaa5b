import { setTimeout as pause } from 'node:timers/promises';
import { runOn } from '../../test/support/postgres-server.ts';
import { type Bot, type Connector, processorOf, residentOf, stop, turn } from '../bots.ts';
import { median, row } from '../figures.ts';
import { type Findings, french, type Line, times } from './line.ts';
import { ENGINES, withPlaces } from './places.ts';

const WARM_UP = 150;
const TURNS = 500;
const AT_ONCE = 24;
const ROUNDS = 3;
const ROUND_TURNS = 1_000;
/** Longer than idle connections stay open where nobody asks that they stay. */
const QUIET_MS = 12_000;
const QUIET_TURNS = 6;
const GOALS = { turn: 1.3, saturation: 0.6, quiet: 2, memoryMb: 200 } as const;

type Bots = Readonly<Record<'echo' | (typeof ENGINES)[number], Bot>>;
const PEER = 'echo';
const NAMES = [PEER, ...ENGINES] as const;

/** So many turns of people in turn, `AT_ONCE` under way at a time: how many a second, and the processor of each in milliseconds. */
async function saturated({ port, child }: Bot, connector: Connector, round: string) {
  const worked = processorOf(child);
  const start = performance.now();
  let begun = 0;
  async function person(n: number): Promise<void> {
    for (let at = begun++; at < ROUND_TURNS; at = begun++)
      await turn(port, connector, `${round}-${at}`, `p${n}`);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => person(n)));
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: ROUND_TURNS / seconds, worked: (processorOf(child) - worked) / ROUND_TURNS };
}

/** Longer than a server waits before it tells what it did. */
const TOLD_MS = 1_500;

/** How many transactions a database ended so far: outside of one, a statement is one. */
async function transactionsOf(url: string): Promise<number> {
  await pause(TOLD_MS);
  const [row] = await runOn(
    url,
    'select xact_commit::int as ended from pg_stat_database where datname = current_database()',
  );
  return row && 'ended' in row ? Number(row.ended) : Number.NaN;
}

/** Turns one at a time, interleaved; then as many at once as each can serve, in rounds; then what each holds of memory. */
async function measure(): Promise<Findings> {
  return withPlaces(async ({ connector, bundled, echo, env }) => {
    const bots: Bots = {
      echo: await echo(),
      PostgreSQL: await bundled('PostgreSQL'),
      PGlite: await bundled('PGlite'),
    };
    const rest = Object.fromEntries(NAMES.map((name) => [name, residentOf(bots[name].child)])) as Record<
      keyof Bots,
      number
    >;
    const elapsed = Object.fromEntries(NAMES.map((name) => [name, [] as number[]])) as Record<
      keyof Bots,
      number[]
    >;
    for (let n = 0; n < WARM_UP + TURNS; n++)
      for (const name of NAMES) {
        const took = await turn(bots[name].port, connector, n);
        if (n >= WARM_UP) elapsed[name].push(took);
      }
    const quiet = await afterQuiet(bots, connector);
    const rounds = Object.fromEntries(
      NAMES.map((name) => [name, [] as Awaited<ReturnType<typeof saturated>>[]]),
    ) as Record<keyof Bots, Awaited<ReturnType<typeof saturated>>[]>;
    const url = env('PostgreSQL').DATABASE_URL ?? '';
    const before = await transactionsOf(url);
    for (let n = 0; n <= ROUNDS; n++)
      for (const name of NAMES) {
        const one = await saturated(bots[name], connector, `${n}`);
        if (n > 0) rounds[name].push(one);
      }
    const transactions = ((await transactionsOf(url)) - before) / ((ROUNDS + 1) * ROUND_TURNS);
    const after = Object.fromEntries(NAMES.map((name) => [name, residentOf(bots[name].child)])) as Record<
      keyof Bots,
      number
    >;
    await Promise.all(NAMES.map((name) => stop(bots[name])));

    row('', ...NAMES);
    row('median turn, POST to reply (ms)', ...NAMES.map((name) => median(elapsed[name])));
    row('median turn after a quiet while (ms)', ...NAMES.map((name) => median(quiet[name])));
    row(
      'turns a second, 24 at once',
      ...NAMES.map((name) => median(rounds[name].map(({ perSecond }) => perSecond))),
    );
    row('processor a turn (ms)', ...NAMES.map((name) => median(rounds[name].map(({ worked }) => worked))));
    row('transactions a turn, PostgreSQL', transactions);
    row('memory, just ready (MB)', ...NAMES.map((name) => rest[name]));
    row('memory after all those turns (MB)', ...NAMES.map((name) => after[name]));
    return conclusions(elapsed, quiet, rounds, transactions);
  });
}

/** What each takes to answer whoever writes first after a while in which nobody did, as most do in an office. */
async function afterQuiet(bots: Bots, connector: Connector): Promise<Record<keyof Bots, number[]>> {
  const elapsed: Record<keyof Bots, number[]> = { echo: [], PostgreSQL: [], PGlite: [] };
  for (let n = 0; n < QUIET_TURNS; n++) {
    await pause(QUIET_MS);
    for (const name of NAMES) elapsed[name].push(await turn(bots[name].port, connector, `quiet-${n}`));
  }
  return elapsed;
}

function conclusions(
  elapsed: Readonly<Record<keyof Bots, number[]>>,
  quiet: Readonly<Record<keyof Bots, number[]>>,
  rounds: Readonly<Record<keyof Bots, Awaited<ReturnType<typeof saturated>>[]>>,
  transactions: number,
): Findings {
  const besideEcho = (of: typeof elapsed) => ENGINES.map((engine) => median(of[engine]) / median(of.echo));
  const turnRatios = besideEcho(elapsed);
  const quietRatios = besideEcho(quiet);
  const told = (ratios: readonly number[]) =>
    ENGINES.map((engine, at) => `${engine} ${times(ratios[at] ?? Number.NaN)}`).join(' ; ');
  // Each round beside the echo's of the same minute.
  const shares = ENGINES.map((engine) =>
    median(rounds[engine].map(({ perSecond }, at) => perSecond / (rounds.echo[at]?.perSecond ?? Number.NaN))),
  );
  const worked = ENGINES.map((engine) =>
    median(rounds[engine].map((each, at) => each.worked / (rounds.echo[at]?.worked ?? Number.NaN))),
  );
  return {
    turn: {
      now: told(turnRatios),
      kept: turnRatios.every((ratio) => ratio <= GOALS.turn),
    },
    quiet: {
      now: `${told(quietRatios)} (PostgreSQL ${french(median(quiet.PostgreSQL))} ms)`,
      kept: quietRatios.every((ratio) => ratio <= GOALS.quiet),
    },
    saturation: {
      now: `${ENGINES.map(
        (engine, at) =>
          `${engine} ${times(shares[at] ?? Number.NaN)} (processeur par tour ${times(worked[at] ?? Number.NaN)})`,
      ).join(' ; ')} ; ${french(transactions)} transactions par tour`,
      kept: shares.every((share) => share >= GOALS.saturation),
    },
  };
}

export const turning: Line = {
  id: 'turn',
  minutes: 8,
  rows: [
    {
      id: 'turn',
      what: 'Un tour, du message à la réponse',
      before: '1,9 à 2,0 ×',
      goal: '≤ 1,3 ×, puis 1,15 ×',
      peer: 'l’écho, tour à tour',
    },
    {
      id: 'quiet',
      what: 'Le premier tour après un moment où personne n’écrit (douze secondes)',
      before: 'PostgreSQL 4,6 × (45 ms)',
      goal: '≤ 2 × (le nôtre)',
      peer: 'l’écho, tour à tour',
    },
    {
      id: 'saturation',
      what: 'Tours par seconde à saturation, un processus, vingt-quatre à la fois',
      before: '0,33 ×',
      goal: '≥ 0,6 ×',
      peer: 'l’écho, tour à tour',
    },
  ],
  measure,
};

const SETTLE_MS = 20_000;

/** What a process holds once it is ready and has answered a few: as long as nobody speaks to it. */
async function resting(): Promise<Findings> {
  return withPlaces(async ({ connector, bundled, echo }) => {
    const [bot, peer] = [await bundled('PostgreSQL'), await echo()];
    for (const { port } of [bot, peer]) for (let n = 0; n < 5; n++) await turn(port, connector, n);
    await pause(SETTLE_MS);
    const [ours, theirs] = [residentOf(bot.child), residentOf(peer.child)];
    await Promise.all([stop(bot), stop(peer)]);
    row('', 'Courtier', 'echo bot', 'ratio');
    row('memory at rest (MB)', ours, theirs, ours / theirs);
    return {
      rest: {
        now: `${french(ours, 0)} Mo (écho ${french(theirs, 0)}, ${times(ours / theirs)})`,
        kept: ours <= GOALS.memoryMb,
      },
    };
  });
}

export const rest: Line = {
  id: 'rest',
  minutes: 2,
  rows: [
    {
      id: 'rest',
      what: 'Mémoire au repos, assemblage, PostgreSQL',
      before: '350 Mo (écho 130)',
      goal: '≤ 200 Mo',
      peer: 'l’écho',
    },
  ],
  measure: resting,
};

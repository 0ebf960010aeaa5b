import { run, stop } from '../bots.ts';
import { median, row } from '../figures.ts';
import { type Findings, type Line, times } from './line.ts';
import { ENGINES, type EngineName, withPlaces } from './places.ts';

const STARTS = 7;
const GOALS = { bundle: 1.5, sources: 2.5 } as const;
type Way = keyof typeof GOALS;

/** The echo, which opens a database before it listens. */
const echoOn = (engine: EngineName, { PATH, DATA_DIR, DATABASE_URL }: NodeJS.ProcessEnv) =>
  run('bench/echo.ts', {
    PATH,
    ...(engine === 'PGlite' ? { ECHO_DATA: DATA_DIR } : { ECHO_DATABASE: DATABASE_URL }),
  });

/** From the start of the process until it is ready, each beside the echo that was started just before, and beside an echo that opens the same engine. */
async function measure(): Promise<Findings> {
  return withPlaces(async ({ env, bundled, echo }) => {
    const ways = {
      bundle: bundled,
      sources: (engine) => run('src/main.ts', env(engine)),
    } satisfies Record<Way, typeof bundled>;
    const found: Record<string, { now: string; kept: boolean }> = {};
    row('start to ready', 'clock (ms)', 'CPU (ms)', 'to echo', 'CPU to echo', 'to echo+engine');
    for (const way of ['bundle', 'sources'] as const) {
      const said: { engine: string; ratio: number; text: string }[] = [];
      for (const engine of ENGINES) {
        const ratios = { clock: [] as number[], worked: [] as number[], bare: [] as number[] };
        const ours = { clock: [] as number[], worked: [] as number[] };
        for (let n = 0; n < STARTS; n++) {
          const peer = await echo();
          await stop(peer);
          const bare = await echoOn(engine, env(engine));
          await stop(bare);
          const bot = await ways[way](engine);
          await stop(bot);
          ours.clock.push(bot.elapsed);
          ours.worked.push(bot.worked);
          ratios.clock.push(bot.elapsed / peer.elapsed);
          ratios.worked.push(bot.worked / peer.worked);
          ratios.bare.push(bot.elapsed / bare.elapsed);
        }
        const [clock, worked, bare] = [ratios.clock, ratios.worked, ratios.bare].map(median) as [
          number,
          number,
          number,
        ];
        row(`${way}, ${engine}`, median(ours.clock), median(ours.worked), clock, worked, bare);
        said.push({
          engine,
          ratio: clock,
          text: `${engine} ${times(clock)} (processeur ${times(worked)}, écho avec base ${times(bare)})`,
        });
      }
      found[`start-${way}`] = {
        now: said.map(({ text }) => text).join(' ; '),
        kept: said.every(({ ratio }) => ratio <= GOALS[way]),
      };
    }
    return found;
  });
}

export const starting: Line = {
  id: 'start',
  minutes: 5,
  rows: [
    {
      id: 'start-bundle',
      what: 'Du démarrage à prêt, assemblage de `npm run build`',
      before: 'PostgreSQL 3,1 × ; PGlite 4,9 ×',
      goal: '≤ 1,5 ×',
      peer: 'l’écho ; l’écho qui ouvre la même base',
    },
    {
      id: 'start-sources',
      what: 'Du démarrage à prêt, depuis les sources',
      before: 'PostgreSQL 3,1 × ; PGlite 4,9 ×',
      goal: '≤ 2,5 ×',
      peer: 'l’écho ; l’écho qui ouvre la même base',
    },
  ],
  measure,
};

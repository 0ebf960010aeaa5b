import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConnector, run, stop, stopAll, turn } from './bots.ts';
import { median, row } from './figures.ts';

const STARTS = 5;
const WARM_UP = 100;
const TURNS = 400;

/** One whole turn, from POST to the reply received by the connector, and the time from start to ready, beside a bare echo bot. */
export async function benchTurn(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'courtier-bench-'));
  const connector = await openConnector();
  const env = { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'info', DRAIN_SECONDS: '0' };
  const courtier = () => run('src/main.ts', env);
  const echo = () => run('bench/echo.ts', env);
  try {
    await courtier().then(stop);
    const starts = { courtier: [] as number[], echo: [] as number[] };
    for (let n = 0; n < STARTS; n++) {
      for (const [name, launch] of [
        ['echo', echo],
        ['courtier', courtier],
      ] as const) {
        const bot = await launch();
        starts[name].push(bot.elapsed);
        await stop(bot);
      }
    }
    const [bot, peer] = [await courtier(), await echo()];
    const times = { courtier: [] as number[], echo: [] as number[] };
    for (let n = 0; n < WARM_UP + TURNS; n++) {
      for (const [name, { port }] of [
        ['echo', peer],
        ['courtier', bot],
      ] as const) {
        const elapsed = await turn(port, connector, n);
        if (n >= WARM_UP) times[name].push(elapsed);
      }
    }
    await Promise.all([stop(bot), stop(peer)]);

    console.log('\nWhole turns, on the embedded database, one at a time');
    row('', 'Courtier', 'echo bot', 'ratio');
    const compare = (label: string, ours: number, theirs: number) => row(label, ours, theirs, ours / theirs);
    compare('median turn, POST to reply (ms)', median(times.courtier), median(times.echo));
    compare('start to ready (ms)', median(starts.courtier), median(starts.echo));
  } finally {
    stopAll();
    connector.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

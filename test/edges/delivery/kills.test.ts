import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { openPostgres } from '../../../src/edges/storage/postgres.ts';
import { fakeClock } from '../../support/clock.ts';
import { broadcast, engine, introduce, silent } from '../../support/delivery.ts';
import { migratedPostgres } from '../../support/postgres.ts';
import { print } from '../../support/print.ts';
import { openTeamsServer } from '../../support/teams-server.ts';

const KILLS = 50;
const PEOPLE = 80;
const FIRST = Temporal.Instant.from('2026-11-23T15:00:00Z');
/** A lease is believed for thirty seconds: each process lives that much later than the one before. */
const LATER_MS = 31_000;
/** Five seconds between two sendings: a kill strikes one, also on a machine that is slow. */
const RATE = '0.2';

let folder: string;
let results: Map<string, Awaited<ReturnType<typeof strike>>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-kills-'));
  // In one file the worker starts six times faster, and it starts two hundred times.
  await build({
    entryPoints: [join(import.meta.dirname, '../../support/delivery-worker.ts')],
    outfile: join(folder, 'worker.cjs'),
    bundle: true,
    platform: 'node',
    external: ['pg-native'],
    define: { 'import.meta.dirname': JSON.stringify(folder) },
    logLevel: 'error',
  });
  const windows = ['leased', 'claimed', 'posted', 'recorded'];
  results = new Map(
    await Promise.all(windows.map(async (window) => [window, await strike(window)] as const)),
  );
}, 600_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a worker to its end, or to its death. */
function worker(env: Record<string, string>): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [join(folder, 'worker.cjs')], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(folder, 'cache'), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.on('exit', (_code, signal) => resolve(signal)));
}

/** Kills fifty workers at one moment of their sendings, then lets others finish. */
async function strike(window: string) {
  const { url, stop } = await migratedPostgres();
  const storage = openPostgres(url, silent);
  const teams = await openTeamsServer({ perSecond: 100_000 });
  try {
    const { alone, deliveries, conversations } = engine({ db: storage.db, clock: fakeClock() });
    const to = await introduce(conversations, teams.url, PEOPLE);
    for (const [n, person] of to.entries())
      for (const kind of ['broadcast', 'sure'])
        await alone.address(broadcast({ kind, key: kind, about: kind, at: FIRST.add({ milliseconds: n }) }), [
          person,
        ]);
    const run = (n: number, env = {}) =>
      worker({
        WORKER_DATABASE: url,
        WORKER_TEAMS: teams.url,
        WORKER_AHEAD_MS: String(n * LATER_MS),
        WORKER_RATE: RATE,
        ...env,
      });
    let kills = 0;
    for (let n = 0; n < KILLS; n++) if ((await run(n, { WORKER_STRIKE: window })) === 'SIGKILL') kills++;
    for (let n = KILLS; n < KILLS + 4; n++) await run(n, { WORKER_RATE: '200' });
    const counts = {
      broadcast: await deliveries.counts('broadcast'),
      sure: await deliveries.counts('sure'),
    };
    const received = teams.accepted().length;
    const broadcasts = teams.accepted().filter(({ body }) => body.text === 'broadcast').length;
    print(
      `SIGKILL at « ${window} »: ${kills} kills, ${received} of ${2 * PEOPLE} received; ` +
        `broadcasts: ${counts.broadcast.sent} sent, ${counts.broadcast.unknown} unknown; ` +
        `reminders: ${counts.sure.sent} sent, ${counts.sure.unknown} unknown`,
    );
    return { kills, received, broadcasts, ...counts };
  } finally {
    await teams.close();
    await storage.close();
    await stop();
  }
}

const resultOf = (window: string) => {
  const found = results.get(window);
  if (!found) throw new Error(`no result at ${window}`);
  return found;
};

test.each(['leased', 'claimed', 'posted', 'recorded'])(
  'fifty kills at « %s » lose nothing: what is not known to be sent is listed as unknown',
  (window) => {
    const { kills, broadcast, sure } = resultOf(window);
    expect(kills).toBe(KILLS);
    expect([broadcast.sent + broadcast.unknown, sure.sent + sure.unknown]).toEqual([PEOPLE, PEOPLE]);
  },
);

test.each(['leased', 'recorded'])('killed at « %s », everything is sent exactly once', (window) => {
  const { received, broadcast, sure } = resultOf(window);
  expect([broadcast.sent, sure.sent, received]).toEqual([PEOPLE, PEOPLE, 2 * PEOPLE]);
});

test('killed after the claim and before the POST, reminders are sent once, broadcasts are listed', () => {
  const { kills, received, broadcast, sure } = resultOf('claimed');
  expect(sure.sent).toBe(PEOPLE);
  expect(broadcast.unknown).toBeLessThanOrEqual(kills);
  expect(received).toBe(broadcast.sent + sure.sent);
});

test('killed after the POST and before the record, reminders are sent twice at most, broadcasts never', () => {
  const { received, broadcasts, sure } = resultOf('posted');
  expect(sure.sent).toBe(PEOPLE);
  expect(broadcasts).toBe(PEOPLE);
  expect(received - broadcasts).toBeLessThanOrEqual(2 * PEOPLE);
});

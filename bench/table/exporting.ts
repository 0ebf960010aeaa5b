import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { EVERY_CONTRACT } from '../../src/features/contracts/overseeing/rules/filter.ts';
import { bundle } from '../../test/support/bundle.ts';
import { alex } from '../../test/support/people.ts';
import { until } from '../../test/support/process.ts';
import { assembled } from '../assembled.ts';
import { type Bot, stop as end, run, stopAll } from '../bots.ts';
import { row } from '../figures.ts';
import { CONTRACTS, office } from '../large-office.ts';
import { type Findings, french, type Line } from './line.ts';

const AT_ONCE = 5;
const SETTLE_MS = 15_000;
const GIVEN_BACK_MS = 30_000;
const GOALS = { addedMb: 100, heldMs: 50, keptMb: 30 } as const;
const PROBE = join(import.meta.dirname, '../probe.ts');
const Probed = z.object({ held: z.number(), most: z.number(), now: z.number() });

/** What the probe of a process says since it was asked last: milliseconds that the loop was held, megabytes. */
async function probed({ child }: Bot, file: string): Promise<z.infer<typeof Probed>> {
  rmSync(file, { force: true });
  child.kill('SIGUSR2');
  let found: z.infer<typeof Probed> | undefined;
  await until(() => {
    try {
      found = Probed.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      // Not written yet.
    }
    return found !== undefined;
  });
  if (!found) throw new Error('the probe says nothing');
  return found;
}

/** The register of all contracts, asked for five times at once of a process that is at rest. */
async function measure(): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'courtier-bench-'));
  const file = join(folder, 'probe.json');
  const { url, stop } = await office();
  try {
    const world = await assembled(url);
    const about = { tenantId: alex.tenantId, objectId: alex.objectId, filter: EVERY_CONTRACT };
    const links: string[] = [];
    for (let n = 0; n < AT_ONCE; n++) links.push(await world.services.links.issue('contractRegister', about));
    await world.close();
    const env = {
      PATH: process.env.PATH,
      PORT: '0',
      DATABASE_URL: url,
      BROKER_ADMINS: alex.objectId,
      LOG_LEVEL: 'info',
      DRAIN_SECONDS: '0',
      PROBE_FILE: file,
    };
    const bot = await run(join(bundle(), 'main.js'), env, ['--import', PROBE]);
    await pause(SETTLE_MS);
    const before = await probed(bot, file);
    const start = performance.now();
    const sizes = await Promise.all(
      links.map(async (link) => {
        const response = await fetch(`http://127.0.0.1:${bot.port}${new URL(link).pathname}`);
        const { byteLength } = await response.arrayBuffer();
        if (!response.ok || byteLength < CONTRACTS)
          throw new Error(`no file: ${response.status}, ${byteLength} bytes`);
        return byteLength;
      }),
    );
    const seconds = (performance.now() - start) / 1_000;
    const during = await probed(bot, file);
    await pause(GIVEN_BACK_MS);
    const after = await probed(bot, file);
    await end(bot);
    const [added, kept] = [during.most - before.now, after.now - before.now];
    row('five exports at once', 'before (MB)', 'most (MB)', 'after (MB)', 'held (ms)', 'time (s)');
    row(`${french((sizes[0] ?? 0) / 1e6)} MB each`, before.now, during.most, after.now, during.held, seconds);
    return {
      exports: {
        now: `${french(before.now, 0)} → ${french(during.most, 0)} Mo, puis ${french(after.now, 0)} Mo ; boucle retenue ${french(during.held, 0)} ms ; ${french(seconds)} s`,
        kept: added <= GOALS.addedMb && during.held <= GOALS.heldMs && kept <= GOALS.keptMb,
      },
    };
  } finally {
    stopAll();
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const exporting: Line = {
  id: 'exports',
  minutes: 4,
  office: true,
  rows: [
    {
      id: 'exports',
      what: `Cinq exports à la fois : le registre de ${french(CONTRACTS, 0)} contrats`,
      before: '415 → 1 010 à 1 216 Mo, boucle retenue 1 s',
      goal: '+ 100 Mo au plus, boucle jamais retenue plus de 50 ms, mémoire rendue',
      peer: 'le même processus au repos',
    },
  ],
  measure,
};

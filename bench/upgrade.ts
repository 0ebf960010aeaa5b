import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { postgres } from '../test/support/postgres.ts';
import { runOn } from '../test/support/postgres-server.ts';
import { ROOT } from '../test/support/process.ts';
import { rollingRestart } from '../test/support/rolling-restart.ts';
import { row } from './figures.ts';

const COUNT = `select count(*)::int as n from drizzle.__drizzle_migrations`;

/**
 * Two processes of an earlier revision of this repository are replaced by two of today's, one after the other, under
 * load: `npm run bench upgrade REVISION`. It needs the history, and libraries that serve both.
 */
export async function benchUpgrade(revision: string | undefined): Promise<void> {
  if (!revision) throw new Error('npm run bench upgrade REVISION');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, maxBuffer: 1e9 });
  const commit = git('rev-parse', '--short', `${revision}^{commit}`).toString().trim();
  // Inside the repository: its libraries are found there.
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'dist/upgrade-'));
  const server = await postgres();
  const migrations = async () => (await runOn(server.url, COUNT)) as { n: number }[];
  try {
    execFileSync('tar', ['-x', '-C', folder], { input: git('archive', commit) });
    const before = git('ls-tree', '-r', '--name-only', commit, 'src/edges/storage/migrations')
      .toString()
      .split('\n')
      .filter((name) => name.endsWith('.sql')).length;
    const counts = await rollingRestart({
      databaseUrl: server.url,
      probeMs: 3_000,
      drainSeconds: 10,
      paceMs: 400,
      before: [process.execPath, join(folder, 'src/main.ts')],
    });
    const [after] = await migrations();
    console.log(`\nTwo processes of ${commit} replaced by two of today, under load; probes every 3 s`);
    row('migrations', String(before), String(after?.n ?? 0));
    row('turns sent', String(counts.sent));
    row('answered', String(counts.answered));
    row('lost', String(counts.lost));
    if (counts.refusals.length > 0) {
      row('refusals', [...new Set(counts.refusals)].join(' '));
      row('not ready for', counts.reasons.join(' '));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// `node tools/warm.ts FOLDER`: starts what `tools/image.ts` made, on an empty database, and stops it once it is ready. What
// Node compiled is then in the cache, and an image that does not start is not made.

const PATIENCE_MS = 120_000;
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('node tools/warm.ts FOLDER');
const data = mkdtempSync(join(tmpdir(), 'courtier-warm-'));
const child = spawn(process.execPath, ['dist/bundle/main.js'], {
  cwd: folder,
  env: {
    PORT: '0',
    DRAIN_SECONDS: '0',
    DATA_DIR: data,
    ...(process.env.NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
  },
  stdio: ['ignore', 'ignore', 'pipe'],
  timeout: PATIENCE_MS,
});
let log = '';
child.stderr.on('data', (chunk) => {
  const wasReady = log.includes('"ready"');
  log += chunk;
  if (!wasReady && log.includes('"ready"')) child.kill('SIGTERM');
});
const [status] = await once(child, 'close');
rmSync(data, { recursive: true, force: true });
if (status !== 0 || !log.includes('"ready"')) throw new Error(`it did not start:\n${log}`);

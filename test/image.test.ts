import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { print } from './support/print.ts';

// The steps of the Dockerfile, without what builds images: an empty folder, and what is put there is all there is. As
// another user, and on a root that cannot be written, as far as this machine lets.

const ROOT = join(import.meta.dirname, '..');
const USER = 10_001;
const isRoot = process.getuid?.() === 0;
let folder: string;
let data: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-image-'));
  data = mkdtempSync(join(tmpdir(), 'courtier-image-data-'));
  execFileSync(process.execPath, [join(ROOT, 'tools/image.ts'), folder]);
  chmodSync(folder, 0o755);
  chmodSync(data, 0o777);
});
afterAll(() => {
  for (const each of [folder, data]) rmSync(each, { recursive: true, force: true });
});

/** Whether this machine lets a process have a root of its own, which cannot be written. */
function canHaveItsRoot(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'sh', '-c', 'mount -o remount,bind,ro / && setpriv --version'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

/** A command of the image: as another user, and with nothing to write but its data, when this machine can. */
function run(args: readonly string[], options: SpawnOptions) {
  const command = [process.execPath, ...args];
  if (!isRoot || !canHaveItsRoot()) {
    print('image: same user or same root, this machine does not let it have others');
    return spawn(command[0] ?? '', command.slice(1), {
      ...options,
      ...(isRoot && { uid: USER, gid: USER }),
    });
  }
  const inside = `mount --bind ${data} ${data} && mount -o remount,bind,ro / && exec setpriv --reuid ${USER} --regid ${USER} --clear-groups "$@"`;
  return spawn('unshare', ['--mount', 'sh', '-c', inside, 'sh', ...command], options);
}

/** What a command writes on both outputs, and its status. */
async function said(args: readonly string[], env: Record<string, string> = {}) {
  const child = run(args, { cwd: folder, env: { DATA_DIR: join(data, 'cli'), ...env } });
  let text = '';
  for (const output of [child.stdout, child.stderr]) output?.on('data', (chunk) => (text += chunk));
  const [status] = await once(child, 'close');
  return { status, text };
}

test('it starts as another user on a root that cannot be written, answers its probe and ends at SIGTERM', async () => {
  const child = run(['dist/bundle/main.js'], {
    cwd: folder,
    env: { PORT: '0', DRAIN_SECONDS: '0', DATA_DIR: join(data, 'main') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  const port = new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      log += chunk;
      const found = /"port":(\d+)/.exec(log)?.[1];
      if (found) resolve(found);
    });
    child.on('close', () => reject(new Error(log)));
  });
  expect((await fetch(`http://127.0.0.1:${await port}/healthz`)).status).toBe(200);
  if (isRoot) {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    expect(status).toMatch(new RegExp(`^Uid:\\s+${USER}\\s+${USER}`, 'm'));
  }
  child.kill('SIGTERM');
  const [status] = await once(child, 'close');
  expect({ status, log: status === 0 ? '' : log }).toEqual({ status: 0, log: '' });
});

test('a question is answered from there, and the package is made', async () => {
  const asked = await said(['dist/bundle/cli.js', 'ask', '--json', 'Quels documents faut-il conserver ?']);
  expect(asked).toMatchObject({ status: 0, text: expect.stringContaining('"outcome":"answer"') });
  const out = join(data, 'courtier.zip');
  expect(await said(['dist/bundle/cli.js', 'package', '--out', out])).toMatchObject({ status: 0 });
  expect(existsSync(out)).toBe(true);
});

test('what it loads only when it needs it is there: cards, holidays, workbooks, documents', async () => {
  const probe = join(data, 'probe.mjs');
  const names = ['adaptivecards-templating', 'date-holidays', 'exceljs', 'docx'];
  writeFileSync(
    probe,
    `import { createRequire } from 'node:module';
     const require = createRequire('file://${folder}/dist/bundle/main.js');
     for (const name of ${JSON.stringify(names)}) require(name);
     process.stdout.write('all');`,
  );
  expect(await said([probe])).toEqual({ status: 0, text: 'all' });
});

test('nothing can be written beside its data', async () => {
  const write = `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'x'))}, '')`;
  const { status, text } = await said(['-e', write]);
  expect(status).not.toBe(0);
  expect(text).toMatch(/EROFS|EACCES/);
});

test('it holds no source, no test and no tool', () => {
  for (const each of [
    'src',
    'test',
    'tools',
    'node_modules/esbuild',
    'node_modules/typescript',
    'node_modules/node',
  ])
    expect(existsSync(join(folder, each))).toBe(false);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

// `node tools/steady.ts [TIMES] [Jest's options]`: all tests, so many times in a row, while as many processes as there are
// processors do nothing but work. A test that only passes on a quiet machine hides a fault, of itself or of the assistant.

const TIMES = 5;
const ROOT = join(import.meta.dirname, '..');
const Results = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Works until it is ended, at the same rank as everybody. */
const busy = (): ChildProcess => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });

/** One run; its counts and the names of the tests that failed. */
async function run(options: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'courtier-steady-'));
  const file = join(folder, 'results.json');
  const given = [
    'run',
    '--silent',
    'test:jest',
    '--',
    '--json',
    '--outputFile',
    file,
    '--forceExit',
    ...options,
  ];
  const jest = spawn('npm', given, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  await new Promise((resolve) => jest.on('exit', resolve));
  const results = Results.parse(JSON.parse(readFileSync(file, 'utf8')));
  rmSync(folder, { recursive: true, force: true });
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    names: results.testResults.flatMap(({ name, status, assertionResults }) =>
      status === 'failed' && assertionResults.length === 0
        ? [`${name} could not be run`]
        : assertionResults.filter((each) => each.status === 'failed').map(({ fullName }) => fullName),
    ),
  };
}

const [times = String(TIMES), ...options] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(times)) {
  process.stderr.write('Say first how many times: npm run test:steady -- 5 test/edges/teams\n');
  process.exit(1);
}
const load = Array.from({ length: availableParallelism() }, busy);
process.on('exit', () => {
  for (const each of load) each.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
let failures = 0;
for (let n = 1; n <= Number(times); n++) {
  const start = performance.now();
  const { passed, failed, names } = await run(options);
  const minutes = (performance.now() - start) / 60_000;
  say(
    `${n} of ${times}: ${passed} passed, ${failed} failed, in ${minutes.toFixed(1)} min beside ${load.length} busy processes`,
  );
  for (const name of names) say(`  ${name}`);
  failures += failed;
}
process.exit(failures === 0 ? 0 : 1);

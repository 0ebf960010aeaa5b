import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { DeliveryError } from '../../../src/core/errors.ts';
import { describeError } from '../../../src/edges/observability/index.ts';

const CANARY = 'zibelinotte';
const told = (error: unknown) => JSON.stringify(describeError(error));
const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

test.each<[string, () => unknown]>([
  ['a parser', () => JSON.parse(CANARY)],
  ['a number', () => BigInt(CANARY)],
  ['a date', () => Temporal.PlainDate.from(CANARY)],
  ['an address', () => new URL(CANARY)],
])('what %s quotes of what it was given is not kept', (_name, work) => {
  expect(told(thrownBy(work))).not.toContain(CANARY);
});

test.each<[string, object]>([
  [
    'a database',
    { name: 'error', code: '23514', detail: `Failing row contains (${CANARY}).`, table: 'comments' },
  ],
  ['a connector', { name: 'RestError', statusCode: 400, body: { error: { code: CANARY } }, code: CANARY }],
])('nor is what %s says; its codes are', (_name, parts) => {
  const kept = told(Object.assign(new Error(`${CANARY} is refused`), parts));
  expect(kept).not.toContain(CANARY);
  expect(kept).toMatch(/23514|400/);
});

test('each line says the id of what is under way, and none where there is nothing', async () => {
  const says = `
    const { buildLog } = await import('./src/edges/observability/logger.ts');
    const { traced } = await import('./src/core/process/trace.ts');
    const log = buildLog('info');
    log.info('before');
    await traced('${'a'.repeat(32)}', 'turn', async () => log.info('under way'));
  `;
  const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', says], {
    cwd: join(import.meta.dirname, '../../..'),
  });
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    expect.not.objectContaining({ trace: expect.anything() }),
    expect.objectContaining({ trace: 'a'.repeat(32) }),
  ]);
});

test('a message that imitates a line of a stack is none', () => {
  const error = Object.assign(new Error(`x\n    at ${CANARY} (file:///${CANARY})`), { name: 'RestError' });
  expect(told(error)).not.toContain(CANARY);
});

test('causes are told likewise, and where it was thrown', () => {
  const kept = told(
    new DeliveryError('dead', 'refused', { cause: Object.assign(new Error(CANARY), { name: 'RestError' }) }),
  );
  expect(kept).toContain('delivery: refused');
  expect(kept).toContain('logger.test.ts');
  expect(kept).not.toContain(CANARY);
});

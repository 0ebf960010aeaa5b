import { afterEach, expect, test } from '@jest/globals';
import type { Sheet } from '../../../src/core/ports/documents.ts';
import type { Log } from '../../../src/core/ports/log.ts';
import { buildDocuments, documents } from '../../../src/edges/documents/index.ts';
import { plainSheet } from '../../../src/edges/documents/rows.ts';
import { buildThread, type ThreadLimits } from '../../../src/edges/documents/thread.ts';
import { workbookOf } from '../../support/workbook.ts';

// Documents are made in a thread, one at a time; whatever becomes of one, the others are made.

const logged: { message: string; data: object }[] = [];
const write = (data: object, message: string) => void logged.push({ data, message });
const log: Log = { info: write, warn: write, error: write };
const ROOMY: ThreadLimits = { waiting: 5, waitMs: 30_000, workMs: 30_000, idleMs: 30_000, heapMb: 256 };
const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
  logged.length = 0;
});
const threaded = () => {
  const built = buildDocuments(log);
  open.push(built);
  return built.documents;
};
const thread = (limits: Partial<ThreadLimits> = {}) => {
  const built = buildThread('documents', { ...ROOMY, ...limits }, log);
  open.push(built);
  return built;
};

const sheetOf = (rows: Sheet['rows']): Sheet => ({
  name: 'Essai',
  columns: [
    { title: 'Offre', width: 10 },
    { title: 'Jour', width: 10, kind: 'day' },
    { title: 'Prix', width: 10, kind: 'money', total: true },
  ],
  rows,
});
const row = (n: number) => [`L'offre ${n}`, Temporal.PlainDate.from('2026-12-01').add({ days: n }), n];
async function* parts(count: number) {
  for (let n = 0; n < count; n++) yield [row(n), row(n)];
}
/** Rows that are never read to their end; `asked` resolves when the first of them are asked for. */
function endless() {
  const asked = Promise.withResolvers<void>();
  const rows = async function* () {
    yield [row(1)];
    asked.resolve();
    await new Promise(() => {});
  };
  return { rows: rows(), asked: asked.promise };
}

/** The order of a workbook, as a thread is given it. */
const ordered = (rows: Sheet['rows'], gone?: AbortSignal) => {
  const { rows: plain, ...table } = plainSheet(sheetOf(rows));
  return { order: { what: 'workbook', sheets: [table] } as const, rows: [plain], gone };
};

const valuesOf = async (bytes: Uint8Array) => (await workbookOf(bytes)).worksheets[0]?.getSheetValues();

test('a workbook, a text and a file that is read are the same as without a thread', async () => {
  const apart = threaded();
  const bytes = await apart.workbook([sheetOf(parts(600))]);
  expect(await valuesOf(bytes)).toEqual(await valuesOf(await documents.workbook([sheetOf(parts(600))])));
  expect(await apart.read('essai.xlsx', bytes)).toEqual(await documents.read('essai.xlsx', bytes));
  const text = { title: 'Titre', subtitle: 'Sous-titre', sections: [] };
  expect((await apart.text(text)).length).toBeGreaterThan(1_000);
});

test('several at once are all made, in their order', async () => {
  const apart = threaded();
  const made: number[] = [];
  await Promise.all(
    [3, 0, 2].map(async (n) => {
      const values = await valuesOf(await apart.workbook([sheetOf(parts(n))]));
      made.push(n);
      expect(values?.length).toBe(n === 0 ? 3 : 2 * n + 3);
    }),
  );
  expect(made).toEqual([3, 0, 2]);
});

test('a file that cannot be read says so, as without a thread, and is no failure', async () => {
  await expect(threaded().read('a.xlsx', new Uint8Array([1, 2, 3]))).rejects.toMatchObject({
    name: 'CourtierError',
    kind: 'invalid',
  });
  expect(logged).toEqual([]);
});

test('rows that cannot be read any more fail their workbook only, with a line of the log', async () => {
  const apart = threaded();
  const cut = async function* () {
    yield [row(1)];
    throw new Error('the database is gone');
  };
  await expect(apart.workbook([sheetOf(cut())])).rejects.toThrow('the database is gone');
  expect(logged.map(({ message }) => message)).toEqual(['document not made']);
  expect((await apart.workbook([sheetOf(parts(1))])).length).toBeGreaterThan(1_000);
});

test('what cannot go from thread to thread fails its workbook only', async () => {
  const one = thread();
  const { order } = ordered([]);
  const odd = async function* () {
    yield [[() => {}]];
  };
  await expect(one.work<'workbook'>({ order, rows: [odd() as never] })).rejects.toThrow(
    'could not be cloned',
  );
  expect((await one.work<'workbook'>(ordered([]))).length).toBeGreaterThan(1_000);
});

test('a thread that runs out of memory ends alone, and the next document is made', async () => {
  const much = 'x'.repeat(30_000);
  const huge = async function* () {
    for (let n = 0; n < 100_000; n++) yield [[`${n} ${much}`, '', '']];
  };
  const small = thread({ heapMb: 32 });
  await expect(small.work<'workbook'>(ordered(huge()))).rejects.toMatchObject({
    code: 'ERR_WORKER_OUT_OF_MEMORY',
  });
  expect(logged).toHaveLength(1);
  expect((await small.work<'workbook'>(ordered([]))).length).toBeGreaterThan(1_000);
});

test('whoever leaves is waited for no more, whether it was their turn or not', async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const one = thread();
  const { rows, asked } = endless();
  const under = one.work<'workbook'>(ordered(rows, first.signal));
  const waits = one.work<'workbook'>(ordered(parts(0), second.signal));
  const last = one.work<'workbook'>(ordered([]));
  await asked;
  second.abort();
  await expect(waits).rejects.toMatchObject({ name: 'AbortError' });
  first.abort();
  await expect(under).rejects.toMatchObject({ name: 'AbortError' });
  expect((await last).length).toBeGreaterThan(1_000);
  expect(logged).toEqual([]);
});

test('when too many wait, the next one is asked to come back', async () => {
  const one = thread({ waiting: 1 });
  const { rows, asked } = endless();
  const under = one.work<'workbook'>(ordered(rows));
  const waits = one.work<'workbook'>(ordered([]));
  await asked;
  await expect(one.work<'workbook'>(ordered([]))).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('réessayer'),
  });
  one.close();
  for (const each of [under, waits]) await expect(each).rejects.toMatchObject({ kind: 'unavailable' });
});

test('what takes too long is given up, and the next one is made', async () => {
  const one = thread({ workMs: 3_000 });
  const { rows } = endless();
  await expect(one.work<'workbook'>(ordered(rows))).rejects.toMatchObject({ kind: 'unavailable' });
  expect((await one.work<'workbook'>(ordered([]))).length).toBeGreaterThan(1_000);
});

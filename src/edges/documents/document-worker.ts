import { parentPort } from 'node:worker_threads';
import { CourtierError } from '../../core/errors.ts';
import { unpack } from './archive.ts';
import type { Made, Order, Said, Told } from './orders.ts';
import { readSheets } from './reading.ts';
import type { PlainRow } from './rows.ts';
import { textDocument } from './text-document.ts';
import { workbook } from './workbook.ts';

// A thread of its own: a large workbook takes seconds of a processor, which would stop all else.

let arrived: ((part: readonly PlainRow[] | undefined) => void) | undefined;
const say = (said: Said, given: ArrayBuffer[] = []): void => parentPort?.postMessage(said, given);

/** The rows of a sheet, each part asked for when the one before it was written. */
async function* rowsOf(sheet: number): AsyncGenerator<readonly PlainRow[]> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<readonly PlainRow[] | undefined>();
    arrived = resolve;
    say({ wants: sheet });
    const part = await promise;
    if (!part) return;
    yield part;
  }
}

function make(order: Order): Promise<Made[Order['what']]> {
  switch (order.what) {
    case 'workbook':
      return workbook(order.sheets.map((sheet, at) => ({ ...sheet, rows: rowsOf(at) })));
    case 'text':
      return textDocument(order.document);
    case 'read':
      return readSheets(order.name, order.bytes);
    case 'unpack':
      return unpack(order.bytes, order.most);
  }
}

parentPort?.on('message', (told: Told) => {
  if ('part' in told) return arrived?.(told.part);
  make(told.order).then(
    (made) =>
      say({ made }, made instanceof Uint8Array && made.buffer instanceof ArrayBuffer ? [made.buffer] : []),
    (error: unknown) => {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      say({ failed: { kind: error instanceof CourtierError ? error.kind : undefined, message, stack } });
    },
  );
});

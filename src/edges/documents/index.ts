import type { Documents } from '../../core/ports/documents.ts';
import type { Log } from '../../core/ports/log.ts';
import { agenda } from './agenda.ts';
import { unpack } from './archive.ts';
import { readSheets } from './reading.ts';
import { plainSheet } from './rows.ts';
import { textDocument } from './text-document.ts';
import { buildThread, type ThreadLimits } from './thread.ts';
import { workbook } from './workbook.ts';

/** Documents that are made, and read, where they are asked for: for commands, which do nothing else meanwhile. */
export const documents: Documents = {
  read: readSheets,
  unpack,
  workbook: (sheets) => workbook(sheets.map(plainSheet)),
  text: textDocument,
  agenda,
};

/** Somebody waits for a download; the file of the largest register takes some seconds. */
const MAKING: ThreadLimits = { waiting: 20, waitMs: 90_000, workMs: 60_000, idleMs: 10_000, heapMb: 256 };
/** Somebody dropped a file in the chat: a turn waits for what it says, and not for the downloads of others. */
const READING: ThreadLimits = { waiting: 10, waitMs: 10_000, workMs: 30_000, idleMs: 10_000, heapMb: 512 };

/** The same by threads of their own, of which each does one thing at a time: the rest of the process goes on meanwhile. */
export function buildDocuments(log: Log) {
  const making = buildThread('documents', MAKING, log);
  const reading = buildThread('files', READING, log);
  const apart: Documents = {
    read: (name, bytes) => reading.work({ order: { what: 'read', name, bytes } }),
    unpack: (bytes, most) => reading.work({ order: { what: 'unpack', bytes, most } }),
    workbook(sheets, gone) {
      const plain = sheets.map(plainSheet);
      return making.work({
        order: { what: 'workbook', sheets: plain.map(({ rows: _rows, ...table }) => table) },
        rows: plain.map(({ rows }) => rows),
        gone,
      });
    },
    text: (document, gone) => making.work({ order: { what: 'text', document }, gone }),
    agenda,
  };
  return {
    documents: apart,
    /** Ends the threads: what they work on, and what waits for them, is refused. */
    close(): void {
      making.close();
      reading.close();
    },
  };
}

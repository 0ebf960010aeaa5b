import type { Documents } from '../../core/ports.ts';
import { agenda } from './agenda.ts';
import { unpack } from './archive.ts';
import { readSheets } from './reading.ts';
import { plainSheet } from './rows.ts';
import { textDocument } from './text-document.ts';
import { workbook } from './workbook.ts';

export const documents: Documents = {
  read: readSheets,
  unpack,
  workbook: (sheets) => workbook(sheets.map(plainSheet)),
  text: textDocument,
  agenda,
};

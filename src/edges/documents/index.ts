import type { Documents } from '../../core/ports.ts';
import { agenda } from './agenda.ts';
import { textDocument } from './text-document.ts';
import { workbook } from './workbook.ts';

export const documents: Documents = { workbook, text: textDocument, agenda };

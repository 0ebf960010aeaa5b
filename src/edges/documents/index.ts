import type { Documents } from '../../core/ports.ts';
import { workbook } from './workbook.ts';

export const documents: Documents = { workbook };

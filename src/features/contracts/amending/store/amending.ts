import type { Queue } from '../../../../core/ports/queue.ts';
import type { Records } from '../../recording/store/records.ts';
import { buildPreparing } from './preparing.ts';
import { buildSigned } from './signed.ts';
import { buildSigning } from './signing.ts';

/** A contract's amendments: checked, prepared and validated by the broker, then signed by both (guide 4.4, 4.12). */
export const buildAmending = (records: Records, queue: Queue) => ({
  ...buildPreparing(records),
  ...buildSigning(records, queue),
  ...buildSigned(records, queue),
});

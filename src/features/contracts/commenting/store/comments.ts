import { buildExchange } from './exchange.ts';
import { buildKeeping } from './keeping.ts';
import { buildReading } from './reading.ts';
import type { CommentParts } from './records.ts';
import { buildReport } from './report.ts';
import { buildSteps } from './steps.ts';

export type Comments = ReturnType<typeof buildComments>;

/** What clients tell the broker, and what becomes of it (guide 4.5). */
export const buildComments = (parts: CommentParts) => ({
  ...buildExchange(parts),
  ...buildSteps(parts),
  ...buildReading(parts),
  ...buildReport(parts),
  ...buildKeeping(parts),
});

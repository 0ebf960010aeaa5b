import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What people ask, in their words. */
export const allHeldOut: readonly string[] = readFileSync(
  join(import.meta.dirname, '../search/held-out.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => String(JSON.parse(line).q));

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/**
 * The suites that take a minute or more on a quiet machine, the longest first: one that starts last keeps a run waiting
 * for it alone. Those that mostly wait, for a browser, a process or the time itself, come beside those that work.
 */
const LONG = [
  'features/each-verb-once',
  'e2e/evaluations',
  'edges/delivery/faults',
  'features/hostile-input',
  'e2e/playground',
  'edges/delivery/kills',
  'e2e/office-day',
  'edges/queue/queue',
  'e2e/acquisition',
  'main',
  'year/small-year',
  'e2e/catalogue',
  'e2e/dialogue',
  'commands/knowledge-compare',
  'features/knowledge/improving/improving',
  'features/knowledge/publishing/versions',
  'edges/teams/flood',
  'image',
  'edges/delivery/redraw',
  'app/canary',
  'features/authorization',
  'app/rolling-restart',
  'alerts',
  'year/broken',
].map((name) => join(import.meta.dirname, '../..', `${name}.test.ts`));

for (const path of LONG) if (!existsSync(path)) throw new Error(`There is no ${path}: name another suite.`);

const rank = ({ path }) => LONG.indexOf(path);
const isLong = ({ path }) => LONG.includes(path);

/** Long suites before all others, which come in Jest's own order. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const long = tests.filter(isLong).sort((one, other) => rank(one) - rank(other));
    return [...long, ...super.sort(tests.filter((each) => !isLong(each)))];
  }
}

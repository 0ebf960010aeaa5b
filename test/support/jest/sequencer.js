import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// What Jest itself orders by: its own dependency.
const { default: Sequencer } = createRequire(require.resolve('jest-config'))('@jest/test-sequencer');

/** Suites on real processes, in real time: they wait more than they compute. */
const WAITING = /\/test\/(?:e2e\/|edges\/delivery\/|edges\/queue\/|[^/]+$)/;
/** The longest of them, in that order: a run lasts at least as long as they do. */
const LONGEST = ['delivery/faults', 'delivery/kills', 'main', 'queue/queue', 'e2e/acquisition'];

/** The suites that wait come first, so that the others fill the waiting, and none of them is alone at the end. */
export default class WaitingFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rankOf(one.path) - rankOf(other.path));
  }
}

function rankOf(path) {
  const at = LONGEST.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  if (at >= 0) return at;
  return WAITING.test(path) ? LONGEST.length : LONGEST.length + 1;
}

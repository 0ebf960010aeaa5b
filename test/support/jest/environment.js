import { constants, createContext } from 'node:vm';
import { ModuleMocker } from 'jest-mock';

/** The worker's own global object, for suites that Node itself loads. A context apart holds what Jest loads for itself. */
export default class NativeEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern = null;
  #context = createContext(constants.DONT_CONTEXTIFY);

  getVmContext = () => this.#context;
  exportConditions = () => ['node', 'node-addons'];
  #exit = process.exit;
  async setup() {}

  /** Jest watches for whoever ends the process during a suite. */
  async teardown() {
    process.exit = this.#exit;
  }

  /** What the assistant logged during a test is shown when the test fails, and only then. */
  async handleTestEvent({ name, test }) {
    if (name === 'test_start') delete globalThis[LOGGED];
    if (name === 'test_done' && test.errors.length > 0) tell(nameOf(test), globalThis[LOGGED] ?? []);
  }
}

/** Where `logged.ts` puts the lines of the test that runs. */
const LOGGED = Symbol.for('courtier.logged');
const MOST_LINES = 40;
const MOST_CHARACTERS = 600;

const nameOf = ({ name, parent }) => (parent?.parent ? `${nameOf(parent)} › ${name}` : name);

function tell(test, lines) {
  if (lines.length === 0) return;
  const shown = lines.slice(-MOST_LINES).map((line) => `  ${line.slice(0, MOST_CHARACTERS)}`);
  const left = lines.length > shown.length ? [`  … ${lines.length - shown.length} lines before these`] : [];
  process.stderr.write(`\nLogged during « ${test} »:\n${[...left, ...shown].join('\n')}\n`);
}

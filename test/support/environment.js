import { constants, createContext, runInContext } from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's Node environment on a global object of the ordinary kind. Jest's own is watched: each `Object`, `Map` or `Math`
 * that code under test names goes through two interceptors, which takes most of the time of a suite.
 */
export default class PlainEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const watched = this.global;
    this.context = createContext(constants.DONT_CONTEXTIFY);
    const plain = runInContext('globalThis', this.context);
    const its = new Set(Object.getOwnPropertyNames(plain));
    for (const name of Object.getOwnPropertyNames(watched)) {
      if (its.has(name) && !SHARED.has(name)) continue;
      Object.defineProperty(plain, name, Object.getOwnPropertyDescriptor(watched, name));
    }
    for (const symbol of Object.getOwnPropertySymbols(watched))
      Object.defineProperty(plain, symbol, Object.getOwnPropertyDescriptor(watched, symbol));
    plain.global = plain;
    plain.globalThis = plain;
    plain.Error.stackTraceLimit = 20;
    this.global = plain;
  }

  /** What the assistant logged during a test is shown when the test fails, and only then. */
  async handleTestEvent({ name, test }) {
    if (name === 'test_start') delete this.global[LOGGED];
    if (name === 'test_done' && test.errors.length > 0) tell(nameOf(test), this.global[LOGGED] ?? []);
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

/** What values that come from Node itself must be instances of. */
const SHARED = new Set(['Buffer', 'ArrayBuffer', 'Uint8Array', 'process']);

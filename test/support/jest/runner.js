import '../../../src/quick-loading.ts';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import jestCircus from 'jest-circus/runner';
import { openGuide } from '../../../src/core/guide/index.ts';

/**
 * Jest's own test framework, on suites that Node itself loads: no transformation, no context apart. What a suite
 * imports is kept for the next one of its worker; only the suite is loaded anew. Loading everything again for each
 * suite, in a context of its own, took half of a run.
 */
export default async function runSuite(
  globalConfig,
  config,
  environment,
  runtime,
  testPath,
  sendMessageToJest,
) {
  Object.assign(runtime, {
    requireInternalModule: freshFramework,
    setGlobalsForRuntime: (globals) => offer(globals, environment.moduleMocker),
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path) => import(`${pathToFileURL(path)}?suite=${++suites}`),
  });
  try {
    return await jestCircus.default(globalConfig, config, environment, runtime, testPath, sendMessageToJest);
  } finally {
    environment.moduleMocker.restoreAllMocks();
    delete globalThis[TIMEOUT];
    // The guide and its address are one for a process: a suite that starts an assistant leaves it to the next one.
    openGuide();
  }
}

const require = createRequire(import.meta.url);
const framework = join(dirname(require.resolve('jest-circus')), 'jestAdapterInit.js');
const GLOBALS = Symbol.for('courtier.jest');
/** Where Jest's framework keeps its listeners, and a suite's own deadline. */
const LISTENERS = Symbol.for('EVENT_HANDLERS');
const TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');
let suites = 0;

/** The framework keeps the tests and listeners of one suite: each has its own. */
function freshFramework() {
  delete globalThis[LISTENERS];
  delete require.cache[framework];
  return require(framework);
}

function offer(globals, mocker) {
  globalThis[GLOBALS] = {
    ...globals,
    jest: {
      spyOn: mocker.spyOn.bind(mocker),
      restoreAllMocks: () => mocker.restoreAllMocks(),
      setTimeout: (ms) => {
        globalThis[TIMEOUT] = ms;
      },
    },
  };
}

const NAMES = ['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'jest', 'test'];

/** `@jest/globals` gives each suite, and the support that it imports, the functions of the suite that runs. */
const source = `
  const its = (name) => globalThis[Symbol.for('courtier.jest')][name];
  const follow = (name) => new Proxy(function () {}, {
    apply: (_target, self, given) => Reflect.apply(its(name), self, given),
    get: (_target, key) => its(name)[key],
  });
  ${NAMES.map((name) => `export const ${name} = follow('${name}');`).join('\n')}
`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals'
      ? { url: 'courtier:jest-globals', format: 'module', shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url === 'courtier:jest-globals' ? { format: 'module', source, shortCircuit: true } : next(url, context),
});

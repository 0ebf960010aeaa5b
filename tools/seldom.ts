import type { Plugin } from 'esbuild';

/**
 * Libraries that others ask for as soon as they are loaded, for parts of themselves that the assistant does not use:
 * tokenizers, models and prompts of teams-ai and botbuilder-dialogs. They were half of the bundle, and stayed in memory.
 */
const SELDOM = /^(gpt-tokenizer(\/.*)?|openai|@microsoft\/recognizers-text-(suite|date-time|choice|number))$/;

/** Whoever imports one from a bundle has it from node_modules, once something of it is used. */
export const seldom: Plugin = {
  name: 'seldom',
  setup(build) {
    build.onResolve({ filter: SELDOM }, ({ path, kind }) =>
      kind === 'require-call' ? { path, namespace: 'seldom' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'seldom' }, ({ path }) => ({
      contents: `
        const ask = require;
        module.exports = new Proxy({}, {
          get: (_none, key) => (key === '__esModule' ? true : ask(${JSON.stringify(path)})[key]),
        });`,
      loader: 'js',
    }));
  },
};

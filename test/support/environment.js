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
}

/** What values that come from Node itself must be instances of. */
const SHARED = new Set(['Buffer', 'ArrayBuffer', 'Uint8Array', 'process']);

const LOGGED = Symbol.for('courtier.logged');

/** Says where what is logged goes during the test that begins: `environment.js` shows it when the test fails. */
export function showsWhenFailing(lines: readonly string[]): void {
  (globalThis as { [LOGGED]?: readonly string[] })[LOGGED] = lines;
}

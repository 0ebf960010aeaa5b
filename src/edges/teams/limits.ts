/** What one client may use of the process: bytes, milliseconds, connections. */
export interface Limits {
  /** Connections at once, well below the descriptors that a process commonly has (1,024, also in a container). */
  readonly connections: number;
  /** The request line and all headers together, in bytes. */
  readonly headerBytes: number;
  readonly headers: number;
  /** The path of a request, in characters. */
  readonly path: number;
  /** From the opening of a connection, or the first byte of a later request, to the end of the headers. */
  readonly headersMs: number;
  readonly activityBytes: number;
  readonly formBytes: number;
  /** From the end of the headers to the last byte of the body, however steadily it dribbles. */
  readonly bodyMs: number;
  /** How long who reads an answer slowly may take for it: so much, and at the most twice as much. */
  readonly answerMs: number;
  /** From the end of the headers to the first byte of the answer: longer than the largest document waits and takes. */
  readonly makingMs: number;
  /** Longer than the minute that front ends keep an idle connection, so that they never use one that we close. */
  readonly idleMs: number;
  /** How long a refused client may take to read its answer before its socket is destroyed. */
  readonly lingerMs: number;
  /** How often slow clients are looked for. */
  readonly checkMs: number;
  /** How long a stop waits for answers under way. */
  readonly closeMs: number;
}

export const LIMITS: Limits = {
  connections: 300,
  headerBytes: 16 * 1024,
  headers: 100,
  path: 4_096,
  headersMs: 10_000,
  activityBytes: 256 * 1024,
  formBytes: 16 * 1024,
  bodyMs: 10_000,
  answerMs: 60_000,
  makingMs: 180_000,
  idleMs: 65_000,
  lingerMs: 1_000,
  checkMs: 1_000,
  closeMs: 5_000,
};

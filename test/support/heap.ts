import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What is still held once the garbage is collected, in bytes: what waits to be collected says nothing of a leak. */
export function heldHeap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

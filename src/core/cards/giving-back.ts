import { Session } from 'node:inspector/promises';
import { getHeapStatistics } from 'node:v8';

/** In bytes: looking through more than that takes longer than anybody should wait. */
const MOST = 200_000_000;

/**
 * Gives the machine back what nothing uses any more, after much was made at once: else it is kept until there is more.
 * Everything waits for it, some hundredths of a second: only where there is nothing to do. A process that holds much is
 * left alone.
 */
export async function giveBack(): Promise<void> {
  if (getHeapStatistics().used_heap_size > MOST) return;
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
}

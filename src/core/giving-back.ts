import { Session } from 'node:inspector/promises';

/**
 * Gives the machine back what nothing uses any more, after much was made at once: else it is kept until there is more.
 * Everything waits for it, some hundredths of a second: only where there is nothing to do.
 */
export async function giveBack(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
}

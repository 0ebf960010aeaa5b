import { Session } from 'node:inspector/promises';

/** Gives back to the machine what starting left behind; else it is kept until there is much more. A moment, once. */
export async function giveBack(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
}

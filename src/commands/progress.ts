import { SingleBar } from 'cli-progress';

/** How far some work is, for whoever sits before a terminal; elsewhere nothing is written. `total` is 0 where nobody knows it. */
export async function showProgress<T>(
  format: string,
  total: number,
  work: (progress: (done: number) => void) => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY) return work(() => {});
  const bar = new SingleBar({ format, stream: process.stderr });
  bar.start(total, 0);
  try {
    return await work((done) => bar.update(done));
  } finally {
    bar.stop();
  }
}

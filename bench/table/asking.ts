import { askedBy } from '../../test/support/statements.ts';
import { median } from '../figures.ts';

/**
 * What some work takes: statements, rows read, and the median milliseconds of several times, of the clock and of this
 * process's processor, the first left out.
 */
export async function cost(repeats: number, work: () => Promise<unknown>) {
  const first = await askedBy(work);
  const times: number[] = [];
  const processor: number[] = [];
  let { statements, rows } = first;
  for (let n = 0; n < repeats; n++) {
    const start = performance.now();
    const before = process.threadCpuUsage();
    const asked = await askedBy(work);
    times.push(performance.now() - start);
    const { user, system } = process.threadCpuUsage(before);
    processor.push((user + system) / 1_000);
    statements = Math.max(n === 0 ? 0 : statements, asked.statements);
    rows = Math.max(n === 0 ? 0 : rows, asked.rows);
  }
  return { statements, rows, ms: median(times), worked: median(processor), first };
}

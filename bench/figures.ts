/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** One line of a table: a label and columns. */
export function row(label: string, ...columns: readonly (string | number)[]): void {
  const text = (value: string | number) =>
    (typeof value === 'number' ? value.toFixed(2) : value).padStart(12);
  console.log(label.padEnd(36) + columns.map(text).join(''));
}

/** What a piece of work returns, and the milliseconds that it took. */
export function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}

/** The milliseconds of a processor that a piece of work takes: what a busy machine leaves waiting does not count. */
export function worked(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

/** A line for whoever reads the run: counts that a test measured. */
export const print = (line: string): void => void process.stderr.write(`  ${line}\n`);

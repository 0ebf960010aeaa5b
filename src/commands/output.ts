/** A line of what a command answers; what else it has to say is on standard error. */
export const out = (text: string): void => void process.stdout.write(`${text}\n`);

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Launched {
  readonly child: ChildProcess;
  /** The port, once it says that it is ready; rejects with what it wrote when it ends before. */
  readonly port: Promise<number>;
  /** Its status, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals | null>;
  /** What it wrote on standard error. */
  log(): string;
}

/** The assistant in a process of its own; `command` is how it is started, by default without npm. */
export function launch(
  env: Readonly<Record<string, string>>,
  [command, ...args]: readonly [string, ...string[]] = [process.execPath, join(ROOT, 'src/main.ts')],
): Launched {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, PORT: '0', DRAIN_SECONDS: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal)),
  );
  const port = new Promise<number>((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      log += chunk;
      const found = /"port":(\d+)/.exec(log);
      if (found) resolve(Number(found[1]));
    });
    exited.then(() => reject(new Error(log)));
  });
  port.catch(() => {});
  return { child, port, exited, log: () => log };
}

/** Resolves when a condition holds; the event itself cannot be waited for. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 20));
}

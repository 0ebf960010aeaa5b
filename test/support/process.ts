import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from './bundle.ts';

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

/** Node, for a process that lives some seconds: the embedded database is not compiled a second time, better. */
export const SHORT_LIVED = [process.execPath, '--liftoff-only'] as const;

/** The assistant in a process of its own; `given` is how it is started, by default its bundle, without npm. */
export function launch(
  env: Readonly<Record<string, string>>,
  given?: readonly [string, ...string[]],
): Launched {
  const [command, ...args] = given ?? [...SHORT_LIVED, join(bundle(), 'main.js')];
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

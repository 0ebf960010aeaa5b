import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { SERVER_OF_RUN, startPostgres } from '../../test/support/postgres-server.ts';
import { makeTemplate } from '../large-office.ts';
import { cellOf, DOCUMENT, occasion, writeDown } from './document.ts';
import type { Line } from './line.ts';
import { LINES } from './lines.ts';

const MINUTE_MS = 60_000;
const Found = z.record(z.string(), z.object({ now: z.string(), kept: z.boolean() }));

/**
 * The table of docs/vitesse.md: each of its lines in a process of its own, on one PostgreSQL of this run, or those that
 * are named; the document then says what was found. A line that fails says so, and the others go on.
 */
export async function benchTable(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !LINES.some(({ id }) => id === name));
  if (unknown.length > 0)
    throw new Error(`no line ${unknown}: there are ${LINES.map(({ id }) => id).join(', ')}`);
  const lines = LINES.filter(({ id, apart }) => (names.length === 0 ? !apart : names.includes(id)));
  // All that this run and its processes put on the disk: what one that was ended leaves behind goes with the rest.
  const folder = mkdtempSync(join(tmpdir(), 'courtier-bench-'));
  // The server may be another user.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  const server = await startPostgres();
  process.env[SERVER_OF_RUN] = server.url;
  let stopping = false;
  const running = new Set<ChildProcess>();
  const interrupt = () => {
    stopping = true;
    for (const child of running) end(child);
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    if (lines.some(({ office }) => office))
      await step('the large office is made', () => makeTemplate(server.url));
    for (const [at, line] of lines.entries()) {
      if (stopping) break;
      const load = loadavg()[0] ?? 0;
      const found = new Map<string, string>();
      await step(
        `${at + 1} of ${lines.length}: ${line.id}, ${line.minutes} minutes at the most`,
        async () => {
          const findings = await measuredApart(line, running);
          for (const { id } of line.rows) {
            const finding = findings instanceof Error ? undefined : findings[id];
            const reason = findings instanceof Error ? findings.message : 'nothing was found';
            found.set(id, finding ? cellOf(finding) : `non mesuré : ${reason}`);
            console.log(`→ ${id}: ${found.get(id)}`);
          }
        },
      );
      // After each one: what was found stays, whatever becomes of the rest.
      if (!stopping) writeDown(LINES, found, occasion(Temporal.Now.plainDateISO().toString(), load));
    }
    console.log(`\nWritten in ${DOCUMENT}`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

async function step(what: string, work: () => Promise<void>): Promise<void> {
  console.log(`\n${Temporal.Now.plainTimeISO().toString({ smallestUnit: 'second' })} ${what}`);
  const start = performance.now();
  await work();
  console.log(`  in ${((performance.now() - start) / 1_000).toFixed(0)} s`);
}

/** With those that it started: it leads a group. */
function end({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** What a line finds, in a process that is ended when its time is over; why it found nothing. */
function measuredApart(line: Line, running: Set<ChildProcess>): Promise<z.infer<typeof Found> | Error> {
  const child = fork(join(import.meta.dirname, '../index.ts'), ['line', line.id], {
    detached: true,
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  running.add(child);
  let wrote = '';
  child.stderr?.on('data', (chunk) => {
    wrote = `${wrote}${chunk}`.slice(-4_000);
    process.stderr.write(chunk);
  });
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      resolve(new Error(`pas fini en ${line.minutes} minutes`));
      end(child);
    }, line.minutes * MINUTE_MS);
    child.on('message', (message) => resolve(Found.parse(message)));
    child.on('exit', () => {
      clearTimeout(late);
      running.delete(child);
      // Those that it left behind, if it fell.
      end(child);
      resolve(new Error(reasonIn(wrote)));
    });
  });
}

/** The sentence of an error, of what a process wrote when it fell: the cause's, where it says one. */
function reasonIn(wrote: string): string {
  const [, said] = /cause: \w*error: (.+)$/im.exec(wrote) ?? /^\w*Error: (.*\S.*)$/m.exec(wrote) ?? [];
  return (said ?? 'le processus est tombé').replaceAll('|', '/').slice(0, 200);
}

/** One line, in the process that was started for it. */
export async function measureLine(id: string | undefined): Promise<void> {
  const line = LINES.find((each) => each.id === id);
  if (!line) throw new Error(`no line ${id}`);
  const findings = await line.measure();
  await new Promise<void>((resolve) => {
    if (process.send) process.send(findings, undefined, {}, () => resolve());
    else resolve();
  });
  process.exit(0);
}

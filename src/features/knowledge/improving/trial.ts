import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { KnowledgeBase, SearchMaterial } from '../answering/rules.ts';
import type { Change } from './rules/change.ts';
import type { KnownQuestion, Moved } from './rules/judging.ts';

/** What a trial is given: all that is searched now, a change, and questions of which it is known what should come. */
export interface TrialOrder {
  readonly material: SearchMaterial;
  readonly change: Change;
  readonly known: readonly KnownQuestion[];
  /** References of entries, by their ids. */
  readonly references: Readonly<Record<string, string>>;
}

/** How far a trial is: how many questions of how many; `changes` once it is done. */
export interface TrialReport {
  readonly done: number;
  readonly total: number;
  readonly changes?: readonly Moved[];
}

interface Trial {
  report: TrialReport;
  failure: unknown;
  readonly settled: Promise<void>;
}

/** As long as somebody waits who pressed a button; then they are shown how far it is. */
const PATIENCE_MS = 4_000;
/** The newest are remembered: their pages are turned. */
const REMEMBERED = 20;

/** Beside this file, in the sources as in a bundle. */
const WORKER = `./trial-worker${extname(import.meta.url)}`;

/** Tries what a change would do to the known questions, in a thread of its own, one at a time. */
export function buildTrials(base: KnowledgeBase) {
  const trials = new Map<string, Trial>();
  let last: Promise<void> = Promise.resolve();

  function begin(change: Change, known: readonly KnownQuestion[]): Trial {
    const material = base.material();
    const references = Object.fromEntries(base.content.entries.map(({ id, reference }) => [id, reference]));
    const trial: Pick<Trial, 'report' | 'failure'> = {
      report: { done: 0, total: known.length },
      failure: undefined,
    };
    const settled = last
      .then(() =>
        run({ material, change, known, references }, (report) => {
          trial.report = report;
        }),
      )
      .catch((cause: unknown) => {
        trial.failure = cause;
      });
    last = settled;
    return Object.assign(trial, { settled });
  }

  return {
    /**
     * How far the trial of a change is, begun when it was not; what it changes, when that is known in a moment. Throws
     * what made it fail; asked again, it begins anew.
     */
    async try(change: Change, known: readonly KnownQuestion[]): Promise<TrialReport> {
      const { entries, background } = base.material();
      const wordings = entries.reduce((sum, { alternates }) => sum + alternates.length, 0);
      const key = JSON.stringify([change, entries.length, wordings, background.length, known]);
      const kept = trials.get(key);
      const trial = kept && kept.failure === undefined ? kept : begin(change, known);
      trials.delete(key);
      trials.set(key, trial);
      for (const oldest of [...trials.keys()].slice(0, -REMEMBERED)) trials.delete(oldest);
      await atMost(PATIENCE_MS, trial.settled);
      if (trial.failure !== undefined) throw trial.failure;
      return trial.report;
    },
  };
}

async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

function run(order: TrialOrder, tell: (report: TrialReport) => void): Promise<void> {
  const worker = new Worker(new URL(WORKER, import.meta.url), { workerData: order });
  worker.unref();
  worker.on('message', tell);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.once('error', reject);
  worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`trial ended with ${code}`))));
  return promise;
}

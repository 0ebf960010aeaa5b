import { Counter, Histogram, type Registry } from 'prom-client';
import type { JobWatch, TurnOutcome, TurnWatch } from '../../core/process/watched.ts';

/** What an apology is an answer to. */
const KINDS = ['message', 'files', 'action', 'feedback', 'installed'];
/** Those that rules and dashboards ask about: there from the beginning, so that the first one is an increase. */
const CODES = ['200', '201', '202', '401', '403', '404', '429', '500', '502', '503', '504', 'none'];
/** Likewise, why requests are refused. */
const REASONS = ['signature', 'token', 'algorithm', 'issuer', 'audience', 'expiry', 'crowded'];
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const SLOW_SECONDS = 5;

const isApology = (outcome: TurnOutcome): boolean => outcome === 'failed' || outcome === 'unavailable';

/** What this process counts by itself as it works. Labels are of few values: never a person, never a text, never an id. */
export function buildCounters(registry: Registry) {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'courtier_turn_seconds',
    help: 'Time from the reception of an activity to its answer',
    labelNames: ['type', 'outcome'] as const,
    buckets: BUCKETS,
    registers,
  });
  const turns = new Counter({
    name: 'courtier_turns_total',
    help: 'Turns by kind, by verb or command, and by what became of them',
    labelNames: ['kind', 'verb', 'outcome'] as const,
    registers,
  });
  const slow = new Counter({
    name: 'courtier_slow_turns_total',
    help: `Turns that took more than ${SLOW_SECONDS} seconds: Teams gives up after ten to fifteen`,
    registers,
  });
  const apologies = new Counter({
    name: 'courtier_apologies_total',
    help: 'Turns that were answered with an apology',
    labelNames: ['kind'] as const,
    registers,
  });
  const refused = new Counter({
    name: 'courtier_requests_refused_total',
    help: 'Requests refused before any handler, by reason',
    labelNames: ['reason'] as const,
    registers,
  });
  const runs = new Counter({
    name: 'courtier_job_runs_total',
    help: 'Jobs that ran here, by what became of them; a failed one is tried again',
    labelNames: ['job', 'outcome'] as const,
    registers,
  });
  const jobSeconds = new Histogram({
    name: 'courtier_job_seconds',
    help: 'Time that a job took',
    labelNames: ['outcome'] as const,
    buckets: [...BUCKETS, 30, 60, 120],
    registers,
  });
  const answers = new Counter({
    name: 'courtier_connector_answers_total',
    help: 'Answers of Teams to what was posted, by status; none when there was no answer',
    labelNames: ['code'] as const,
    registers,
  });
  for (const kind of KINDS) apologies.inc({ kind }, 0);
  for (const code of CODES) answers.inc({ code }, 0);
  for (const reason of REASONS) refused.inc({ reason }, 0);

  const watchTurn: TurnWatch = (kind, verb, outcome) => {
    turns.inc({ kind, verb, outcome });
    if (isApology(outcome)) apologies.inc({ kind });
  };
  const watchJob: JobWatch = (job, outcome, took) => {
    runs.inc({ job, outcome });
    jobSeconds.observe({ outcome }, took);
  };
  return {
    turn(type: string, outcome: 'done' | 'failed', took: number) {
      seconds.observe({ type, outcome }, took);
      if (took > SLOW_SECONDS) slow.inc();
    },
    refused: (reason: string) => refused.inc({ reason }),
    watchTurn,
    watchJob,
    /** Each of these jobs is counted from zero. */
    expectJobs(names: readonly string[]) {
      for (const job of names) for (const outcome of ['done', 'failed']) runs.inc({ job, outcome }, 0);
    },
    /** A status of Teams; undefined when it did not answer. */
    answered: (status: number | undefined) =>
      answers.inc({ code: status !== undefined && status >= 100 && status < 600 ? String(status) : 'none' }),
  };
}

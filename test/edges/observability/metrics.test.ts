import { expect, test } from '@jest/globals';
import type { Watched } from '../../../src/core/process/watched.ts';
import { buildMetrics } from '../../../src/edges/observability/index.ts';
import { sampleOf, samplesOf } from '../../support/exposition.ts';

const calm: Watched = {
  ready: async () => undefined,
  jobs: async () => [{ job: 'a.job', waiting: 2, active: 1, failed: 0, oldestSeconds: 12 }],
  deliveries: async () => ({
    states: [{ state: 'pending', n: 4 }],
    due: 3,
    oldestSeconds: 30,
    pausedSeconds: 0,
  }),
  pools: () => [{ pool: 'turns', used: 5, most: 20, waiting: 1 }],
  schema: async () => ({ newest: 2_000, known: 1_000 }),
  pace: 25,
  secretDays: () => 40,
  certificateDays: () => 60,
};

/** Metrics of something that is watched, by a clock that the test moves. */
function watching(changes: Partial<Watched> = {}) {
  let ms = 0;
  const metrics = buildMetrics(() => ms);
  metrics.watch({ ...calm, ...changes }, '1.2.3');
  return {
    metrics,
    later: (by: number) => {
      ms += by;
    },
  };
}

test('an apology is counted as such, whatever the kind of the turn; a foreseen refusal is none', async () => {
  const { metrics } = watching();
  metrics.watchTurn('action', 'a.verb', 'failed');
  metrics.watchTurn('action', 'a.verb', 'unavailable');
  metrics.watchTurn('action', 'a.verb', 'refused');
  const text = await metrics.render();
  expect(sampleOf(text, 'courtier_apologies_total', { kind: 'action' })).toBe(2);
  expect(sampleOf(text, 'courtier_apologies_total', { kind: 'message' })).toBe(0);
  expect(sampleOf(text, 'courtier_turns_total', { verb: 'a.verb', outcome: 'refused' })).toBe(1);
});

test('what is looked at is shown: queue, ledger, connections, versions, the secret', async () => {
  const text = await watching().metrics.render();
  const shown = (name: string, labels = {}) => sampleOf(text, name, labels);
  expect(shown('courtier_ready')).toBe(1);
  expect(shown('courtier_jobs', { job: 'a.job', state: 'waiting' })).toBe(2);
  expect(shown('courtier_job_oldest_seconds')).toBe(12);
  expect(shown('courtier_job_runs_total', { outcome: 'failed' })).toBe(0);
  expect(shown('courtier_deliveries_due')).toBe(3);
  expect(shown('courtier_delivery_oldest_seconds')).toBe(30);
  expect(shown('courtier_pool_used')).toBe(5);
  expect(shown('courtier_pool_waiting')).toBe(1);
  expect([shown('courtier_schema_newest'), shown('courtier_schema_known')]).toEqual([2, 1]);
  expect(shown('courtier_info', { version: '1.2.3' })).toBe(1);
  expect(shown('courtier_secret_days_left')).toBe(40);
});

test('what the database would say is asked once in ten seconds, however often one looks', async () => {
  let asked = 0;
  const { metrics, later } = watching({
    jobs: async () => {
      asked++;
      return [];
    },
  });
  await Promise.all([metrics.render(), metrics.render(), metrics.render()]);
  expect(asked).toBe(1);
  later(9_999);
  await metrics.render();
  expect(asked).toBe(1);
  later(1);
  await metrics.render();
  expect(asked).toBe(2);
});

test('with the database away the rest is still told, and what is missing is left out and said', async () => {
  const { metrics, later } = watching();
  await metrics.render();
  const away = async (): Promise<never> => {
    throw new Error('away');
  };
  metrics.watch(
    { ...calm, jobs: away, deliveries: away, schema: away, ready: async () => 'database' },
    '1.2.3',
  );
  later(10_000);
  const text = await metrics.render();
  expect(sampleOf(text, 'courtier_ready')).toBe(0);
  expect(sampleOf(text, 'courtier_watch_up', { what: 'jobs' })).toBe(0);
  expect(sampleOf(text, 'courtier_watch_up', { what: 'ready' })).toBe(1);
  expect(sampleOf(text, 'courtier_pool_used')).toBe(5);
  const names = samplesOf(text).map(({ name }) => name);
  expect(names).not.toContain('courtier_job_oldest_seconds');
  expect(names).not.toContain('courtier_schema_newest');
  expect(names).not.toContain('courtier_deliveries_due');
});

test('without a last day of the secret, nothing is said of it', async () => {
  const text = await watching({ secretDays: () => undefined }).metrics.render();
  expect(sampleOf(text, 'courtier_secret_days_left')).toBeUndefined();
});

test('as figures, a counter says how much it grew since the last time, and a gauge its highest value', async () => {
  const { metrics } = watching();
  await metrics.figures();
  metrics.answered(429);
  metrics.answered(429);
  metrics.answered(undefined);
  expect(await metrics.figures()).toMatchObject({
    'courtier_connector_answers_total.429': 2,
    'courtier_connector_answers_total.none': 1,
    'courtier_jobs.waiting': 2,
    courtier_job_oldest_seconds: 12,
  });
  expect(await metrics.figures()).toMatchObject({ 'courtier_connector_answers_total.429': 0 });
});

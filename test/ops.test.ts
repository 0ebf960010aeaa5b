import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Watched } from '../src/core/process/watched.ts';
import { buildMetrics, type Metrics } from '../src/edges/observability/index.ts';
import { alertRules } from './support/alert-rules.ts';
import { azureRules, holdsInAzure } from './support/azure-rules.ts';
import { holds } from './support/promql.ts';

// What is given to whoever is on call: rules, the same for Azure, a dashboard, a runbook. Each rule is fired on purpose, on
// figures that are made up here; test/alerts.test.ts fires them by real trouble.

const ROOT = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const rules = alertRules;
const ruleOf = (name: string): string => rules.find(({ alert }) => alert === name)?.expr ?? '';

const JOB = { job: 'a.job', waiting: 0, active: 0, failed: 0, oldestSeconds: 0 };
const calm: Watched = {
  ready: async () => undefined,
  jobs: async () => [JOB],
  deliveries: async () => ({
    states: ['dead', 'unknown', 'sent'].map((state) => ({ state, n: 0 })),
    due: 0,
    oldestSeconds: 0,
    pausedSeconds: 0,
  }),
  pools: () => [{ pool: 'turns', used: 1, most: 20, waiting: 0 }],
  schema: async () => ({ newest: 1_000, known: 1_000 }),
  pace: 25,
  secretDays: () => 90,
  certificateDays: () => 60,
};
const times = (n: number, work: () => void) => Array.from({ length: n }, work);
const deliveries = (changes: Partial<Awaited<ReturnType<Watched['deliveries']>>>) => async () => ({
  ...(await calm.deliveries()),
  ...changes,
});

/** What makes each alert sound: something that happens, or something that is. */
const TROUBLES: Readonly<Record<string, { happens?: (metrics: Metrics) => void; is?: Partial<Watched> }>> = {
  CourtierNotReady: { is: { ready: async () => 'database' } },
  CourtierProcessNotReady: { is: { ready: async () => 'schema' } },
  CourtierApologizes: {
    happens: ({ watchTurn }) => times(6, () => watchTurn('message', 'text', 'unavailable')),
  },
  CourtierSlow: { happens: ({ turn }) => times(11, () => turn('invoke', 'done', 5.1)) },
  CourtierJobsLate: { is: { jobs: async () => [{ ...JOB, waiting: 1, oldestSeconds: 301 }] } },
  CourtierJobsFail: { happens: ({ watchJob }) => times(11, () => watchJob('a.job', 'failed', 0.1)) },
  CourtierJobsGivenUp: { is: { jobs: async () => [{ ...JOB, failed: 1 }] } },
  CourtierDeliveriesLate: { is: { deliveries: deliveries({ due: 1, oldestSeconds: 901 }) } },
  CourtierDeliveriesDead: { is: { deliveries: deliveries({ states: [{ state: 'dead', n: 1 }] }) } },
  CourtierDeliveriesUnknown: { is: { deliveries: deliveries({ states: [{ state: 'unknown', n: 1 }] }) } },
  CourtierTeamsRefusesUs: { happens: ({ answered }) => answered(401) },
  CourtierTeamsThrottles: { happens: ({ answered }) => times(21, () => answered(429)) },
  CourtierTeamsAway: {
    happens: ({ answered }) => {
      times(6, () => answered(503));
      times(5, () => answered(undefined));
    },
  },
  CourtierConnectionsShort: { is: { pools: () => [{ pool: 'turns', used: 20, most: 20, waiting: 1 }] } },
  CourtierSchemaAhead: { is: { schema: async () => ({ newest: 2_000, known: 1_000 }) } },
  CourtierSecretEndsSoon: { is: { secretDays: () => 29 } },
  CourtierSecretEnds: { is: { secretDays: () => 6 } },
  CourtierCertificateEnds: { is: { certificateDays: () => 13 } },
  CourtierIntruders: { happens: ({ refused }) => times(101, () => refused('signature')) },
  CourtierBlind: { is: { jobs: () => Promise.reject(new Error('away')) } },
};

/** Of the machine, which no test wears out: their expression is tried on what a scrape would say. */
const OF_THE_MACHINE: Readonly<Record<string, string>> = {
  CourtierAbsent: '',
  CourtierLoopHeld: 'nodejs_eventloop_lag_p99_seconds 0.6',
  CourtierMemory: 'process_resident_memory_bytes 1.3e+9',
};

/** Two scrapes: before a trouble, and after it. */
async function scrapes({ happens = () => {}, is = {} }: (typeof TROUBLES)[string]) {
  let ms = 0;
  const metrics = buildMetrics(() => ms);
  metrics.watch(calm, '1.2.3');
  const before = await metrics.render();
  happens(metrics);
  metrics.watch({ ...calm, ...is }, '1.2.3');
  ms += 10_000;
  return { before, after: await metrics.render() };
}

test('each rule has a trouble that makes it sound', () => {
  const tried = [...Object.keys(TROUBLES), ...Object.keys(OF_THE_MACHINE)];
  expect(tried.sort()).toEqual(rules.map(({ alert }) => alert).sort());
});

test('when all is well no rule sounds', async () => {
  const { before, after } = await scrapes({});
  const ofMetrics = rules.filter(({ alert }) => alert in TROUBLES || alert === 'CourtierAbsent');
  expect(ofMetrics.filter(({ expr }) => holds(expr, before, after))).toEqual([]);
});

test.each(Object.keys(TROUBLES))('%s sounds when it should', async (alert) => {
  const { before, after } = await scrapes(TROUBLES[alert] ?? {});
  expect(holds(ruleOf(alert), before, after)).toBe(true);
});

test.each(Object.entries(OF_THE_MACHINE))('%s sounds on what such a scrape says', (alert, scrape) => {
  expect(holds(ruleOf(alert), '', scrape)).toBe(true);
});

test('Azure knows the same alerts, at the same limits', () => {
  const limitOf = (expression: string) => Number(/[<>] ([\d.e]+)$/.exec(expression)?.[1] ?? Number.NaN);
  const limits = rules.map(({ alert, expr }) => [alert, limitOf(expr)]);
  const inAzure = azureRules.map(({ name, how, threshold }) => [
    name,
    how === 'count' ? Number.NaN : threshold,
  ]);
  expect(inAzure.sort()).toEqual(limits.sort());
});

test('there, too, no rule sounds when all is well', async () => {
  const metrics = buildMetrics();
  metrics.watch(calm, '1.2.3');
  const figures = await metrics.figures();
  expect(azureRules.filter((rule) => rule.name in TROUBLES && holdsInAzure(rule, [figures]))).toEqual([]);
});

test.each(azureRules.filter(({ name }) => name in TROUBLES))(
  '$name sounds in Azure when it should',
  async (rule) => {
    const { happens = () => {}, is = {} } = TROUBLES[rule.name] ?? {};
    const metrics = buildMetrics();
    metrics.watch({ ...calm, ...is }, '1.2.3');
    happens(metrics);
    expect(holdsInAzure(rule, [await metrics.figures()])).toBe(true);
  },
);

test('each alert has a section of the runbook that says what it means, where to look and what to do', () => {
  const sections = new Map(
    read('docs/runbook.md')
      .split(/^## /m)
      .map((section) => [section.split('\n')[0] ?? '', section]),
  );
  for (const { alert, annotations } of rules) {
    const section = sections.get(alert) ?? '';
    for (const part of ['**Ce que cela veut dire.**', '**Regarder**', '**Faire**'])
      expect(section).toContain(part);
    expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
  }
});

describe.each(['ops/alerts.yaml', 'ops/dashboard.json', 'docs/runbook.md', 'infra/alerts.bicep'])(
  'in %s',
  (file) => {
    test('each metric is one that is measured', () => {
      const names = buildMetrics().names();
      const named = [...read(file).matchAll(/\b(?:courtier|nodejs|process)_[a-z0-9_]+/g)].map(([name]) =>
        name.replace(/_bucket$/, ''),
      );
      expect(named.length).toBeGreaterThan(0);
      expect([...new Set(named)].filter((name) => !names.includes(name))).toEqual([]);
    });
  },
);

test('each of our metrics is explained to whoever operates it', () => {
  const ours = buildMetrics()
    .names()
    .filter((name) => name.startsWith('courtier_'));
  const page = read('docs/operate.md');
  expect(ours.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('each figure that Azure reads is one that the log says', async () => {
  const metrics = buildMetrics();
  metrics.watch(calm, '1.2.3');
  metrics.watchTurn('message', 'text', 'done');
  const said = Object.keys(await metrics.figures());
  const asked = [...read('infra/alerts.bicep').matchAll(/^ {6}'([a-z][\w.]+)'$/gm)].map(
    ([, name = '']) => name,
  );
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((name) => !said.includes(name))).toEqual([]);
});

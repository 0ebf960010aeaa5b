import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof buildMetrics>;

/** Counters of one process, in the format of Prometheus. Labels are of few values: never a person, never a text. */
export function buildMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const turns = new Histogram({
    name: 'courtier_turn_seconds',
    help: 'Time from the reception of an activity to its answer',
    labelNames: ['type', 'outcome'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const refused = new Counter({
    name: 'courtier_requests_refused_total',
    help: 'Requests refused before any handler, by reason',
    labelNames: ['reason'] as const,
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    turn: (type: string, outcome: 'done' | 'failed', seconds: number) =>
      turns.observe({ type, outcome }, seconds),
    refused: (reason: string) => refused.inc({ reason }),
  };
}

import type { Registry } from 'prom-client';

/** Labels of few values that one wants apart: « courtier_connector_answers_total.429 ». */
const APART = ['code', 'state', 'outcome', 'reason'];
/** Gauges of which the lowest tells: one of several that fails is a failure. */
const LOWEST = ['courtier_watch_up'];

/**
 * Our metrics as one flat object: how much each counter grew since the last one, the highest value of each gauge (of a
 * few, the lowest). For hosts that read logs and do not scrape.
 */
export function buildFigures(registry: Registry) {
  const before = new Map<string, number>();
  return async (): Promise<Record<string, number>> => {
    const figures: Record<string, number> = {};
    for (const { name, type, values } of await registry.getMetricsAsJSON()) {
      if (!isFigure(name, String(type))) continue;
      const sums = new Map<string, number>();
      for (const { value, labels } of values) {
        const key = [name, ...APART.flatMap((label) => labels[label] ?? [])].join('.');
        const known = sums.get(key);
        sums.set(key, known === undefined ? value : together(name, type)(known, value));
      }
      for (const [key, sum] of sums) {
        figures[key] = isCounter(type) ? sum - (before.get(key) ?? 0) : sum;
        before.set(key, sum);
      }
    }
    return figures;
  };
}

/** Beside ours, those of Node that a rule asks about. */
const OF_NODE = ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes'];

const isFigure = (name: string, type: string): boolean =>
  (name.startsWith('courtier_') && type !== 'histogram') || OF_NODE.includes(name);

/** How two series of a metric become one figure. */
function together(name: string, type: unknown): (one: number, other: number) => number {
  if (isCounter(type)) return (one, other) => one + other;
  return LOWEST.includes(name) ? Math.min : Math.max;
}

/** The type of a metric is a string in what the registry gives, whatever its types say. */
const isCounter = (type: unknown): boolean => type === 'counter';

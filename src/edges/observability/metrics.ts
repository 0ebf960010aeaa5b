import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Watched } from '../../core/process/watched.ts';
import { buildCounters } from './counters.ts';
import { buildFigures } from './figures.ts';
import { buildGauges } from './gauges.ts';

export type Metrics = ReturnType<typeof buildMetrics>;

/** What whoever is on call sees of one process, in the format of Prometheus. */
export function buildMetrics(now?: () => number) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { look, watch } = buildGauges(registry, now);
  const { expectJobs, ...counters } = buildCounters(registry);
  const figures = buildFigures(registry);
  return {
    ...counters,
    /** From now on this is what is looked at. */
    watch(from: Watched, version: string): void {
      const jobs = async () => {
        const depths = await from.jobs();
        expectJobs(depths.map(({ job }) => job));
        return depths;
      };
      watch({ ...from, jobs }, version);
    },
    /** The names of all that is counted and measured here. */
    names: (): readonly string[] => registry.getMetricsAsArray().map(({ name }) => name),
    contentType: registry.contentType,
    async render(): Promise<string> {
      await look();
      return registry.metrics();
    },
    /** All that is counted and measured, in one object: for a log that is read by a machine. */
    async figures(): Promise<Readonly<Record<string, number>>> {
      await look();
      return figures();
    },
  };
}

export { buildLog, describeError } from './logger.ts';
export { buildMetrics, type Metrics } from './metrics.ts';

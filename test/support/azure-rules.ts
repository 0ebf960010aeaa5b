import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './process.ts';

/** An alert of Azure Monitor, as `infra/alerts.bicep` lists it. */
export interface AzureRule {
  readonly name: string;
  readonly figures: readonly string[];
  readonly how: string;
  readonly operator: string;
  readonly threshold: number;
  readonly minutes: number;
}

const RULE =
  /name: '(Courtier\w+)'\n\s+summary: '[^']*'\n\s+figures: \[([^\]]*)\]\n\s+how: '(\w+)'\n\s+operator: '(\w+)'\n\s+threshold: '([\d.]+)'\n\s+minutes: (\d+)/g;

/** The alerts of the template, in its order. */
export const azureRules: readonly AzureRule[] = [
  ...readFileSync(join(ROOT, 'infra/alerts.bicep'), 'utf8').matchAll(RULE),
].map(([, name = '', figures = '', how = '', operator = '', threshold = '', minutes = '']) => ({
  name,
  figures: [...figures.matchAll(/'([^']+)'/g)].map(([, figure = '']) => figure),
  how,
  operator,
  threshold: Number(threshold),
  minutes: Number(minutes),
}));

const AGGREGATES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  count: (values) => values.length,
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
};

/** Whether a rule's query finds something in the figures of the lines of its window, as the template writes it. */
export function holdsInAzure(rule: AzureRule, lines: readonly Readonly<Record<string, number>>[]): boolean {
  const values = lines.flatMap((line) => rule.figures.flatMap((figure) => line[figure] ?? []));
  // An aggregate of nothing is null there, which compares with nothing; a count is 0.
  if (values.length === 0 && rule.how !== 'count') return false;
  const value = AGGREGATES[rule.how]?.(values);
  if (value === undefined) throw new Error(`not an aggregate of ours: ${rule.how}`);
  return rule.operator === 'LessThan' ? value < rule.threshold : value > rule.threshold;
}

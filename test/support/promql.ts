import { type Sample, samplesOf } from './exposition.ts';

// As much of Prometheus' language as our rules speak: an aggregate of a metric, or of its increase between two scrapes,
// compared with a number. Anything else throws: a rule that cannot be tried is not written.

const RULE =
  /^(?:(max|min|sum)\((?:(increase)\()?([a-z_0-9]+)(?:\{([^}]*)\})?(?:\[\d+m\]\))?\) ([<>]) ([\d.e]+)|absent\(([a-z_0-9]+)\))$/;

const AGGREGATES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
};

const PREDICATES: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '>': (value, limit) => value > limit,
};

/** Whether a sample is one that a selector's labels ask for. */
function isSelected({ labels }: Sample, selectors: string): boolean {
  return [...selectors.matchAll(/([a-z]+)(=~|=)"([^"]*)"/g)].every(([, label = '', how, wanted = '']) =>
    how === '=' ? labels[label] === wanted : new RegExp(`^(?:${wanted})$`).test(labels[label] ?? ''),
  );
}

/** Whether a rule's expression holds, by two scrapes of one process. */
export function holds(expression: string, before: string, after: string): boolean {
  const [rule, how = '', increase, name = '', selectors = '', than = '', limit = '', absent] =
    RULE.exec(expression) ?? [];
  if (rule === undefined) throw new Error(`not an expression of ours: ${expression}`);
  const named = (text: string) =>
    samplesOf(text).filter((sample) => sample.name === (absent ?? name) && isSelected(sample, selectors));
  const now = named(after);
  if (absent) return now.length === 0;
  if (now.length === 0) return false;
  const keyOf = ({ labels }: Sample) => JSON.stringify(labels);
  const earlier = new Map(named(before).map((sample) => [keyOf(sample), sample.value]));
  // A series that was not there before has no increase.
  const values = now.map((sample) =>
    increase ? sample.value - (earlier.get(keyOf(sample)) ?? sample.value) : sample.value,
  );
  const [aggregate, compare] = [AGGREGATES[how], PREDICATES[than]];
  if (!aggregate || !compare) throw new Error(`not an expression of ours: ${expression}`);
  return compare(aggregate(values), Number(limit));
}

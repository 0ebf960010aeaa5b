export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of an answer of /metrics. */
export function samplesOf(text: string): readonly Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^([a-z_0-9]+)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
      const pairs = [...labels.matchAll(/([a-z_]+)="([^"]*)"/gi)].map(([, key = '', said = '']) => [
        key,
        said,
      ]);
      return { name, labels: Object.fromEntries(pairs), value: Number(value.replace('+Inf', 'Infinity')) };
    });
}

/** The value of the one sample of a name that has these labels; undefined when there is none. */
export function sampleOf(text: string, name: string, labels: Readonly<Record<string, string>> = {}) {
  const found = samplesOf(text).filter(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  if (found.length > 1) throw new Error(`${name}: ${found.length} samples`);
  return found[0]?.value;
}
